import { announce } from '../announcements.js';
import { toStamp } from '../eastern-time.js';
import { type Exchange, idIn, isCommitted, onAddress, type RechargeEndpoints } from '../endpoints.js';
import { externalIdIn, propertiesIn } from '../input.js';
import { type WantedItem, wantedItem } from '../items.js';
import { list, oneOf, stamped } from '../lists.js';
import { reducedBy, subscriptionPayload } from '../payloads.js';
import { unitPriceOf } from '../pricing.js';
import { scheduleRebuild } from '../rebuild.js';
import { type PlanRecord, type SubscriptionRecord, type Unit, UNITS, type VariantRecord } from '../records.js';
import { invalid, notFound } from '../refusals.js';

const READ = ['read_subscriptions'];
export const WRITE = ['write_subscriptions'];
const byStamps = stamped<SubscriptionRecord>();

/** Serves the reads of subscriptions, and new ones. See https://docs.getrecharge.com/docs/subscriptions */
export function subscriptions(endpoints: RechargeEndpoints): void {
  endpoints.read({ path: '/subscriptions', access: READ }, (exchange) => {
    const { context } = exchange;
    return list(exchange, {
      name: 'subscriptions',
      rows: () => context.store.subscriptions.list(),
      idOf: ({ id }) => id,
      filters: {
        ids: oneOf(({ id }) => id),
        customer_id: (each, values) =>
          context.switches.get('leakForeignRows') || values.includes(String(each.customer_id)),
        address_id: oneOf(({ address_id: address }) => address),
        address_ids: oneOf(({ address_id: address }) => address),
        status: oneOf(({ status }) => status),
        external_variant_id: oneOf(({ external_variant_id: variant }) => variant),
        ...byStamps.filters,
      },
      sortKeys: byStamps.sortKeys,
      show: (subscription) => subscriptionPayload(context, subscription),
    });
  });

  endpoints.read({ path: '/subscriptions/:id', access: READ }, (exchange) =>
    shown(exchange, subscriptionById(exchange)),
  );

  endpoints.write(
    'POST',
    onAddress('/subscriptions', WRITE, ({ input }) => Number(input.optionalText('address_id'))),
    (exchange) => {
      const wanted = wantedItem(exchange);
      refuseSecond(exchange, wanted);
      const subscription = create(exchange, wanted, planFor(exchange, wanted.variant));
      announce(exchange.context, 'subscription/created', subscription);
      scheduleRebuild(exchange.context, subscription.address_id, isCommitted(exchange));
      return shown(exchange, subscription);
    },
  );
}

export function subscriptionById(exchange: Exchange): SubscriptionRecord {
  const subscription = exchange.context.store.subscriptions.get(idIn(exchange));
  if (!subscription) throw notFound();
  return subscription;
}

export function shown({ context }: Exchange, subscription: SubscriptionRecord) {
  return { subscription: subscriptionPayload(context, subscription) };
}

/** Returns the plan that is named, or the product's first. Intervals need not equal it, but the product needs one. */
export function planFor({ context, input }: Exchange, variant: VariantRecord): PlanRecord {
  const plans = context.store.plans.filter(
    (plan) =>
      plan.external_product_id === variant.external_product_id && plan.type !== 'onetime' && plan.deleted_at === null,
  );
  const named = input.optionalInteger('plan_id');
  const plan = named === null ? plans[0] : plans.find(({ id }) => id === named);
  if (!plan) throw invalid({ external_product_id: ['The product has no plan.'] });
  return plan;
}

/** Refuses a second subscription of the same product on one address: only one is promised. */
function refuseSecond({ context }: Exchange, { address, variant }: WantedItem): void {
  const { store, switches } = context;
  const isSame = (each: SubscriptionRecord) =>
    each.status === 'active' &&
    store.variants.existing(each.external_variant_id).external_product_id === variant.external_product_id;
  if (switches.get('secondSubscription') === 'refuse' && store.subscriptionsOf(address.id).some(isSame)) {
    throw invalid({ external_variant_id: ['This product is already subscribed to on this address.'] });
  }
}

function create(exchange: Exchange, { address, variant, ...wanted }: WantedItem, plan: PlanRecord): SubscriptionRecord {
  const { context, input, misbehaviour } = exchange;
  const { store, clock } = context;
  const now = toStamp(clock.now());
  const isStillborn = misbehaviour?.kind === 'startSubscription';
  return store.subscriptions.add({
    id: store.nextItemId(),
    customer_id: address.customer_id,
    address_id: address.id,
    external_variant_id: externalIdIn(input, 'external_variant_id'),
    quantity: wanted.quantity,
    price: wanted.price ?? reducedBy(unitPriceOf(variant, address.presentment_currency), plan.percent_off),
    properties: propertiesIn(input),
    next_charge_scheduled_at: wanted.date,
    status: isStillborn ? 'cancelled' : 'active',
    ...intervalIn(exchange, plan),
    anchor_day: null,
    cancelled_at: isStillborn ? now : null,
    cancellation_reason: isStillborn ? 'The payment method is gone.' : null,
    expire_after_specific_number_of_charges: input.optionalInteger('expire_after_specific_number_of_charges'),
    max_retries_reached: false,
    created_at: now,
    updated_at: now,
  });
}

/** Reads the interval from all three fields, or takes that of the plan where none is given. */
export function intervalIn({ input }: Exchange, plan: PlanRecord) {
  const names = ['order_interval_unit', 'order_interval_frequency', 'charge_interval_frequency'] as const;
  if (!names.some((name) => input.has(name))) {
    const { interval_unit: order_interval_unit, order_interval_frequency, charge_interval_frequency } = plan;
    return { order_interval_unit, order_interval_frequency, charge_interval_frequency };
  }
  input.require(...names);
  const count = { least: 1, most: 1000 };
  return {
    order_interval_unit: unitIn(input.text('order_interval_unit')),
    order_interval_frequency: input.integer('order_interval_frequency', count),
    charge_interval_frequency: input.integer('charge_interval_frequency', count),
  };
}

function unitIn(text: string): Unit {
  const unit = UNITS.find((each) => each === text);
  if (!unit) throw invalid({ order_interval_unit: ['Not a valid choice.'] });
  return unit;
}
