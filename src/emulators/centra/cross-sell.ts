import { confirmByEmail } from './checkout.js';
import type { CentraContext } from './context.js';
import { formatPrice } from './money.js';
import { type Attempt, updateAuthorisation } from './payment-provider.js';
import { totalsOf } from './pricing.js';
import type { LineRecord, OrderRecord, TransactionRecord } from './records.js';
import { CentraRefusal } from './refusals.js';
import { moveStock, newLine, purchasable } from './selections.js';

/** Adds one item to a placed order and raises its authorisation. A repeat adds another. https://docs.centra.com/fe-development/cross-sell */
export function addCrossSell(context: CentraContext, order: OrderRecord, item: string, isMerged = false): void {
  const { store } = context;
  if (order.crossSell === null || !order.crossSell.isAllowed) throw refusal(context, 'not allowed');
  if (order.phase === 'CLOSED' || order.status >= 4) throw refusal(context, 'time limit exceeded');
  const sold = purchasable(context, order.market, item, 1);
  if (sold.product.bundle === 'flexible') throw new CentraRefusal(406, { item: 'flexible bundle' });

  const before = totalsOf(context.switches, order).grand;
  const line = newLine(store, item, 1, sold);
  const linesBefore = order.lines;
  order.lines = isMerged ? withOneMore(order.lines, line) : [...order.lines, line];
  moveStock(store, [line], -1);
  const after = totalsOf(context.switches, order).grand;
  const attempt = updateAuthorisation(context, order.paymentReference ?? '', {
    order_amount: after,
    description: 'Cross-sell',
    lines: order.lines.length,
    idempotencyKey: store.identifiers.next('payment-update'),
  });
  if (attempt?.status !== 204) {
    revert(context, order, line, { linesBefore, after, attempt });
    throw refusal(context, 'payment update failed');
  }
  authorise(context, order, before, after);
  context.events.add('order', { action: 'update', order: order.order });
}

/** Raises the line of the same item without a plan, where there is one, or else adds the line. */
function withOneMore(lines: readonly LineRecord[], line: LineRecord): LineRecord[] {
  const present = lines.find(({ item, plan }) => item === line.item && plan === null);
  if (!present) return [...lines, line];
  return lines.map((each) => (each === present ? { ...each, quantity: each.quantity + line.quantity } : each));
}

/** Records the new authorisation, which covers the whole new total under the same reference. */
function authorise(context: CentraContext, order: OrderRecord, before: number, after: number): void {
  const at = context.clock.now().toISOString();
  for (const each of order.transactions) if (each.entry === 'Auth') each.entry = 'Auth-old';
  order.transactions.push(transaction(order, 'Auth', after, at));
  const currency = context.store.currencyOf(order.market);
  const amounts = `from ${formatPrice(before, currency)} to ${formatPrice(after, currency)}`;
  order.history.push({ at, text: `Updated Authorization (Cross-sell) ${amounts}` });
}

interface Failed {
  readonly linesBefore: LineRecord[];
  readonly after: number;
  readonly attempt: Attempt;
}

/** Takes the order back to what it was. The attempt stays on record and the former authorisation in force. */
function revert(
  context: CentraContext,
  order: OrderRecord,
  line: LineRecord,
  { linesBefore, after, attempt }: Failed,
): void {
  const now = context.clock.now();
  const at = now.toISOString();
  if (!context.switches.get('refusalKeepsLine')) {
    order.lines = linesBefore;
    moveStock(context.store, [line], 1);
  }
  order.transactions.push(transaction(order, 'Auth-update-failed', after, at));
  order.history.push({ at, text: 'Failed to update authorization (Cross-sell)', ...reasonOf(attempt) });
  if (context.switches.get('emailAfterRefusal') === 'immediately') confirmByEmail(context, order, now);
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

/** Creates the refusal of a cross-sell. Neither status nor key of these refusals is documented. */
function refusal({ switches }: CentraContext, text: string): CentraRefusal {
  return new CentraRefusal(switches.get('upsellErrorStatus'), { [switches.get('upsellErrorKey')]: text });
}
