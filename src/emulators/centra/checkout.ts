import type { CentraContext } from './context.js';
import { isIncreaseSupported } from './payment-provider.js';
import { totalsOf } from './pricing.js';
import type { CrossSellTerms, OrderRecord, PaymentOrderRecord, SelectionRecord } from './records.js';
import { CentraRefusal } from './refusals.js';
import { moveStock, unavailable } from './selections.js';
import { known } from './store.js';
import { newContracts } from './subscriptions.js';

const MINUTE = 60_000;

/** Makes the order of a basket whose payment came through. */
export function placeOrder(context: CentraContext, selection: SelectionRecord): OrderRecord {
  const { store, clock } = context;
  requireStock(context, selection);
  const address = known(selection.address, 'address of the selection');
  const payment = known(selection.payment, 'payment of the selection');
  const now = clock.now();
  const paid = store.paymentOrders.get(selection.paymentReference ?? '') ?? null;
  const crossSell = termsOf(context, payment, paid);
  const openUntil =
    crossSell?.isAllowed === true ? new Date(now.getTime() + crossSell.timeLimit * MINUTE).toISOString() : null;
  const { grand } = totalsOf(context.switches, selection);
  const order: OrderRecord = {
    order: store.nextOrderNumber(),
    id: store.identifiers.next('order'),
    selection: selection.id,
    market: selection.market,
    placedAt: now.toISOString(),
    status: 1,
    lines: selection.lines.map((line) => ({ ...line })),
    vouchers: selection.vouchers,
    payment,
    address,
    shippingPrice: selection.shippingPrice,
    paymentReference: paid?.order_id ?? null,
    crossSell,
    phase: openUntil === null ? 'CLOSED' : 'AUTHORIZED_OPEN',
    openUntil,
    transactions: [{ entry: 'Auth', amount: grand, reference: paid?.order_id ?? 'dummy', at: now.toISOString() }],
    history: [{ at: now.toISOString(), text: 'Order created' }],
  };
  store.orders.add(order);
  selection.order = order.order;
  moveStock(store, order.lines, -1);
  if (openUntil === null) confirmByEmail(context, order, now);
  newContracts(context, order, selection);
  context.events.add('order', { action: 'create', order: order.order });
  return order;
}

/** Returns the terms of cross-sell; null: no object at all. See https://docs.centra.com/plugins/klarna */
function termsOf(
  { store, switches }: CentraContext,
  payment: string,
  paid: PaymentOrderRecord | null,
): CrossSellTerms | null {
  const timeLimit = Math.min(Math.max(Math.round(switches.get('crossSellMinutes')), 1), 20);
  const isKlarnaCheckout = store.plugins.get(payment)?.kind === 'klarna-checkout';
  const isOffered = switches.get('crossSellEnabled') && isKlarnaCheckout && paid !== null;
  if (!isOffered) return switches.get('crossSellWhenUnavailable') === 'absent' ? null : { isAllowed: false, timeLimit };
  const isLate = switches.get('crossSellDecidedAt') === 'update';
  const isAllowed = isLate || isIncreaseSupported(switches.get('klarnaTable'), paid.method, paid.country);
  return !isAllowed && switches.get('crossSellWhenUnavailable') === 'absent' ? null : { isAllowed, timeLimit };
}

/** Refuses the payment of a basket with lines that the stock does not cover, unless no stock is kept. */
function requireStock({ store, switches }: CentraContext, selection: SelectionRecord): void {
  if (switches.get('stockMode') === 'off') return;
  const short = selection.lines.filter((line) => store.itemOf(line).size.stock < line.quantity);
  if (short.length === 0) return;
  const rows = short.map((line) => {
    const { product, size } = store.itemOf(line);
    return unavailable(product, line.item, size, line.quantity);
  });
  throw new CentraRefusal(410, { stock: 'unavailable items' }, { unavailable: rows, cancellation: true });
}

/** Confirms an order by e-mail, at most once, whatever happens to the order. */
export function confirmByEmail({ store }: CentraContext, { order }: OrderRecord, at: Date): void {
  if (store.emails.some((email) => email.order === order)) return;
  store.emails.push({ at: at.toISOString(), order, kind: 'order-confirmation' });
}

/** Closes and confirms the orders whose time is over. */
export function closeDueOrders(context: CentraContext): void {
  const now = context.clock.now();
  for (const order of context.store.orders.list()) {
    if (order.phase === 'CLOSED' || order.openUntil === null || new Date(order.openUntil) > now) continue;
    order.phase = 'CLOSED';
    confirmByEmail(context, order, new Date(order.openUntil));
  }
}
