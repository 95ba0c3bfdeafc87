import { announce } from './announcements.js';
import type { RechargeContext } from './context.js';
import { toStamp } from './eastern-time.js';
import type { ChargeLine, ChargeRecord, OnetimeRecord, SubscriptionRecord } from './records.js';
import type { RechargeStore } from './store.js';

/*
 * A queued charge is derived: from the active subscriptions and the one-time items of an address that have its date.
 * https://docs.getrecharge.com/docs/charges
 */

/** Rebuilds the charges of an address, now or later; until then a flag on each says so. */
export function scheduleRebuild(context: RechargeContext, addressId: number, isCommitted = false): void {
  const { store, switches, deferred } = context;
  const spread = Math.random() * switches.get('rebuildSpreadSeconds');
  const seconds = isCommitted ? 0 : switches.get('rebuildSeconds') + spread;
  if (seconds > 0) for (const charge of queuedAt(store, addressId)) charge.has_uncommitted_changes = true;
  deferred.in(seconds, () => rebuild(context, addressId));
}

export function queuedAt(store: RechargeStore, addressId: number): readonly ChargeRecord[] {
  return store.chargesOf(addressId).filter(({ status }) => status === 'queued');
}

export function rebuild(context: RechargeContext, addressId: number): void {
  const { store } = context;
  const wanted = itemsByDate(store, addressId);
  for (const charge of queuedAt(store, addressId)) {
    if (!wanted.has(charge.scheduled_at)) remove(context, charge);
  }
  for (const [date, lines] of wanted) {
    const charge = queuedAt(store, addressId).find((each) => each.scheduled_at === date);
    if (charge) refresh(context, charge, lines);
    else create(context, addressId, date, lines);
  }
}

/**
 * Groups the items of an address by date. What is on a charge that is being paid or has failed is no part of another
 * one of that date.
 */
function itemsByDate(store: RechargeStore, addressId: number): ReadonlyMap<string, readonly ChargeLine[]> {
  const taken = new Set(
    store
      .chargesOf(addressId)
      .filter(({ status }) => status === 'pending' || status === 'error')
      .flatMap((charge) => charge.lines.map((line) => `${line.purchase_item_id} ${charge.scheduled_at}`)),
  );
  const byDate = new Map<string, ChargeLine[]>();
  const add = (date: string | null, line: ChargeLine) => {
    if (date === null || taken.has(`${line.purchase_item_id} ${date}`)) return;
    byDate.set(date, [...(byDate.get(date) ?? []), line]);
  };
  for (const each of store.subscriptionsOf(addressId)) {
    if (each.status === 'active') add(each.next_charge_scheduled_at, lineOf(each, kindOf(each)));
  }
  for (const each of store.onetimesOf(addressId)) {
    if (!each.is_cancelled) add(each.next_charge_scheduled_at, lineOf(each, 'onetime'));
  }
  return byDate;
}

function kindOf(subscription: SubscriptionRecord): 'prepaid' | 'subscription' {
  return isPrepaid(subscription) ? 'prepaid' : 'subscription';
}

export function isPrepaid(subscription: SubscriptionRecord): boolean {
  return subscription.charge_interval_frequency > subscription.order_interval_frequency;
}

function lineOf(item: OnetimeRecord | SubscriptionRecord, type: ChargeLine['purchase_item_type']): ChargeLine {
  return {
    purchase_item_id: item.id,
    purchase_item_type: type,
    external_variant_id: item.external_variant_id,
    quantity: item.quantity,
    unit_price: item.price,
    properties: item.properties,
    is_gift: false,
  };
}

/** Replaces the charge that something else is moved onto by one with a new id, and tells whether there was one. */
export function mergeOn({ store, clock }: RechargeContext, addressId: number, date: string): boolean {
  const charge = queuedAt(store, addressId).find((each) => each.scheduled_at === date);
  if (!charge) return false;
  store.charges.delete(charge.id);
  store.charges.add({ ...charge, id: store.nextChargeId(), merged_at: toStamp(clock.now()) });
  return true;
}

function remove(context: RechargeContext, charge: ChargeRecord): void {
  context.store.charges.delete(charge.id);
  announce(context, 'charge/deleted', charge);
}

/** Updates a charge from its items: gifts and the shipping stay, a discount of the charge goes. */
function refresh(context: RechargeContext, charge: ChargeRecord, lines: readonly ChargeLine[]): void {
  const { store, switches, clock } = context;
  const all = [...lines, ...charge.lines.filter((line) => line.is_gift)];
  charge.has_uncommitted_changes = false;
  if (JSON.stringify(all) === JSON.stringify(charge.lines)) return;
  charge.lines = all;
  if (!switches.get('chargeDiscountSurvives')) charge.discounts = [];
  charge.updated_at = toStamp(clock.now());
  if (switches.get('rebuiltCharge') === 'gets a new id') {
    store.charges.delete(charge.id);
    announce(context, 'charge/deleted', charge);
    announce(context, 'charge/created', store.charges.add({ ...charge, id: store.nextChargeId() }));
  } else announce(context, 'charge/updated', charge);
}

function create(context: RechargeContext, addressId: number, date: string, lines: readonly ChargeLine[]): ChargeRecord {
  const { store, switches, clock, deferred } = context;
  const address = store.addresses.existing(addressId);
  const now = toStamp(clock.now());
  const isPending = switches.get('shippingSeconds') > 0;
  const shipped = { title: 'Standard', price: address.shipping, status: 'active' } as const;
  const charge = store.charges.add<ChargeRecord>({
    ...blankCharge,
    id: store.nextChargeId(),
    address_id: addressId,
    customer_id: address.customer_id,
    scheduled_at: date,
    currency: address.presentment_currency,
    lines,
    shipping: [isPending ? { ...shipped, price: 0, status: 'pending' } : shipped],
    created_at: now,
    updated_at: now,
  });
  deferred.in(switches.get('shippingSeconds'), () => (charge.shipping = [shipped]));
  announce(context, 'charge/created', charge);
  return charge;
}

export const blankCharge = {
  status: 'queued',
  type: 'recurring',
  original_scheduled_at: null,
  merged_at: null,
  processed_at: null,
  has_uncommitted_changes: false,
  discounts: [],
  orders_count: 0,
  external_order_id: null,
  error: null,
  error_type: null,
  retry_date: null,
  charge_attempts: 0,
} as const satisfies Partial<ChargeRecord>;
