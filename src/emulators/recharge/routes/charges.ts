import type { JsonObject } from '../../kit/json-object.js';
import { type Exchange, idIn, type RechargeEndpoints } from '../endpoints.js';
import { between, list, oneOf, stamped } from '../lists.js';
import { chargePayload, customerPayload, oddly, subscriptionPayload } from '../payloads.js';
import { discountsOf } from '../pricing.js';
import type { ChargeRecord } from '../records.js';
import { notFound } from '../refusals.js';

const READ = ['charges'];
const byStamps = stamped<ChargeRecord>();

/** Serves the reads of charges. See https://docs.getrecharge.com/docs/charges */
export function charges(endpoints: RechargeEndpoints): void {
  endpoints.read({ path: '/charges', access: READ }, (exchange) => listCharges(exchange));
  endpoints.read({ path: '/charges/:id', access: READ }, (exchange) => shown(exchange, chargeById(exchange)));
}

function listCharges(exchange: Exchange) {
  const { context } = exchange;
  return list(exchange, {
    name: 'charges',
    rows: () => context.store.charges.list(),
    idOf: ({ id }) => id,
    filters: {
      ids: oneOf(({ id }) => id),
      customer_id: (charge, values) =>
        context.switches.get('leakForeignRows') || values.includes(String(charge.customer_id)),
      address_id: oneOf(({ address_id: address }) => address),
      status: oneOf(({ status }) => status),
      scheduled_at: oneOf(({ scheduled_at: date }) => date),
      ...between<ChargeRecord>('scheduled_at', ({ scheduled_at: date }) => date),
      ...between<ChargeRecord>('processed_at', ({ processed_at: at }) => at),
      ...byStamps.filters,
      purchase_item_id: holdsItem,
      purchase_item_ids: holdsItem,
      discount_id: (charge, values) => discountsOf(context.store, charge).some(({ id }) => values.includes(String(id))),
      discount_code: (charge, values) => discountsOf(context.store, charge).some(({ code }) => values.includes(code)),
      external_order_id: oneOf(({ external_order_id: order }) => order),
    },
    sortKeys: { scheduled_at: ({ scheduled_at: date }) => date, updated_at: byStamps.sortKeys.updated_at },
    show: (charge, index) =>
      oddly(context, index, { ...chargePayload(context, charge), ...included(exchange, charge) }),
  });
}

function holdsItem({ lines }: ChargeRecord, values: readonly string[]): boolean {
  return lines.some(({ purchase_item_id: item }) => values.includes(String(item)));
}

/** Returns what is sent along when it is asked for. */
function included({ context, query }: Exchange, charge: ChargeRecord): JsonObject {
  const { store } = context;
  const wanted = (query.get('include') ?? '').split(',');
  const subscriptions = charge.lines.flatMap(({ purchase_item_id: item }) => store.subscriptions.get(item) ?? []);
  const include = {
    ...(wanted.includes('customer') && { customer: customerPayload(store.customers.existing(charge.customer_id)) }),
    ...(wanted.includes('subscriptions') && {
      subscriptions: subscriptions.map((each) => subscriptionPayload(context, each)),
    }),
  };
  return Object.keys(include).length > 0 ? { include } : {};
}

export function chargeById(exchange: Exchange): ChargeRecord {
  const charge = exchange.context.store.charges.get(idIn(exchange));
  if (!charge) throw notFound();
  return charge;
}

export function shown({ context }: Exchange, charge: ChargeRecord) {
  return { charge: chargePayload(context, charge) };
}
