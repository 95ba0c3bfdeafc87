import { loopbackUrl } from '../../kit/loopback.js';
import { type Exchange, idIn, type RechargeEndpoints } from '../endpoints.js';
import { list } from '../lists.js';
import type { WebhookRecord } from '../records.js';
import { invalid, notFound } from '../refusals.js';

/** For one topic. */
const MOST_WEBHOOKS = 10;
const EVENT_DAYS = 7;

/**
 * Serves the registrations of webhooks, and the events.
 * See https://docs.rechargepayments.com/docs/webhooks-overview
 */
export function registrations(endpoints: RechargeEndpoints): void {
  endpoints.read('/webhooks', ({ context }) => ({ webhooks: context.store.webhooks.list() }));

  endpoints.write('POST', '/webhooks', ({ context, input }) => {
    const { webhooks } = context.store;
    const [address, topic] = [input.text('address'), input.text('topic')];
    if (loopbackUrl(address) === null) throw invalid({ address: ['Not a valid URL.'] });
    if (webhooks.filter((each) => each.topic === topic).length >= MOST_WEBHOOKS) {
      throw invalid({ topic: [`No more than ${MOST_WEBHOOKS} webhooks of a topic.`] });
    }
    return { webhook: webhooks.add({ id: context.store.nextWebhookId(), address, topic }) };
  });

  endpoints.write('POST', '/webhooks/:id/test', (exchange) => {
    const { topic } = webhookById(exchange);
    exchange.context.events.add(topic, { id: 0, address_id: 0 });
    return {};
  });

  endpoints.write('DELETE', '/webhooks/:id', (exchange) => {
    exchange.context.store.webhooks.delete(webhookById(exchange).id);
  });

  endpoints.read({ path: '/events', access: ['read_events'] }, (exchange) => {
    const { context, query } = exchange;
    const earliest = new Date(context.clock.now().getTime() - EVENT_DAYS * 86_400_000).toISOString();
    const since = query.get('created_at_min') ?? earliest;
    if (since < earliest) throw invalid({ _schema: [`created_at_min may be ${EVENT_DAYS} days ago.`] });
    return list(exchange, {
      name: 'events',
      rows: () => context.events.list().filter(({ at }) => at >= since),
      idOf: ({ seq }) => seq,
      filters: {},
      sortKeys: {},
      show: ({ seq, at, type, object }) => {
        const [object_type = '', verb = ''] = type.split('/');
        return { id: seq, object_type, object_id: object['id'], verb, created_at: at.slice(0, 19) };
      },
    });
  });
}

function webhookById(exchange: Exchange): WebhookRecord {
  const webhook = exchange.context.store.webhooks.get(idIn(exchange));
  if (!webhook) throw notFound();
  return webhook;
}
