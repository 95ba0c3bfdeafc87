import { loopbackUrl } from '../../kit/loopback.js';
import { nowOf, type SureCartContext } from '../context.js';
import type { SureCartEndpoints } from '../endpoints.js';
import { attributesIn } from '../input.js';
import { invalidRequest } from '../refusals.js';
import { targetOf, webhookCall, webhookSender } from '../webhooks.js';

/** Serves webhook endpoints. See https://developer.surecart.com/api-reference/webhooks */
export function webhookEndpointRoutes(endpoints: SureCartEndpoints, context: SureCartContext): void {
  const sender = webhookSender(context);
  endpoints.read('/webhook_endpoints/:id', (exchange) => exchange.show(exchange.target('webhook_endpoint')));
  endpoints.write('POST', '/webhook_endpoints', (exchange) => {
    const body = attributesIn(exchange.body, 'webhook_endpoint');
    const now = nowOf(context);
    const url = loopbackUrl(body.text('url'));
    if (url === null) {
      throw invalidRequest('webhook_endpoint.url.invalid', 'The emulator delivers to this machine only.');
    }
    const id = context.store.identifiers.next('webhook_endpoint');
    const events = body.value('webhook_events');
    const endpoint = context.store.tables.webhook_endpoint.add({
      id,
      object: 'webhook_endpoint',
      description: body.optionalText('description'),
      enabled: true,
      signing_secret: `secret-of-${id}`,
      url,
      webhook_events: Array.isArray(events) ? events.map(String) : [],
      created_at: now,
      updated_at: now,
      hidden: { duplicate: false, shuffle: false, lose: false, failingSince: null },
    });
    return exchange.show(endpoint);
  });
  endpoints.write('PATCH', '/webhook_endpoints/:id', (exchange) => {
    const endpoint = exchange.target('webhook_endpoint');
    const body = attributesIn(exchange.body, 'webhook_endpoint');
    if (body.isNamed('enabled')) endpoint.enabled = body.flag('enabled');
    return exchange.show(endpoint);
  });
  endpoints.write('DELETE', '/webhook_endpoints/:id', (exchange) => {
    const { id } = exchange.target('webhook_endpoint');
    exchange.context.store.tables.webhook_endpoint.delete(id);
    return { id, object: 'webhook_endpoint', deleted: true };
  });
  endpoints.write('POST', '/webhook_endpoints/:id/test', async (exchange) => {
    const endpoint = exchange.target('webhook_endpoint');
    const call = webhookCall(context, endpoint, 'webhook_endpoint.test', { id: endpoint.id });
    await sender.deliver(targetOf(endpoint), call);
    return exchange.show(endpoint);
  });
}
