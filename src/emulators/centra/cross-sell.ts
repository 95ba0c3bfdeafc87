import { confirmByEmail } from './checkout.js';
import { formatPrice } from './money.js';
import { type Attempt, updateAuthorisation } from './payment-provider.js';
import { Refusal } from './refusals.js';
import type { LineRecord, OrderRecord, TransactionRecord } from './records.js';
import { moveStock, newLine, purchasable } from './selections.js';
import { totalsOf } from './totals.js';
import type { CentraWorld } from './world.js';

/** Adds one item to a placed order and raises its authorisation. A repeat adds another. https://docs.centra.com/fe-development/cross-sell */
export function addCrossSell(world: CentraWorld, order: OrderRecord, item: string): void {
  const { store } = world;
  if (order.crossSell === null || !order.crossSell.isAllowed) throw refusal(world, 'not allowed');
  if (order.phase === 'CLOSED' || order.status >= 4) throw refusal(world, 'time limit exceeded');
  const sold = purchasable(world, order.market, item, 1);
  if (sold.product.bundle === 'flexible') throw new Refusal(406, { item: 'flexible bundle' });

  const before = totalsOf(order).grand;
  const line = newLine(store, item, 1, sold);
  order.lines.push(line);
  moveStock(store, [line], -1);
  const after = totalsOf(order).grand;
  const attempt = updateAuthorisation(world, order.paymentReference ?? '', {
    order_amount: after,
    description: 'Cross-sell',
    lines: order.lines.length,
    idempotencyKey: store.identifiers.next('payment-update'),
  });
  if (attempt?.status !== 204) {
    revert(world, order, line, { before, after, attempt });
    throw refusal(world, 'payment update failed');
  }
  authorise(world, order, before, after);
  world.events.add('order', { action: 'update', order: order.order });
}

/** The new authorisation covers the whole new total, under the same reference. */
function authorise(world: CentraWorld, order: OrderRecord, before: number, after: number): void {
  const at = world.clock.now().toISOString();
  for (const each of order.transactions) if (each.entry === 'Auth') each.entry = 'Auth-old';
  order.transactions.push(transaction(order, 'Auth', after, at));
  const currency = world.store.currencyOf(order.market);
  const amounts = `from ${formatPrice(before, currency)} to ${formatPrice(after, currency)}`;
  order.history.push({ at, text: `Updated Authorization (Cross-sell) ${amounts}` });
}

interface Failed {
  readonly before: number;
  readonly after: number;
  readonly attempt: Attempt;
}

/** The order goes back to what it was; the attempt stays on record and the former authorisation in force. */
function revert(world: CentraWorld, order: OrderRecord, line: LineRecord, { after, attempt }: Failed): void {
  const now = world.clock.now();
  const at = now.toISOString();
  if (!world.switches.get('refusalKeepsLine')) {
    order.lines = order.lines.filter((each) => each !== line);
    moveStock(world.store, [line], 1);
  }
  order.transactions.push(transaction(order, 'Auth-update-failed', after, at));
  order.history.push({ at, text: 'Failed to update authorization (Cross-sell)', ...reasonOf(attempt) });
  if (world.switches.get('emailAfterRefusal') === 'immediately') confirmByEmail(world, order, now);
}

function transaction(
  order: OrderRecord,
  entry: TransactionRecord['entry'],
  amount: number,
  at: string,
): TransactionRecord {
  return { entry, amount, reference: order.paymentReference ?? '', at };
}

function reasonOf(attempt: Attempt): { readonly code: string; readonly correlationId?: string } {
  const body = attempt?.body;
  if (typeof body !== 'object' || body === null) return { code: 'TIMEOUT' };
  const code: unknown = Reflect.get(body, 'error_code');
  const correlationId: unknown = Reflect.get(body, 'correlation_id');
  return {
    code: `${attempt?.status ?? ''} ${String(code)}`,
    ...(typeof correlationId === 'string' && { correlationId }),
  };
}

/** Neither status nor key of these refusals is documented. */
function refusal({ switches }: CentraWorld, text: string): Refusal {
  return new Refusal(switches.get('upsellErrorStatus'), { [switches.get('upsellErrorKey')]: text });
}
