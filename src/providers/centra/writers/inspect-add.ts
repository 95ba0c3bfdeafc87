import { problem } from '../../../domain/problem.js';
import type { InspectResult, WriteProgress } from '../../../domain/write.js';
import type { Money } from '../../../domain/money.js';
import { currencyOf } from '../../kit/money.js';
import { toMoney } from '../money.js';
import { toLineKey } from '../keys.js';
import type { Session } from '../session.js';
import type { WireLine, WireOrder } from '../wire.js';
import { type AddContext, addedLines } from './add-context.js';

/**
 * Line and total have to agree: a line whose money is not in the total yet may still be taken off again when the payment
 * provider refuses.
 */
export async function inspectAdded(session: Session, progress: WriteProgress<AddContext>): Promise<InspectResult> {
  const order = await session.reads.order.get(progress.snapshot.context.orderNumber);
  return order === null ? orderGone : inspectOrder(session, order, progress);
}

function inspectOrder({ account }: Session, order: WireOrder, progress: WriteProgress<AddContext>): InspectResult {
  const { fresh, done } = addedLines(order, progress);
  const currency = currencyOf(order.currency, account);
  const amountOf = (text: string | null): Money | null => toMoney(text, currency);
  const before = amountOf(progress.snapshot.context.total);
  const now = amountOf(order.grandTotal);
  if (before === null || now === null) return { state: 'unclear', problem: null };
  const earlier = sumOf(done, amountOf);
  const growth = now.minor - before.minor - earlier;
  const line = fresh[0];
  if (line === undefined) return growth <= 0n ? { state: 'no_trace' } : stillMoving;
  const isPaid = growth > 0n || sumOf(fresh, amountOf) === 0n;
  if (!isPaid) return stillMoving;
  return {
    state: 'applied',
    result: { orderKey: order.order, lineItemKey: toLineKey({ order: order.order, line: line.line }) },
  };
}

function sumOf(lines: readonly WireLine[], amountOf: (text: string | null) => Money | null): bigint {
  return lines.reduce((sum, { totalPrice }) => sum + (amountOf(totalPrice)?.minor ?? 0n), 0n);
}

const stillMoving: InspectResult = {
  state: 'unclear',
  problem: problem('CONFLICT', 'The lines of the order and its total do not agree yet.'),
};

const orderGone: InspectResult = {
  state: 'unclear',
  problem: problem('NOT_FOUND', 'The order can no longer be read.'),
};
