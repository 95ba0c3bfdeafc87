import type { LineItem } from '../../domain/line-item.js';
import type { Money } from '../../domain/money.js';
import type { AppliedDifference, Baseline } from '../../domain/operation.js';
import type { Order } from '../../domain/order.js';
import type { Frequency } from '../../domain/subscription.js';
import type { LineBefore, OrderBefore } from '../../domain/write.js';
import type { Movement } from './movement.js';

export function critical(field: string, requested: string | null, applied: string | null): AppliedDifference {
  return { field, requested, applied, critical: true };
}

export function frequencyText({ every, unit }: Frequency): string {
  return `${every} ${unit}`;
}

/** Names what happened to lines that the write was not about. `isOurs`: the write or another operation accounts for it. */
export function differencesOfOtherLines(
  { added, gone, changed }: Movement,
  isOurs: (key: string) => boolean,
): readonly AppliedDifference[] {
  return [
    ...gone.filter(({ key }) => !isOurs(key)).map((line) => critical('other_lines', textOf(line), null)),
    ...added.filter(({ ref }) => !isOurs(ref.key)).map((line) => critical('other_lines', null, textOf(toText(line)))),
    ...changed
      .filter(({ before }) => !isOurs(before.key))
      .map(({ before, after }) => critical('other_lines', textOf(before), textOf(toText(after)))),
  ];
}

type LineText = Pick<LineBefore, 'quantity' | 'productId' | 'total'>;

function toText({ quantity, product, total }: LineItem): LineText {
  return { quantity, productId: product.providerId, total };
}

function textOf({ quantity, productId, total }: LineText): string {
  return `${quantity} x ${productId}${total ? ` for ${total.toString()}` : ''}`;
}

/**
 * Returns the growth beyond what was agreed to or announced: of the same order, and of others by what is on them as well.
 * `strayed`: the lines of other orders which the write has put there.
 */
export function differencesOfMoney(
  baseline: Baseline | null,
  before: OrderBefore | null,
  order: Order | null,
  strayed: readonly LineItem[],
): readonly AppliedDifference[] {
  const was = baseline?.orderTotal;
  const is = order?.totals?.total;
  if (!was || !is || was.currency !== is.currency) return [];
  const costs = strayed.flatMap((line) => costElsewhere(before, line) ?? []);
  const added = costs.filter(({ currency }) => currency === is.currency);
  return increaseBeyond(
    baseline,
    added.reduce((sum, cost) => sum.plus(cost), is.minus(was)),
  );
}

/** Returns the growth by an item on another order, whose total from before is not known: what its line costs more. */
export function differencesOfMovedMoney(
  baseline: Baseline | null,
  before: OrderBefore | null,
  line: LineItem,
): readonly AppliedDifference[] {
  const cost = costElsewhere(before, line);
  return baseline && cost ? increaseBeyond(baseline, cost) : [];
}

/** Returns what a line of another order costs more than before; null when that is not stated in one currency. */
function costElsewhere(before: OrderBefore | null, { ref, total }: LineItem): Money | null {
  const was = before?.elsewhere?.find(({ key }) => key === ref.key)?.total ?? null;
  if (!total || (was !== null && was.currency !== total.currency)) return null;
  return was === null ? total : total.minus(was);
}

function increaseBeyond({ maxIncrease, expectedIncrease }: Baseline, growth: Money): readonly AppliedDifference[] {
  const limit = smaller(maxIncrease, expectedIncrease);
  if (!limit || limit.currency !== growth.currency || growth.minor <= limit.minor) return [];
  return [critical('increase', limit.toString(), growth.toString())];
}

function smaller(left: Money | null, right: Money | null): Money | null {
  if (!left || !right) return left ?? right;
  return left.currency === right.currency && left.minor < right.minor ? left : right;
}
