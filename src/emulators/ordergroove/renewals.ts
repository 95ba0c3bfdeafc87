import { addDays } from '../kit/calendar.js';
import { announceItem, announceOrder } from './announcements.js';
import { atMidnight, dateOf, fromCentral, toCentral } from './central-time.js';
import type { OrdergrooveContext } from './context.js';
import type { ItemRecord, OrderRecord, PlacementOutcome } from './records.js';
import {
  createOrder,
  liveSubscriptionsOn,
  moveItem,
  refreshOrder,
  removeItem,
  scheduleNext,
  UNSENT,
} from './schedule.js';

export const SEND_NOW = 6;
const CANCELLED = 4;
const PENDING_PLACEMENT = 11;
const GENERIC_ERROR = 15;
export const CARD_RETRY = 18;
export const REJECTED: PlacementOutcome = 3;
const RETRIED_STATUSES: ReadonlySet<number> = new Set([GENERIC_ERROR, CARD_RETRY]);
const RETRIES = 5;
const OUT_OF_STOCK_DAYS = 30;

/** A jump over centuries is worked off over several requests instead of stalling one. */
const STEPS_PER_TICK = 2_000;

/**
 * Places what is due by the clock: unsent orders at the merchant's hour of their date, send-now orders at the next such hour.
 * https://developer.ordergroove.com/docs/recurring-order-placement
 */
export function placeDueOrders(context: OrdergrooveContext): void {
  const now = toCentral(context.clock.now());
  for (let step = 0; step < STEPS_PER_TICK; step += 1) {
    const [next] = context.store.orders
      .list()
      .flatMap((order) => {
        const at = nextMoment(context, order);
        return at !== null && at <= now ? [{ order, at }] : [];
      })
      .sort((left, right) => left.at.localeCompare(right.at));
    if (!next) return;
    if (next.order.status === PENDING_PLACEMENT) finishPlacement(context, next.order, next.at);
    else startPlacement(context, next.order);
  }
}

/** Returns when the order will change by itself, as Central text; null when nothing more is due. */
function nextMoment({ switches }: OrdergrooveContext, order: OrderRecord): string | null {
  const isWaiting = order.status === UNSENT || order.status === SEND_NOW || RETRIED_STATUSES.has(order.status);
  if (!isWaiting && order.status !== PENDING_PLACEMENT) return null;
  const hour = `${String(switches.get('placementHour')).padStart(2, '0')}:00:00`;
  const date = order.place.slice(11) <= hour ? dateOf(order.place) : addDays(order.place, 1);
  const start = `${date} ${hour}`;
  return isWaiting
    ? start
    : toCentral(new Date(fromCentral(start).getTime() + switches.get('placementMinutes') * 60_000));
}

export function startPlacement(context: OrdergrooveContext, order: OrderRecord): void {
  if (order.status === UNSENT) {
    if (!settleStock(context, order)) return;
    for (const subscription of liveSubscriptionsOn(context, order))
      scheduleNext(context, subscription, dateOf(order.place));
  }
  order.status = PENDING_PLACEMENT;
  refreshOrder(context, order);
}

/**
 * Takes what is out of stock off the order to be placed. One-time items are dropped silently, subscription items retry
 * daily on an order of their own. Returns whether the order still has something to place now.
 */
function settleStock(context: OrdergrooveContext, order: OrderRecord): boolean {
  const { store } = context;
  const missing = store.itemsOf(order.public_id).filter((item) => !isInStock(context, item));
  for (const item of missing) announceItem(context, 'item.out_of_stock', item);
  for (const item of missing) if (item.subscription === null) removeItem(context, item);

  const waiting = missing.filter((item) => item.subscription !== null);
  const available = store.itemsOf(order.public_id).length - waiting.length;
  if (available > 0) {
    if (waiting.length > 0) splitOff(context, order, waiting);
    return true;
  }
  if (waiting.length === 0) cancelEmptyOrder(context, order);
  else if (order.tries < OUT_OF_STOCK_DAYS) postpone(context, order);
  else giveUp(context, order);
  return false;
}

function isInStock({ store }: OrdergrooveContext, item: ItemRecord): boolean {
  return store.products.get(item.product)?.live ?? false;
}

function postpone(context: OrdergrooveContext, order: OrderRecord): void {
  order.place = atMidnight(addDays(order.place, 1));
  order.tries += 1;
  refreshOrder(context, order);
}

function giveUp(context: OrdergrooveContext, order: OrderRecord): void {
  for (const subscription of liveSubscriptionsOn(context, order))
    scheduleNext(context, subscription, dateOf(order.place));
  order.status = REJECTED;
  order.rejected_message = 'Out of stock.';
  refreshOrder(context, order);
  announceOrder(context, 'order.reject', order);
}

function splitOff(context: OrdergrooveContext, order: OrderRecord, items: readonly ItemRecord[]): void {
  const retry = createOrder(context, {
    customer: order.customer,
    date: addDays(order.place, 1),
    shippingAddress: order.shipping_address,
    payment: order.payment,
    currencyCode: order.currency_code,
  });
  retry.tries = 1;
  for (const item of items) moveItem(context, item, retry);
}

function cancelEmptyOrder({ clock }: OrdergrooveContext, order: OrderRecord): void {
  order.status = CANCELLED;
  order.cancelled = toCentral(clock.now());
  order.updated = order.cancelled;
}

/** Places an order before its time, with this outcome. */
export function placeNow(context: OrdergrooveContext, order: OrderRecord, outcome: PlacementOutcome): void {
  startPlacement(context, order);
  if (order.status !== PENDING_PLACEMENT) return;
  context.store.scriptedOutcomes.set(order.public_id, outcome);
  finishPlacement(context, order, toCentral(context.clock.now()));
}

function finishPlacement(context: OrdergrooveContext, order: OrderRecord, at: string): void {
  const { store, switches } = context;
  const outcome = store.scriptedOutcomes.get(order.public_id) ?? switches.get('placementOutcome');
  store.scriptedOutcomes.delete(order.public_id);
  order.tries += 1;
  order.updated = at;
  if (outcome === 5) succeed(context, order, at);
  else fail(context, order, outcome, at);
}

function succeed(context: OrdergrooveContext, order: OrderRecord, at: string): void {
  order.status = 5;
  order.place = at;
  order.order_merchant_id = context.store.nextMerchantOrderId();
  for (const item of context.store.itemsOf(order.public_id)) {
    item.first_placed ??= at;
    announceItem(context, 'item.successfully_placed', item);
    consumePrepaid(context, item);
  }
  announceOrder(context, 'order.success', order);
}

function consumePrepaid({ store }: OrdergrooveContext, item: ItemRecord): void {
  const context = item.subscription && store.subscriptions.get(item.subscription)?.prepaid_subscription_context;
  if (context && context.prepaid_orders_remaining > 0) context.prepaid_orders_remaining -= 1;
}

const FAILURES = {
  3: { event: 'order.reject', message: 'The order was rejected.' },
  13: { event: 'order.retryable_placement_failure', message: 'Connection error at placement.' },
  15: { event: 'order.generic_error', message: 'Generic error at placement.' },
  18: { event: 'order.generic_error', message: 'Card declined.' },
  19: { event: 'order.awaiting_retry_instructions', message: 'Card declined.' },
} as const;

function fail(
  context: OrdergrooveContext,
  order: OrderRecord,
  outcome: Exclude<PlacementOutcome, 5>,
  at: string,
): void {
  const isExhausted = RETRIED_STATUSES.has(outcome) && order.tries >= RETRIES;
  order.status = isExhausted ? REJECTED : outcome;
  order.rejected_message = FAILURES[outcome].message;
  if (outcome === GENERIC_ERROR) order.generic_error_count += 1;
  if (RETRIED_STATUSES.has(order.status)) order.place = atMidnight(addDays(at, 1));
  announceOrder(context, isExhausted ? 'order.reject' : FAILURES[outcome].event, order);
}
