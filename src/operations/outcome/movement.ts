import type { LineItem } from '../../domain/line-item.js';
import type { Listing } from '../../domain/lookup.js';
import type { Money } from '../../domain/money.js';
import type { OrderStatus, OrderTotals } from '../../domain/order.js';
import type { ProviderProblem } from '../../domain/problem.js';
import type { LineBefore, OrderBefore, OrderView } from '../../domain/write.js';
import { isRecurring } from './order-before.js';

/** Everything in which an order differs from what it was. */
export interface Movement {
  readonly added: readonly LineItem[];
  readonly gone: readonly LineBefore[];
  readonly changed: readonly ChangedLine[];
  readonly totals: readonly MovedPart[];
  readonly status: { readonly from: OrderStatus; readonly to: OrderStatus } | null;
  /** The provider's own mark says that something changed. */
  readonly isMarked: boolean;
  /** Keys of lines of other orders that are new, gone or changed. */
  readonly elsewhere: readonly string[];
  /** Keys of subscriptions that are new or in another state. */
  readonly subscriptions: readonly string[];
  readonly facts: readonly string[];
  /** Not everything could be compared. */
  readonly isPartial: boolean;
  /** Why something could not be read; null when all was, or no reason is stated. */
  readonly gap: ProviderProblem | null;
}

export interface ChangedLine {
  readonly before: LineBefore;
  readonly after: LineItem;
}

export type TotalsPart = Exclude<keyof OrderTotals, 'estimated' | 'taxIncluded'>;

export interface MovedPart {
  readonly part: TotalsPart;
  readonly from: Money | null;
  readonly to: Money | null;
}

const parts: readonly TotalsPart[] = ['subtotal', 'discount', 'tax', 'shipping', 'fees', 'total'];

/** Compares an order with what it was, in every part. */
export function movementBetween(before: OrderBefore | null, after: OrderView): Movement {
  const gap = gapIn(after);
  if (before === null) return { ...nothing, isPartial: true, gap };
  const order = after.order.state === 'found' ? after.order.value : null;
  if (!before.isThere) return movementOfCheckout(before, after);
  const isLinesKnown = before.lines !== null && after.lines.problem === null;
  const isElsewhereKnown = after.elsewhere === null || (before.elsewhere !== null && after.elsewhere.problem === null);
  const isSubscriptionsKnown =
    after.subscriptions === null || (before.subscriptions !== null && after.subscriptions.problem === null);
  return {
    ...linesBetween(before.lines, after.lines),
    elsewhere: keysOf(linesBetween(before.elsewhere, after.elsewhere)),
    totals: order ? totalsBetween(before.totals, order.totals) : [],
    status: order && order.status !== before.status ? { from: before.status, to: order.status } : null,
    isMarked:
      (order !== null && order.providerStatus !== before.providerStatus) ||
      (after.changeMark !== null && after.changeMark !== before.changeMark),
    subscriptions: isSubscriptionsKnown ? subscriptionsBetween(before, after) : [],
    facts: factsBetween(before, after),
    isPartial:
      order === null ||
      !isLinesKnown ||
      !isElsewhereKnown ||
      !isSubscriptionsKnown ||
      !isEachFactKnown(before, after) ||
      (before.totals === null) !== (order.totals === null),
    gap,
  };
}

/** Returns how a checkout moved. It has no order until it is finished, and then everything on it is new. */
function movementOfCheckout(before: OrderBefore, after: OrderView): Movement {
  const order = after.order.state === 'found' ? after.order.value : null;
  const facts = factsBetween(before, after);
  const status = order && { from: before.status, to: order.status };
  return {
    ...nothing,
    status,
    facts,
    isPartial: after.order.state === 'failed' || !isEachFactKnown(before, after),
    gap: gapIn(after),
  };
}

function isEachFactKnown({ facts }: OrderBefore, after: OrderView): boolean {
  return Object.keys(facts).every((name) => after.facts[name] !== undefined);
}

function factsBetween(before: OrderBefore, after: OrderView): readonly string[] {
  return Object.keys(before.facts).filter(
    (name) => after.facts[name] !== undefined && after.facts[name] !== before.facts[name],
  );
}

/** Whether nothing at all moved, and everything could be compared. */
export function isStill(movement: Movement): boolean {
  return !movement.isPartial && !isMoved(movement);
}

/** Whether something is seen to have moved, as far as it could be compared. */
function isMoved({
  added,
  gone,
  changed,
  totals,
  status,
  isMarked,
  elsewhere,
  subscriptions,
  facts,
}: Movement): boolean {
  const records = [added, gone, changed, totals, elsewhere, subscriptions, facts];
  return records.some(({ length }) => length > 0) || status !== null || isMarked;
}

const nothing: Movement = {
  added: [],
  gone: [],
  changed: [],
  totals: [],
  status: null,
  isMarked: false,
  elsewhere: [],
  subscriptions: [],
  facts: [],
  isPartial: false,
  gap: null,
};

/** Compares lines. One that is there counts in a list with a gap as well; one that is not, only in a whole list. */
function linesBetween(before: readonly LineBefore[] | null, after: Listing<LineItem> | null): LineMovement {
  if (before === null || after === null) return { added: [], gone: [], changed: [] };
  const was = new Map(before.map((line) => [line.key, line]));
  const is = new Map(after.items.map((line) => [line.ref.key, line]));
  return {
    added: after.items.filter(({ ref }) => !was.has(ref.key)),
    gone: after.problem === null ? before.filter(({ key }) => !is.has(key)) : [],
    changed: before.flatMap((line): ChangedLine[] => {
      const now = is.get(line.key);
      return now && !isSameLine(line, now) ? [{ before: line, after: now }] : [];
    }),
  };
}

type LineMovement = Pick<Movement, 'added' | 'gone' | 'changed'>;

function keysOf({ added, gone, changed }: LineMovement): readonly string[] {
  return [
    ...added.map(({ ref }) => ref.key),
    ...gone.map(({ key }) => key),
    ...changed.map(({ before }) => before.key),
  ];
}

function isSameLine(before: LineBefore, after: LineItem): boolean {
  return (
    before.quantity === after.quantity &&
    before.productId === after.product.providerId &&
    before.recurring === isRecurring(after) &&
    isSameAmount(before.unitPrice, after.unitPrice) &&
    isSameAmount(before.total, after.total)
  );
}

function totalsBetween(before: OrderTotals | null, after: OrderTotals | null): readonly MovedPart[] {
  if (before === null || after === null) return [];
  return parts.flatMap((part) =>
    isSameAmount(before[part], after[part]) ? [] : [{ part, from: before[part], to: after[part] }],
  );
}

function subscriptionsBetween({ subscriptions }: OrderBefore, after: OrderView): readonly string[] {
  const was = new Map((subscriptions ?? []).map(({ key, status }) => [key, status]));
  return (after.subscriptions?.items ?? []).flatMap(({ ref, status }) =>
    was.get(ref.key) === status ? [] : [ref.key],
  );
}

export function isSameAmount(left: Money | null, right: Money | null): boolean {
  if (left === null || right === null) return left === right;
  return left.currency === right.currency && left.minor === right.minor;
}

/** Returns why something could not be read. */
export function gapIn({ order, lines, elsewhere, subscriptions }: OrderView): ProviderProblem | null {
  const problems = [lines.problem, elsewhere?.problem ?? null, subscriptions?.problem ?? null];
  return order.state === 'failed' ? order.problem : (problems.find((found) => found !== null) ?? null);
}
