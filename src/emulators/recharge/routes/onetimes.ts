import { announce } from '../announcements.js';
import { toStamp } from '../eastern-time.js';
import { type Exchange, idIn, isCommitted, onAddress, type RechargeEndpoints } from '../endpoints.js';
import { isTrue } from '../../kit/input.js';
import { dateIn, priceIn, propertiesIn } from '../input.js';
import { createOnetime, futureDate, refuseErrorCharges, variantIn, wantedItem } from '../items.js';
import { list, oneOf, stamped } from '../lists.js';
import { onetimePayload } from '../payloads.js';
import { scheduleRebuild } from '../rebuild.js';
import type { OnetimeRecord } from '../records.js';
import { notFound } from '../refusals.js';

const READ = ['read_subscriptions', 'read_onetimes'];
const WRITE = ['write_subscriptions', 'write_onetimes'];
const byStamps = stamped<OnetimeRecord>();

/** Serves one-time items. See https://docs.getrecharge.com/docs/onetimes */
export function onetimes(endpoints: RechargeEndpoints): void {
  endpoints.read({ path: '/onetimes', access: READ }, (exchange) => {
    const { context, query } = exchange;
    const isHiding = !isTrue(query.get('include_cancelled'));
    return list(exchange, {
      name: 'onetimes',
      rows: () => context.store.onetimes.filter((each) => !(isHiding && each.is_cancelled)),
      idOf: ({ id }) => id,
      filters: {
        ids: oneOf(({ id }) => id),
        address_id: oneOf(({ address_id: address }) => address),
        address_ids: oneOf(({ address_id: address }) => address),
        customer_id: oneOf(({ customer_id: customer }) => customer),
        external_variant_id: oneOf(({ external_variant_id: variant }) => variant),
        ...byStamps.filters,
      },
      sortKeys: byStamps.sortKeys,
      show: (onetime) => onetimePayload(context, onetime),
    });
  });

  endpoints.read({ path: '/onetimes/:id', access: READ }, (exchange) => shown(exchange, onetimeById(exchange)));

  endpoints.write(
    'POST',
    onAddress('/onetimes', WRITE, ({ input }) => Number(input.optionalText('address_id'))),
    (exchange) => {
      const wanted = wantedItem(exchange);
      refuseErrorCharges(exchange, wanted.address);
      const onetime = createOnetime(exchange, wanted);
      announce(exchange.context, 'onetime/created', onetime);
      return changed(exchange, onetime);
    },
  );

  endpoints.write('PUT', onAddress('/onetimes/:id', WRITE, addressOf), (exchange) => {
    const { input, context } = exchange;
    const onetime = onetimeById(exchange);
    if (input.has('quantity')) onetime.quantity = input.integer('quantity', { least: 1 });
    if (input.has('next_charge_scheduled_at')) {
      onetime.next_charge_scheduled_at = futureDate(exchange, dateIn(input, 'next_charge_scheduled_at'));
    }
    if (input.has('external_variant_id')) onetime.external_variant_id = variantIn(exchange).external_variant_id;
    if (input.has('properties')) onetime.properties = propertiesIn(input);
    onetime.price = priceIn(input, 'price') ?? onetime.price;
    onetime.updated_at = toStamp(context.clock.now());
    announce(context, 'onetime/updated', onetime);
    return changed(exchange, onetime);
  });

  endpoints.write('DELETE', onAddress('/onetimes/:id', WRITE, addressOf), (exchange) => {
    const { context } = exchange;
    const onetime = onetimeById(exchange);
    if (onetime.is_cancelled) throw notFound();
    if (context.switches.get('deletedOnetime') === 'gone') context.store.onetimes.delete(onetime.id);
    else onetime.is_cancelled = true;
    announce(context, 'onetime/deleted', onetime);
    changed(exchange, onetime);
    return undefined;
  });
}

function onetimeById(exchange: Exchange): OnetimeRecord {
  const onetime = exchange.context.store.onetimes.get(idIn(exchange));
  if (!onetime) throw notFound();
  return onetime;
}

function addressOf(exchange: Exchange): number | null {
  return exchange.context.store.onetimes.get(idIn(exchange))?.address_id ?? null;
}

function shown({ context }: Exchange, onetime: OnetimeRecord) {
  return { onetime: onetimePayload(context, onetime) };
}

function changed(exchange: Exchange, onetime: OnetimeRecord) {
  const { context } = exchange;
  scheduleRebuild(context, onetime.address_id, context.switches.get('commitOnetimes') && isCommitted(exchange));
  return shown(exchange, onetime);
}
