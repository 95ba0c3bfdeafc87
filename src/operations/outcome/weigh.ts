import type { LineItem } from '../../domain/line-item.js';
import type { Listing } from '../../domain/lookup.js';
import type { AppliedDifference } from '../../domain/operation.js';
import type { ProviderProblem } from '../../domain/problem.js';
import {
  type Frequency,
  isSameFrequency,
  type Subscription,
  type SubscriptionStatus,
} from '../../domain/subscription.js';
import type { Expected, LineBefore, OrderBefore, OrderView, StepResult } from '../../domain/write.js';
import { isPassing } from './advice.js';
import { critical, frequencyText } from './differences.js';
import { isRecurring } from './order-before.js';

/** How far what a step was to bring about can be seen. */
export type Finding =
  | {
      readonly state: 'in_force';
      readonly keys: StepResult;
      readonly differences: readonly AppliedDifference[];
      /** The line it is on another order than the one asked for; null when it is on that one. */
      readonly movedTo: LineItem | null;
      /** It exists, and is not in force: a subscription that was not paid or is canceled. */
      readonly isFailing: boolean;
    }
  /** Everything was read, and it is not there. */
  | { readonly state: 'absent' }
  /** Something could not be read, or what was read fits more than one story. */
  | {
      readonly state: 'unclear';
      readonly problem: ProviderProblem | null;
      /** Lines that fit, and may be anybody's; empty unless everything was read. */
      readonly candidates: readonly LineItem[];
    };

/** What one expected effect is looked for in. */
export interface Sight {
  /** Null when it was not stored. */
  readonly before: OrderBefore | null;
  readonly after: OrderView;
  /** Keys the provider's answer named; null when there was none. */
  readonly named: StepResult | null;
  /** Keys of earlier steps. */
  readonly earlier: StepResult;
  /** What other steps are to bring about: those before this one, those after it that were sent, and all after it. */
  readonly around: Readonly<Record<'before' | 'after' | 'planned', readonly Expected[]>>;
  /** How much of a line or subscription other steps and other operations account for, by key. */
  readonly claimed: Claims;
  /** Keys of lines of other orders that may be what open operations there have done. */
  readonly disputed: ReadonlySet<string>;
}

/** Units of lines, and subscriptions (one unit each), that are accounted for. */
export class Claims {
  readonly #byOthers: ReadonlyMap<string, number>;
  readonly #own = new Map<string, number>();

  constructor(byOthers: Iterable<readonly [string, number]> = []) {
    this.#byOthers = new Map(byOthers);
  }

  /** Claims units for a step of this write. */
  add(key: string, units: number): void {
    this.#own.set(key, this.ownUnitsOf(key) + units);
  }

  unitsOf(key: string): number {
    return this.ownUnitsOf(key) + (this.#byOthers.get(key) ?? 0);
  }

  ownUnitsOf(key: string): number {
    return this.#own.get(key) ?? 0;
  }

  has(key: string): boolean {
    return this.#own.has(key) || this.#byOthers.has(key);
  }
}

/** Looks for one expected effect, and claims what it finds. */
export function weigh(expected: Expected, sight: Sight): Finding {
  switch (expected.kind) {
    case 'line_added':
      return addedLine(expected, sight);
    case 'line_changed':
      return changedLine(expected, sight);
    case 'line_gone':
      return goneLine(expected, sight);
    case 'line_recurs':
      return recurringLine(expected, sight);
    case 'subscription_made':
      return madeSubscription(expected, sight);
    case 'fact': {
      const value = sight.after.facts[expected.name];
      if (value === undefined) return unclear(null);
      return value === expected.value ? inForce({}) : absent;
    }
  }
}

const absent: Finding = { state: 'absent' };

function unclear(problem: ProviderProblem | null, candidates: readonly LineItem[] = []): Finding {
  return { state: 'unclear', problem, candidates };
}

function inForce(keys: StepResult, more: Partial<Extract<Finding, { state: 'in_force' }>> = {}): Finding {
  return { state: 'in_force', keys, differences: [], movedTo: null, isFailing: false, ...more };
}

type ExpectedOf<Kind extends Expected['kind']> = Extract<Expected, { kind: Kind }>;

function addedLine(expected: ExpectedOf<'line_added'>, sight: Sight): Finding {
  const { before, after, named, around, claimed, disputed } = sight;
  // The next step makes it recur, and may have been sent whatever a ledger knows that lost its last changes.
  const mayRecur = around.planned.some((each) => each.kind === 'line_recurs' && each.lineItemKey === null);
  const isAlike = (line: LineItem) =>
    line.product.providerId === expected.productId &&
    (isRecurring(line) === expected.recurring || (mayRecur && isRecurring(line) === true));
  const mayBeLike = (line: LineItem) => line.product.providerId === expected.productId && isRecurring(line) === null;
  const matches = (line: LineItem) =>
    isAlike(line) && (expected.mark === null || after.marks[line.ref.key] === expected.mark);
  const isNamed = ({ ref, subscriptionRef }: LineItem) =>
    named !== null &&
    (ref.key === named.lineItemKey ||
      (named.subscriptionKey !== undefined &&
        named.lineItemKey === undefined &&
        subscriptionRef?.key === named.subscriptionKey));
  const here = growths(before?.lines ?? null, after.lines.items, claimed, isNamed);
  const { elsewhere } = after;
  const beside = growths(before?.elsewhere ?? null, elsewhere?.items ?? [], claimed, isNamed);
  // What stays on this order is on another one only where the answer says so.
  const mayBeThere = (line: LineItem) => expected.stays !== true || isNamed(line);
  const there = {
    grown: beside.grown.filter(({ line }) => mayBeThere(line)),
    unknown: beside.unknown.filter(mayBeThere),
  };
  const choose = (all: readonly Growth[]): Growth | undefined =>
    all.find(({ line, units }) => isNamed(line) && units === expected.quantity) ??
    all.find(({ line }) => isNamed(line)) ??
    all.find(({ line, units }) => matches(line) && units === expected.quantity) ??
    all.find(({ line }) => matches(line));
  // While the order cannot be read, what is on another one is not known to be there instead of on it.
  const isHereUnread =
    after.lines.problem !== null && (named?.lineItemKey !== undefined || isPassing(after.lines.problem));
  const isTheirs = ({ line }: Growth) => (isHereUnread || disputed.has(line.ref.key)) && !isNamed(line);
  const found =
    choose(here.grown) ??
    choose(there.grown.filter((growth) => !isTheirs(growth))) ??
    // A line to which the provider added what was asked for keeps the mark it had.
    here.grown.find(({ line, isOld }) => isOld && isAlike(line));
  if (found) {
    const { line, units } = found;
    claimed.add(line.ref.key, Math.min(units, expected.quantity));
    const carrying = expected.recurring ? subscriptionIn(after, line.subscriptionRef?.key) : null;
    if (carrying === 'unread') return unclear(after.subscriptions?.problem ?? null);
    const made = carrying && ofSubscription(carrying, expected.frequency ?? null);
    return inForce(keysOf(line), {
      ...made,
      movedTo: after.lines.items.includes(line) ? null : line,
      differences: [...productDifference(expected.productId, line), ...(made?.differences ?? [])],
    });
  }
  // Without the lines from before, one that is there now may be new or old, unless the answer named it.
  const unknown = [...here.unknown, ...there.unknown].filter(({ ref }) => !claimed.has(ref.key));
  const answered = unknown.find(isNamed);
  if (answered) return inForce(keysOf(answered), { movedTo: here.unknown.includes(answered) ? null : answered });
  if (after.lines.problem) return unclear(after.lines.problem);
  // Where an answer names a line that stays here, nothing on another order can be it.
  const isBesideTold = expected.stays === true && named !== null;
  if (elsewhere?.problem && !isBesideTold) return unclear(elsewhere.problem);
  const onOthers = isBesideTold ? [] : [...beside.unknown, ...beside.grown.map(({ line }) => line)];
  const candidates = [
    ...[...here.unknown, ...onOthers].filter(matches),
    // What came and may recur or not may be it, or something else.
    ...here.grown.flatMap(({ line }) => (mayBeLike(line) ? line : [])),
  ].filter(({ ref }) => !claimed.has(ref.key));
  return candidates.length > 0 ? unclear(null, candidates) : absent;
}

interface Growth {
  readonly line: LineItem;
  /** Units it has more than before, and nothing else accounts for. */
  readonly units: number;
  /** It was there before. */
  readonly isOld: boolean;
}

function growths(
  before: readonly LineBefore[] | null,
  lines: readonly LineItem[],
  claimed: Claims,
  isNamed: (line: LineItem) => boolean = () => false,
): { readonly grown: readonly Growth[]; readonly unknown: readonly LineItem[] } {
  if (before === null) return { grown: [], unknown: lines };
  const quantityBefore = new Map(before.map(({ key, quantity }) => [key, quantity]));
  const grown = lines.flatMap((line): Growth[] => {
    const was = quantityBefore.get(line.ref.key);
    // A new line that the answer names is this write's, whoever had one of the same key before.
    const isOwn = was === undefined && isNamed(line);
    const taken = isOwn ? claimed.ownUnitsOf(line.ref.key) : claimed.unitsOf(line.ref.key);
    const units = line.quantity - (was ?? 0) - taken;
    return units > 0 ? [{ line, units, isOld: was !== undefined }] : [];
  });
  // A line of its own is what a provider usually makes; more of an old one is what it does where it adds up.
  return { grown: grown.sort((left, right) => Number(left.isOld) - Number(right.isOld)), unknown: [] };
}

/** Looks for a changed line, which an earlier step may have taken off to be put back with another quantity. */
function changedLine({ lineItemKey, quantity }: ExpectedOf<'line_changed'>, sight: Sight): Finding {
  const { before, after, around, claimed, disputed } = sight;
  const line = after.lines.items.find(({ ref }) => ref.key === lineItemKey);
  const was = before?.lines?.find(({ key }) => key === lineItemKey);
  const isPutBack = around.before.some((each) => each.kind === 'line_gone' && each.lineItemKey === lineItemKey);
  if (line) {
    if (line.quantity === quantity || isPutBack) return inForce(keysOf(line));
    if (was === undefined) return unclear(after.lines.problem);
    return line.quantity === was.quantity ? absent : inForce(keysOf(line));
  }
  const there = growths(before?.elsewhere ?? null, after.elsewhere?.items ?? [], claimed).grown;
  const candidates = there.filter((growth) => was !== undefined && growth.line.product.providerId === was.productId);
  const moved = candidates.find((growth) => !disputed.has(growth.line.ref.key))?.line;
  if (isPutBack && moved) return inForce(keysOf(moved), { movedTo: moved });
  if (isPutBack && candidates.length > 0) return unclear(null);
  const problem = after.lines.problem ?? after.elsewhere?.problem ?? null;
  // A line that is not there was billed, moved or removed: that does not tell whether it was changed first.
  return isPutBack && problem === null && isAsOpenAsBefore(sight) ? absent : unclear(problem);
}

function goneLine({ lineItemKey }: ExpectedOf<'line_gone'>, sight: Sight): Finding {
  const { before, after, named, around } = sight;
  const { order, lines } = after;
  const gone = { removedLineItemKey: lineItemKey };
  const keys = order.state === 'found' ? { ...gone, orderKey: order.value.ref.key } : gone;
  // The next step puts it back: it could only be sent once this one was done.
  if (around.after.some((each) => each.kind === 'line_changed' && each.lineItemKey === lineItemKey))
    return inForce(keys);
  const line = lines.items.find(({ ref }) => ref.key === lineItemKey);
  const was = before?.lines?.find(({ key }) => key === lineItemKey);
  const isBack = around.planned.some(
    (each) => each.kind === 'line_changed' && each.lineItemKey === lineItemKey && each.quantity === line?.quantity,
  );
  if (line) return isBack && was !== undefined && was.quantity !== line.quantity ? inForce(keys) : absent;
  // An order may vanish with its last line, and its lines with an order that moved on: only an answer tells which it was.
  const wasOnlyLine = before?.lines?.length === 1 && before.lines[0]?.key === lineItemKey;
  if (order.state === 'missing') return named !== null && wasOnlyLine ? inForce(keys) : unclear(null);
  if (lines.problem) return unclear(lines.problem);
  // A list of a placed order states all it was placed with, or was to be.
  const isPlaced = order.state === 'found' && ['PLACED', 'PAYMENT_FAILED'].includes(order.value.status);
  return isPlaced || isAsOpenAsBefore(sight) ? inForce(keys) : unclear(null);
}

/** Whether the order is as open as before. One that moved on took its lines along: none of them was taken off. */
function isAsOpenAsBefore({ before, after: { order } }: Sight): boolean {
  return order.state === 'found' && before !== null && order.value.status === before.status;
}

function recurringLine(
  { lineItemKey, frequency }: ExpectedOf<'line_recurs'>,
  { after, named, earlier }: Sight,
): Finding {
  const key = lineItemKey ?? earlier.lineItemKey;
  const all = [...after.lines.items, ...(after.elsewhere?.items ?? [])];
  const line = all.find(({ ref }) => ref.key === key);
  const subscriptionKey = line?.subscriptionRef?.key ?? named?.subscriptionKey;
  if (!line) return unclear(after.lines.problem);
  if (isRecurring(line) === null) return unclear(null);
  if (!isRecurring(line)) return absent;
  const subscription = subscriptionIn(after, subscriptionKey);
  if (subscription === 'unread') return unclear(after.subscriptions?.problem ?? null);
  return inForce(
    { ...keysOf(line), ...(subscriptionKey !== undefined && { subscriptionKey }) },
    subscription ? ofSubscription(subscription, frequency) : {},
  );
}

/** Finds the subscription that carries a line. One that could not be read may be out of force. */
function subscriptionIn({ subscriptions }: OrderView, key: string | undefined): Subscription | 'unread' | null {
  const subscription = subscriptions?.items.find(({ ref }) => ref.key === key);
  return subscription ?? (subscriptions?.problem ? 'unread' : null);
}

function madeSubscription(
  expected: ExpectedOf<'subscription_made'>,
  { before, after, named, claimed }: Sight,
): Finding {
  const { productId, quantity, mark, frequency } = expected;
  const all: Listing<Subscription> = after.subscriptions ?? { items: [], problem: null };
  const fits = ({ ref, lines }: Subscription) =>
    mark === null
      ? lines.some((line) => line.product.providerId === productId && line.quantity === (quantity ?? line.quantity))
      : after.marks[ref.key] === mark;
  const free = all.items.filter(({ ref }) => !claimed.has(ref.key));
  const was = before?.subscriptions && new Set(before.subscriptions.map(({ key }) => key));
  const isNew = ({ ref }: Subscription) => was?.has(ref.key) === false;
  const made =
    free.find(({ ref }) => ref.key === named?.subscriptionKey) ?? free.find((each) => isNew(each) && fits(each));
  if (made) {
    claimed.add(made.ref.key, 1);
    const { isFailing, differences } = ofSubscription(made, frequency);
    const units = unitsOf(made, productId);
    const isOther = quantity !== null && units !== null && units !== quantity;
    const less = isOther ? [critical('quantity', String(quantity), String(units))] : [];
    return inForce({ subscriptionKey: made.ref.key }, { isFailing, differences: [...differences, ...less] });
  }
  if (all.problem || after.subscriptions === null) return unclear(all.problem);
  return was === null || was === undefined ? (free.some(fits) ? unclear(null) : absent) : absent;
}

/** Returns how many units of a product a subscription delivers; null when it does not say. */
function unitsOf({ lines }: Subscription, productId: string): number | null {
  const own = lines.filter(({ product }) => product.providerId === productId);
  return own.length === 0 ? null : own.reduce((sum, { quantity }) => sum + quantity, 0);
}

function ofSubscription({ terms: { deliveryFrequency: applied }, status }: Subscription, frequency: Frequency | null) {
  const isFailing = !inForceStatuses.has(status);
  const isOtherRhythm = frequency !== null && (applied === null || !isSameFrequency(applied, frequency));
  const differences: AppliedDifference[] = [
    ...(isFailing ? [{ field: 'subscription', requested: 'ACTIVE', applied: status, critical: true }] : []),
    ...(isOtherRhythm
      ? [
          {
            field: 'frequency',
            requested: frequencyText(frequency),
            applied: applied && frequencyText(applied),
            critical: false,
          },
        ]
      : []),
  ];
  return { isFailing, differences };
}

const inForceStatuses: ReadonlySet<SubscriptionStatus> = new Set(['ACTIVE', 'TRIALING', 'PENDING']);

function productDifference(productId: string, { product }: LineItem): readonly AppliedDifference[] {
  if (product.providerId === productId) return [];
  return [{ field: 'product', requested: productId, applied: product.providerId, critical: true }];
}

function keysOf({ ref, orderRef, subscriptionRef }: LineItem): StepResult {
  return {
    orderKey: orderRef.key,
    lineItemKey: ref.key,
    ...(subscriptionRef !== null && { subscriptionKey: subscriptionRef.key }),
  };
}
