import { nextOccurrence } from '../kit/calendar.js';
import { announce } from './announcements.js';
import type { RechargeContext } from './context.js';
import { fromEastern, toEastern, toStamp } from './eastern-time.js';
import { amountText, totalsOf } from './pricing.js';
import { isPrepaid, rebuild } from './rebuild.js';
import type { ChargeRecord, ChargeStatus, SubscriptionRecord } from './records.js';

/** A jump over centuries is worked off over several requests instead of stalling one. */
const STEPS_PER_TICK = 500;

/** Processes what is due: at night US Eastern, a charge at a time, each rebuilt before. */
export function processDueCharges(context: RechargeContext): void {
  const now = context.clock.now().getTime();
  for (let step = 0; step < STEPS_PER_TICK; step += 1) {
    const [next] = context.store.charges
      .list()
      .flatMap((charge) => {
        const at = nextMoment(context, charge);
        return at !== null && at.getTime() <= now ? [{ charge, at }] : [];
      })
      .sort((left, right) => left.at.getTime() - right.at.getTime());
    if (!next) return;
    if (next.charge.status === 'queued') begin(context, next.charge);
    else finish(context, next.charge, outcomeOf(context, next.charge), next.at);
  }
}

function nextMoment({ switches }: RechargeContext, { status, scheduled_at: date }: ChargeRecord): Date | null {
  const due = fromEastern(date, switches.get('processingMinute'));
  if (status === 'queued') return due;
  return status === 'pending' ? new Date(due.getTime() + switches.get('pendingSeconds') * 1000) : null;
}

/** Starts the processing of a charge. A rebuild that is due runs first: a late write is not lost. */
function begin(context: RechargeContext, { id, address_id: address, scheduled_at: date }: ChargeRecord): void {
  rebuild(context, address);
  const { charges } = context.store;
  const charge =
    charges.get(id) ??
    charges.find((each) => each.address_id === address && each.scheduled_at === date && each.status === 'queued');
  if (charge?.status === 'queued') charge.status = 'pending';
}

function outcomeOf({ store, switches }: RechargeContext, { id, lines }: ChargeRecord): ChargeStatus {
  const scripted = store.scriptedOutcomes.get(id);
  if (scripted) return scripted;
  // Stock is judged at processing only.
  const isMissing = lines.some(({ external_variant_id: variant, quantity }) => {
    const { policy, level } = store.variants.existing(variant);
    return policy === 'deny' && level !== null && level < quantity;
  });
  return isMissing ? 'error' : switches.get('chargeOutcome');
}

/** Ends the processing of a charge, before its time if need be. */
export function finish(context: RechargeContext, charge: ChargeRecord, outcome: ChargeStatus, at: Date): void {
  charge.charge_attempts += 1;
  charge.status = outcome;
  charge.processed_at = toStamp(at);
  charge.updated_at = charge.processed_at;
  context.store.scriptedOutcomes.delete(charge.id);
  if (outcome === 'error') fail(charge, at);
  else succeed(context, charge, at);
  announce(context, outcome === 'error' ? 'charge/failed' : 'charge/paid', charge);
}

function fail(charge: ChargeRecord, at: Date): void {
  charge.error_type = 'CUSTOMER_NEEDS_TO_UPDATE_CARD';
  charge.error = `${toEastern(at)} The card was declined.\r\n`;
  charge.retry_date = toStamp(new Date(at.getTime() + 86_400_000));
}

function succeed(context: RechargeContext, charge: ChargeRecord, at: Date): void {
  const { store } = context;
  const { id, customer_id, address_id } = charge;
  charge.external_order_id = String(5_550_000_000 + id);
  charge.orders_count = 1;
  store.payments.push({
    charge_id: id,
    customer_id,
    amount: amountText(totalsOf(context, charge).total),
    currency: charge.currency,
    at: toStamp(at),
  });
  store.orders.add({
    id: store.nextOrderId(),
    charge_id: id,
    customer_id,
    address_id,
    scheduled_at: charge.scheduled_at,
    status: 'success',
  });
  for (const { purchase_item_id: item } of charge.lines) {
    const subscription = item === null ? undefined : store.subscriptions.get(item);
    if (subscription) moveOn(context, charge, subscription);
    else if (item !== null) consume(context, item);
  }
  rebuild(context, address_id);
}

function consume({ store, switches }: RechargeContext, id: number): void {
  const onetime = store.onetimes.get(id);
  if (!onetime) return;
  if (switches.get('chargedOnetimes') === 'vanish') store.onetimes.delete(id);
  else onetime.next_charge_scheduled_at = null;
}

/** Moves a subscription to its next charge. A prepaid one ships what it was paid for without charges. */
function moveOn({ store }: RechargeContext, charge: ChargeRecord, subscription: SubscriptionRecord): void {
  const { order_interval_unit: unit, anchor_day: anchor } = subscription;
  const next = nextOccurrence(charge.scheduled_at, { unit, count: subscription.charge_interval_frequency }, anchor);
  subscription.next_charge_scheduled_at = next.date;
  subscription.anchor_day = next.anchorDay;
  if (!isPrepaid(subscription)) return;
  charge.orders_count = subscription.charge_interval_frequency / subscription.order_interval_frequency;
  let shipment = { date: charge.scheduled_at, anchorDay: anchor };
  for (let count = 1; count < charge.orders_count; count += 1) {
    shipment = nextOccurrence(
      shipment.date,
      { unit, count: subscription.order_interval_frequency },
      shipment.anchorDay,
    );
    store.orders.add({
      id: store.nextOrderId(),
      charge_id: charge.id,
      customer_id: charge.customer_id,
      address_id: charge.address_id,
      scheduled_at: shipment.date,
      status: 'queued',
    });
  }
}
