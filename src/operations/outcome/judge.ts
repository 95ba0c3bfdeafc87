import type { AppliedDifference, Baseline, OperationStatus } from '../../domain/operation.js';
import type { KnownEffect } from '../../domain/known-effect.js';
import type { LineItem } from '../../domain/line-item.js';
import type { Order } from '../../domain/order.js';
import { problem, type ProviderProblem } from '../../domain/problem.js';
import { providerFailed, type Refusal, type RefusalOf } from '../../domain/refusal.js';
import type { Expected, OrderBefore, OrderView, PlannedStep, StepResult, WriteRequest } from '../../domain/write.js';
import { adviceAfter, isPassing, withEffect } from './advice.js';
import { critical, differencesOfMoney, differencesOfMovedMoney, differencesOfOtherLines } from './differences.js';
import { isSameAmount, isStill, type Movement, movementBetween } from './movement.js';
import { isRecurring } from './order-before.js';
import { findStep, type StepFinding } from './step-finding.js';
import { Claims } from './weigh.js';

/** What is known of one planned step besides what reads show. */
export type StepAnswer =
  | { readonly said: 'confirmed'; readonly result: StepResult }
  | { readonly said: 'refused'; readonly refusal: Refusal; readonly isDocumented: boolean }
  /** Documented as not applied, or it never left: `problem.notSent`. */
  | { readonly said: 'not_applied'; readonly problem: ProviderProblem }
  | { readonly said: 'nothing'; readonly problem: ProviderProblem | null }
  /** Planned, and not sent. */
  | { readonly said: 'unsent' };

/** Everything an outcome is judged by. */
export interface Evidence {
  readonly request: WriteRequest;
  /** Order the write was to change; null for a checkout that had none yet. */
  readonly orderKey: string | null;
  readonly steps: readonly { readonly planned: PlannedStep; readonly answer: StepAnswer }[];
  /** Null when it was not stored. */
  readonly before: OrderBefore | null;
  readonly baseline: Baseline | null;
  readonly after: OrderView;
  /** Records of the order that other operations account for, by key, with units. */
  readonly others: Iterable<readonly [key: string, units: number]>;
  /** Keys of records that other operations changed since this one began. */
  readonly changedByOthers: ReadonlySet<string>;
  /** Keys of lines of other orders that may be what open operations there have done. */
  readonly disputed: ReadonlySet<string>;
  /** Time since the last request may have left, in milliseconds. */
  readonly ageMs: number;
  /** Time since a look first showed the order closed, in milliseconds; null when this one is the first, or it is open. */
  readonly closedForMs: number | null;
  /** Time a request of this provider takes to show, in milliseconds. */
  readonly settlingMs: number;
}

/** What became of one step. OPEN: evidence may still arrive. UNTOLD: none will, and what there is fits two stories. */
export type StepConclusion = 'DONE' | 'NOT_DONE' | 'OPEN' | 'UNTOLD' | 'UNSENT';

export interface StepVerdict {
  readonly name: string;
  readonly conclusion: StepConclusion;
  readonly keys: StepResult;
  /** Reads show all of it in force. */
  readonly isSeen: boolean;
}

export interface Verdict {
  readonly status: Exclude<OperationStatus, 'PENDING' | 'ACTION_REQUIRED'>;
  readonly effect: KnownEffect;
  readonly steps: readonly StepVerdict[];
  readonly differences: readonly AppliedDifference[];
  /** Why it did not succeed; empty for SUCCEEDED and for INDETERMINATE, whose refusal names the operation. */
  readonly errors: readonly Refusal[];
  /** Keys of what is in force. */
  readonly keys: StepResult;
  /** The line it is on another order than the one asked for. */
  readonly moved: LineItem | null;
  /** Keys of the lines of the order that make up what was asked for together with those in `keys`. */
  readonly also: readonly string[];
  /** Keys of orders that may hold what it is not known to have added, as far as they show; null unless a step is UNTOLD. */
  readonly mayBeOn: readonly string[] | null;
  /** Everything that was sent is seen in force, and paid where it is to be paid. */
  readonly isSound: boolean;
  /** Another look may show more. */
  readonly mayChange: boolean;
  /** Why something could not be read; null when all was. */
  readonly gap: ProviderProblem | null;
}

/**
 * A request that was lost may be worked off late: gateways queue for a minute. Until this long after it left, that
 * nothing shows proves nothing while the order is open.
 */
export const ABSENCE_IS_FINAL_MS = 10 * 60_000;

/**
 * A provider that answers is not going to work off the request later, as one that is silent may. What it did in spite of
 * what it says shows as soon as its reads have caught up.
 */
const READS_CATCH_UP_MS = 3_000;

function hasShown({ ageMs, settlingMs }: Evidence): boolean {
  return ageMs >= Math.min(settlingMs, READS_CATCH_UP_MS);
}

/** Judges what became of a write. Pure: the same evidence gives the same verdict. */
export function judge(evidence: Evidence): Verdict {
  const { steps, before, after, others, disputed, orderKey } = evidence;
  // Other orders are no part of what a write left behind that stays on this one.
  const isHere = steps.every(({ planned }) => staysHere(planned));
  const movement = movementBetween(before, isHere ? { ...after, elsewhere: null } : after);
  const claimed = new Claims(others);
  const theirs = new Set([...evidence.changedByOthers, ...disputed, ...[...others].map(([key]) => key)]);
  let earlier: StepResult = {};
  let isStarted = false;
  const known = new Set(theirs);
  const weighed = steps.map(({ planned, answer }, index) => {
    const named = answer.said === 'confirmed' ? answer.result : null;
    const around = {
      before: steps.slice(0, index).flatMap((step) => step.planned.expects),
      after: steps.slice(index + 1).flatMap((step) => (step.answer.said === 'unsent' ? [] : step.planned.expects)),
      planned: steps.slice(index + 1).flatMap((step) => step.planned.expects),
    };
    // A ledger that lost its last changes does not know of everything it sent.
    const isLookedFor = answer.said !== 'unsent' || isStarted;
    const finding = findStep(planned, !isLookedFor, {
      before,
      after,
      named,
      earlier,
      around,
      claimed,
      disputed,
    });
    const isStillBut = isUnmoved(movementFor(planned, movement), known, subjectsOf(planned, earlier, evidence));
    const conclusion = conclude(planned, answer, finding, isStillBut, movement, evidence);
    const keys = { ...named, ...finding.keys };
    if (conclusion === 'DONE') {
      isStarted = true;
      earlier = { ...earlier, ...keys };
      for (const key of [...keysIn(planned, keys), ...twinsOf(planned, movement)]) known.add(key);
    }
    return { planned, answer, finding, conclusion, keys };
  });
  const done = weighed.filter(({ conclusion }) => conclusion === 'DONE');
  const isOurs = (key: string) =>
    theirs.has(key) || claimed.has(key) || weighed.some(({ planned }) => isAbout(planned, key));
  const order = after.order.state === 'found' ? after.order.value : null;
  // More lines of what was added: it was carried out more than once, or by somebody else as well.
  const mayStray = done.filter(({ planned }) => !staysHere(planned));
  const addedElsewhere =
    after.elsewhere?.items.filter(
      ({ ref, product }) =>
        movement.elsewhere.includes(ref.key) && mayStray.some(({ planned }) => isAdding(planned, product.providerId)),
    ) ?? [];
  const twins = new Set(
    [...movement.added, ...addedElsewhere].flatMap(({ ref, product }) =>
      !theirs.has(ref.key) && done.some(({ planned }) => isAdding(planned, product.providerId)) ? ref.key : [],
    ),
  );
  const otherUnits = quantityDifference(evidence, done, twins);
  const own = new Set(done.flatMap(({ keys }) => keys.lineItemKey ?? []));
  const moved = done.find(({ finding }) => finding.movedTo !== null)?.finding.movedTo ?? null;
  const strayed = moved ?? addedElsewhere.find(({ ref }) => twins.has(ref.key));
  const differences: readonly AppliedDifference[] =
    done.length === 0
      ? []
      : [
          ...(strayed && orderKey !== null ? [critical('order', orderKey, strayed.orderRef.key)] : []),
          ...otherUnits,
          ...done.flatMap(({ finding }) => finding.differences),
          ...done.filter(isUnseen(movement)).map(() => critical('lines', '1', '0')),
          ...differencesOfOtherLines(movement, (key) => isOurs(key) || twins.has(key)),
          ...(moved
            ? differencesOfMovedMoney(evidence.baseline, before, moved)
            : differencesOfMoney(
                evidence.baseline,
                before,
                order,
                addedElsewhere.filter(({ ref }) => twins.has(ref.key)),
              )),
          ...differencesOfStatus(before, order),
        ];
  const shared = {
    steps: weighed.map(({ planned, conclusion, keys, finding }) => ({
      name: planned.name,
      conclusion,
      keys,
      isSeen: finding.state === 'in_force' && !finding.isFailing,
    })),
    differences,
    keys: earlier,
    moved,
    // Of more or less than was asked for it is not known whose it is.
    also:
      otherUnits.length > 0
        ? []
        : after.lines.items.flatMap(({ ref: { key } }) => (twins.has(key) && !own.has(key) ? key : [])),
    mayBeOn: ordersOf(weighed.filter(({ conclusion }) => conclusion === 'UNTOLD')),
    isSound: isSound(weighed, evidence.before, order),
    gap: movement.gap,
  };
  return { ...shared, ...outcomeOf(weighed, movement, evidence, order) };
}

function ordersOf(untold: readonly WeighedStep[]): readonly string[] | null {
  const lines = untold.flatMap(({ finding: { candidates } }) => candidates);
  return untold.length === 0 ? null : [...new Set(lines.map(({ orderRef }) => orderRef.key))];
}

interface WeighedStep {
  readonly planned: PlannedStep;
  readonly answer: StepAnswer;
  readonly finding: StepFinding;
  readonly conclusion: StepConclusion;
  readonly keys: StepResult;
}

/** Concludes what one step comes to from what the provider said, against what it shows. */
function conclude(
  planned: PlannedStep,
  answer: StepAnswer,
  finding: StepFinding,
  isUnmoved: boolean,
  movement: Movement,
  evidence: Evidence,
): StepConclusion {
  // A subscription may be made of what a closed order holds: nothing but time rules it out.
  const isSubscribing = planned.expects.some(({ kind }) => kind === 'subscription_made' || kind === 'line_recurs');
  const isClosed = isClosedFor(evidence) && (!isSubscribing || evidence.ageMs >= ABSENCE_IS_FINAL_MS);
  // What was worked off as the order closed shows as late as anything else. What comes later still may land on another.
  const isLandedForGood = !mayLandElsewhere(planned, evidence) || evidence.ageMs >= ABSENCE_IS_FINAL_MS;
  const isShownForGood = isClosed && isLandedForGood && (evidence.closedForMs ?? 0) >= evidence.settlingMs;
  const unclear = isUntold(finding, isShownForGood, evidence) ? 'UNTOLD' : 'OPEN';
  const isSettled = evidence.ageMs >= evidence.settlingMs;
  switch (answer.said) {
    case 'unsent':
      return finding.state === 'in_force' ? 'DONE' : 'UNSENT';
    case 'confirmed':
      if (finding.state === 'in_force') return isSettled || isAsNamed(answer.result, finding.keys) ? 'DONE' : 'OPEN';
      if (isHidden(evidence)) return 'DONE';
      if (finding.state === 'unclear') {
        // Whether a subscription is in force can be read whatever became of its order.
        if (isSubscribing && evidence.after.subscriptions?.problem) return 'OPEN';
        // What was read whole and fits two ways is at last what the provider said it is.
        const isReadWhole = !movement.isPartial && evidence.ageMs >= ABSENCE_IS_FINAL_MS;
        return isClosed || isReadWhole ? 'DONE' : 'OPEN';
      }
      return isSettled ? 'DONE' : 'OPEN';
    case 'not_applied':
      if (finding.state === 'in_force') return 'DONE';
      return isUnread(movement, evidence) && answer.problem.notSent === undefined ? 'OPEN' : 'NOT_DONE';
    case 'refused':
      // What is seen outweighs what is said: a gateway that repeats a request hears that it was done before. What
      // already was as asked for is no trace of one.
      if (finding.state === 'in_force' && !isStill(movement)) return 'DONE';
      if (answer.isDocumented) return isUnread(movement, evidence) ? 'OPEN' : 'NOT_DONE';
      if (finding.state !== 'in_force' && finding.state !== 'absent') return unclear;
      return isClosed || (isUnmoved && hasShown(evidence)) ? 'NOT_DONE' : 'OPEN';
    case 'nothing':
      if (finding.state === 'in_force') return 'DONE';
      if (finding.state === 'partly') return isSettled ? 'DONE' : 'OPEN';
      if (finding.state === 'unclear') {
        if (!isShownForGood || !isHidden(evidence) || movement.totals.length > 0) return unclear;
        return evidence.after.elsewhere?.problem ? 'UNTOLD' : 'NOT_DONE';
      }
      if (isShownForGood) return 'NOT_DONE';
      return evidence.ageMs >= ABSENCE_IS_FINAL_MS && isUnmoved ? 'NOT_DONE' : 'OPEN';
  }
}

/** Whether a provider puts what a step adds on another order once this one takes no more. */
function mayLandElsewhere(planned: PlannedStep, { after }: Evidence): boolean {
  return after.elsewhere !== null && !staysHere(planned) && planned.expects.some(({ kind }) => kind === 'line_added');
}

/** Whether everything was read that ever will tell, and fits two stories. An open write may yet say that it is its own. */
function isUntold({ candidates }: StepFinding, isShownForGood: boolean, { ageMs, disputed }: Evidence): boolean {
  const isOver = isShownForGood || ageMs >= ABSENCE_IS_FINAL_MS;
  return isOver && candidates.length > 0 && candidates.every(({ ref }) => !disputed.has(ref.key));
}

/** Whether a line is the one that the answer named: another one may be a second, while the first does not show yet. */
function isAsNamed({ lineItemKey: named }: StepResult, { lineItemKey: seen }: StepResult): boolean {
  return named === undefined || seen === undefined || named === seen;
}

/** Whether something could not be read now, and can be in a moment. */
function isUnread({ gap }: Movement, evidence: Evidence): boolean {
  return gap !== null && isPassing(gap) && !isHidden(evidence);
}

/**
 * Whether nothing moved besides what earlier steps and other operations on the order account for, and lines of products
 * that this step is not about: those are somebody else's, and explain the totals.
 */
function isUnmoved(movement: Movement, known: ReadonlySet<string>, products: ReadonlySet<string>): boolean {
  if (isStill(movement)) return true;
  const { added, gone, changed, elsewhere, subscriptions, totals, status, isPartial } = movement;
  const isForeign = (productId: string) => products.size > 0 && !products.has(productId);
  const lines = [
    ...added.map(({ ref, product }) => ({ key: ref.key, productId: product.providerId })),
    ...changed.map(({ before: { key, productId } }) => ({ key, productId })),
  ];
  if (isPartial || status !== null) return false;
  const isExplained = totals.length === 0 && elsewhere.length + subscriptions.length > 0;
  if (lines.length + gone.length === 0 && !isExplained) return false;
  return (
    lines.every(({ key, productId }) => known.has(key) || isForeign(productId)) &&
    [...gone.map(({ key }) => key), ...elsewhere, ...subscriptions].every((key) => known.has(key))
  );
}

/** Leaves out what happened on other orders, of a step that puts something on this one and nowhere else. */
function movementFor(planned: PlannedStep, movement: Movement): Movement {
  return staysHere(planned) ? { ...movement, elsewhere: [] } : movement;
}

function staysHere({ expects }: PlannedStep): boolean {
  return expects.every((each) => each.kind === 'line_added' && each.stays === true);
}

/** Returns the products a step is about; none where not all are known. */
function subjectsOf({ expects }: PlannedStep, earlier: StepResult, { before, after }: Evidence): ReadonlySet<string> {
  const productOf = new Map([
    ...after.lines.items.map(({ ref, product }) => [ref.key, product.providerId] as const),
    ...(before?.lines ?? []).map(({ key, productId }) => [key, productId] as const),
  ]);
  const products = expects.map((each) => {
    if ('productId' in each) return each.productId;
    return 'lineItemKey' in each ? productOf.get(each.lineItemKey ?? earlier.lineItemKey ?? '') : undefined;
  });
  return new Set(products.includes(undefined) ? [] : products.flatMap((product) => product ?? []));
}

/** Whether the order takes no more items: then it shows for good what it shows once reads have caught up. */
function isClosedFor({ after: { order }, ageMs, settlingMs }: Evidence): boolean {
  return order.state === 'found' && ageMs >= settlingMs && isClosedAtProvider(order.value);
}

/**
 * Whether the provider takes no more items onto an order. A window that this layer closes, by a safety margin or before a
 * day on which orders are placed, keeps new writes from being sent, and not one that is underway from being worked off.
 */
export function isClosedAtProvider({ kind, status, window: { state, closesAt, asOf } }: Order): boolean {
  if (status === 'CANCELLED' || status === 'SKIPPED') return true;
  if (kind === 'UPCOMING') return status === 'PLACED' || (state === 'CLOSED' && status !== 'SCHEDULED');
  return state === 'CLOSED' && (closesAt?.at ?? asOf) <= asOf;
}

/**
 * Whether the lines are hidden. A recognised shopper may change an order whose lines only a login shows: the provider's
 * answer is all there is.
 */
function isHidden({ before, after }: Evidence): boolean {
  return before?.lines === null && after.order.state === 'found' && after.lines.problem?.kind === 'FORBIDDEN';
}

function isUnseen({ isPartial }: Movement) {
  return ({ answer, finding }: WeighedStep) => answer.said === 'confirmed' && !isPartial && finding.state === 'absent';
}

type Outcome = Pick<Verdict, 'status' | 'effect' | 'errors' | 'mayChange'>;

function outcomeOf(
  weighed: readonly WeighedStep[],
  movement: Movement,
  evidence: Evidence,
  order: Order | null,
): Outcome {
  const done = weighed.filter(({ conclusion }) => conclusion === 'DONE');
  // Nothing is left to be done: what was asked for is in force.
  if (weighed.length === 0) return { status: 'SUCCEEDED', effect: 'CHANGED', errors: [], mayChange: false };
  if (weighed.some(({ conclusion }) => conclusion === 'OPEN') || isPaymentPending(evidence, movement, order, done)) {
    const isPartSeen = done.some(({ finding }) => finding.state === 'in_force' && !finding.isFailing);
    const effect = isPartSeen && done.length < weighed.length ? 'PARTLY_CHANGED' : 'UNKNOWN';
    return { status: 'INDETERMINATE', effect, errors: [], mayChange: true };
  }
  if (weighed.some(({ conclusion }) => conclusion === 'UNTOLD')) {
    return { status: 'PARTIAL', effect: 'UNKNOWN', errors: [], mayChange: false };
  }
  const failed = weighed.find(({ conclusion }) => conclusion === 'NOT_DONE');
  const unsent = weighed.find(({ conclusion }) => conclusion === 'UNSENT');
  if (done.length === 0) return nothingDone(failed ?? null, movement, evidence);
  if (done.some(isUnseen(movement))) {
    const unseen = withEffect(providerFailed(notShown, 'CHECK_OPERATION'), 'UNKNOWN');
    return { status: 'PARTIAL', effect: 'UNKNOWN', errors: [unseen], mayChange: false };
  }
  const declined = done.map(({ answer }) => answer).find((answer) => answer.said === 'refused');
  if (declined?.refusal.code === 'PAYMENT') {
    return partial([withEffect({ ...declined.refusal, retry: 'CHECK_OPERATION' }, 'PARTLY_CHANGED')]);
  }
  const isUnpaid = order?.kind === 'POST_PURCHASE' && isMoneyMissing(evidence, movement, order, done);
  if (isUnpaid || (isPaymentFailed(evidence.before, order) && done.some(isPaidFor(evidence.before)))) {
    return partial([withEffect(paymentFailed, 'PARTLY_CHANGED')]);
  }
  if (isCancelled(evidence.before, order) && done.some(isPaidFor(evidence.before))) {
    return partial([withEffect(providerFailed(cancelled, 'CHECK_OPERATION'), 'PARTLY_CHANGED')]);
  }
  if (done.some(({ finding }) => finding.isFailing)) {
    return partial([withEffect(providerFailed(notInForce, 'CHECK_OPERATION'), 'PARTLY_CHANGED')]);
  }
  if (failed || unsent) {
    const refusal = failed ? refusalOf(failed) : restUnsent;
    const retry = order && isOverFor(order, weighed) ? 'NEVER' : 'NEW_REQUEST';
    return partial([withEffect({ ...refusal, retry }, 'PARTLY_CHANGED')]);
  }
  if (done.some(({ finding }) => finding.state === 'partly')) {
    return partial([withEffect(providerFailed(partlyThere, 'CHECK_OPERATION'), 'PARTLY_CHANGED')]);
  }
  return { status: 'SUCCEEDED', effect: 'CHANGED', errors: [], mayChange: false };
}

/** Whether what is left to do is about the lines of an order that takes no more changes. */
function isOverFor(order: Order, weighed: readonly WeighedStep[]): boolean {
  const rest = weighed.filter(({ conclusion }) => conclusion !== 'DONE').flatMap(({ planned }) => planned.expects);
  const isOfLine = ({ kind }: Expected) => kind === 'line_added' || kind === 'line_changed' || kind === 'line_gone';
  return isClosedAtProvider(order) && rest.every(isOfLine);
}

function partial(errors: readonly Refusal[]): Outcome {
  return { status: 'PARTIAL', effect: 'PARTLY_CHANGED', errors, mayChange: false };
}

function nothingDone(failed: WeighedStep | null, movement: Movement, evidence: Evidence): Outcome {
  const effect = effectOfNothing(failed, movement);
  const refusal = failed ? refusalOf(failed) : restUnsent;
  const isRefused = failed?.answer.said === 'refused' && refusal.retry !== 'SAME_KEY';
  // Whatever else moved, or could not be read: that this was not done is certain, and another look shows nothing new.
  const isCertain = (failed?.finding.state === 'absent' && !movement.isPartial) || isRuledOut(failed);
  return {
    status: isRefused ? 'REJECTED' : 'FAILED',
    effect,
    errors: [isCertain ? { ...refusal, effect } : withEffect(refusal, effect)],
    // A refusal is final; that nothing moved may show in a later look that reads everything.
    mayChange: effect === 'UNKNOWN' && movement.isPartial && evidence.ageMs < evidence.settlingMs,
  };
}

/** Whether the provider documents that what it answered means that nothing was done. */
function isRuledOut(failed: WeighedStep | null): boolean {
  return failed?.answer.said === 'not_applied' || (failed?.answer.said === 'refused' && failed.answer.isDocumented);
}

/** Returns UNCHANGED only if everything was read and is equal, the state of the order included. */
function effectOfNothing(failed: WeighedStep | null, movement: Movement): KnownEffect {
  if (failed === null) return 'NOT_SENT';
  if (failed.answer.said === 'not_applied' && failed.answer.problem.notSent !== undefined) return 'NOT_SENT';
  return isStill(movement) ? 'UNCHANGED' : 'UNKNOWN';
}

function refusalOf({ answer }: WeighedStep): Refusal {
  switch (answer.said) {
    case 'refused':
      return answer.refusal;
    case 'not_applied':
      return providerFailed(answer.problem, adviceAfter(answer.problem));
    case 'nothing':
      // Whatever silenced it is over: the order was read. What was lost is not to be sent under the same key again.
      return providerFailed(answer.problem ?? noTrace, 'NEW_REQUEST');
    case 'confirmed':
    case 'unsent':
      return restUnsent;
  }
}

const noTrace = problem('TIMEOUT', 'The provider shows no trace of the request.');
const notShown = problem('CONFLICT', 'The provider confirmed the change, and its order does not show it.');
const notInForce = problem('CONFLICT', 'The provider made the subscription, and it is not in force.');
const cancelled = problem('CONFLICT', 'The provider cancelled the order after the change.');
const partlyThere = problem('CONFLICT', 'The provider shows one part of the change and not the other.');
const restUnsent: Refusal = providerFailed(
  problem('UNAVAILABLE', 'The request was interrupted before this was sent.'),
  'SAME_KEY',
);

const paymentFailed: RefusalOf<'PAYMENT'> = {
  code: 'PAYMENT',
  message: 'The item is on the order, and its payment failed.',
  path: null,
  retry: 'CHECK_OPERATION',
  reason: 'UNKNOWN',
};

function isPaymentFailed(before: OrderBefore | null, order: Order | null): boolean {
  return order?.status === 'PAYMENT_FAILED' && before?.status !== 'PAYMENT_FAILED';
}

function isCancelled(before: OrderBefore | null, order: Order | null): boolean {
  return order?.status === 'CANCELLED' && before?.status !== 'CANCELLED';
}

/** Whether a step put something on the order, or made the order, so that it is worth nothing without it. */
function isPaidFor(before: OrderBefore | null) {
  return ({ planned }: WeighedStep) =>
    before?.isThere === false || planned.expects.some(({ kind }) => kind !== 'line_gone' && kind !== 'fact');
}

/**
 * Whether an order that was paid is being paid again for what was added to it. The provider says so, or shows the item
 * and none of its money yet. It may take the item off again when the payment is refused.
 */
function isPaymentPending(
  evidence: Evidence,
  movement: Movement,
  order: Order | null,
  done: readonly WeighedStep[],
): boolean {
  const { before, settlingMs, ageMs } = evidence;
  if (order === null || before?.isThere !== true || done.length === 0) return false;
  const isUnpaid = isMoneyMissing(evidence, movement, order, done);
  // An order that is paid later may have been read a moment before its lines.
  if (order.kind === 'UPCOMING') return isUnpaid && ageMs < settlingMs;
  if (ageMs >= Math.max(settlingMs, ABSENCE_IS_FINAL_MS)) return false;
  return isUnpaid || (order.status === 'PROCESSING' && before.status !== 'PROCESSING');
}

/** Whether lines that cost something are on the order, and its total has not moved. */
function isMoneyMissing(
  { before, after }: Evidence,
  { added, gone, changed }: Movement,
  { kind, totals }: Order,
  done: readonly WeighedStep[],
): boolean {
  const was = before?.totals ?? null;
  if (was === null || totals === null) return false;
  // What was taken off, or became less, may cost as much as what came.
  if (gone.length > 0 || changed.some(({ before: { quantity }, after: line }) => line.quantity < quantity))
    return false;
  const keys = new Set(
    done.flatMap(({ planned, keys: { lineItemKey } }) =>
      planned.expects.some(({ kind }) => kind === 'line_added') ? (lineItemKey ?? []) : [],
    ),
  );
  const cost = after.lines.items.some(({ ref, total }) => keys.has(ref.key) && total !== null && total.minor > 0n);
  if (!cost || was.total === null || totals.total === null) return false;
  // A total that was read a moment before the lines has at most what others brought.
  const brought = [
    ...added.filter(({ ref }) => !keys.has(ref.key)).map(({ total }) => total?.minor ?? 0n),
    ...changed
      .filter((line) => !keys.has(line.before.key))
      .map((line) => (line.after.total?.minor ?? 0n) - (line.before.total?.minor ?? 0n)),
  ].reduce((sum, cost) => sum + cost, 0n);
  const isBehind = kind === 'UPCOMING' && totals.total.minor - was.total.minor <= brought;
  // What else could make up for it has not moved either.
  const others = ['discount', 'shipping', 'fees'] as const;
  return (
    (isBehind || isSameAmount(was.total, totals.total)) && others.every((part) => isSameAmount(was[part], totals[part]))
  );
}

function differencesOfStatus(before: OrderBefore | null, order: Order | null): readonly AppliedDifference[] {
  if (isPaymentFailed(before, order)) return [critical('payment', 'PAID', 'PAYMENT_FAILED')];
  return isCancelled(before, order) ? [critical('status', before?.status ?? null, 'CANCELLED')] : [];
}

/** Compares units over all steps and lines: some providers add one unit a step, some put two units on two lines. */
function quantityDifference(
  { before, after }: Evidence,
  done: readonly WeighedStep[],
  twins: ReadonlySet<string>,
): readonly AppliedDifference[] {
  const wanted = done.flatMap(({ planned, finding }) =>
    finding.state === 'in_force'
      ? planned.expects.flatMap((each) => ('quantity' in each && each.kind !== 'subscription_made' ? [each] : []))
      : [],
  );
  if (wanted.length === 0) return [];
  const keys = new Set([...twins, ...done.flatMap(({ keys: { lineItemKey } }) => lineItemKey ?? [])]);
  const isFinal = wanted.some(({ kind }) => kind === 'line_changed');
  const was = new Map(
    [...(before?.lines ?? []), ...(before?.elsewhere ?? [])].map(({ key, quantity }) => [key, quantity]),
  );
  const lines = [...after.lines.items, ...(after.elsewhere?.items ?? [])].filter(({ ref }) => keys.has(ref.key));
  if (lines.length === 0) return [];
  const requested = wanted.reduce((sum, { quantity }) => sum + quantity, 0);
  const applied = lines.reduce((sum, { ref, quantity }) => sum + quantity - (isFinal ? 0 : (was.get(ref.key) ?? 0)), 0);
  return requested === applied ? [] : [critical('quantity', String(requested), String(applied))];
}

/** Records that a step which is done accounts for. */
function keysIn({ expects }: PlannedStep, { lineItemKey, removedLineItemKey, subscriptionKey }: StepResult) {
  const asked = expects.flatMap((each) => ('lineItemKey' in each ? (each.lineItemKey ?? []) : []));
  return [...asked, ...[lineItemKey, removedLineItemKey, subscriptionKey].flatMap((key) => key ?? [])];
}

/** Returns the lines like those a step was to add, which may have been worked off more than once. */
function twinsOf({ expects }: PlannedStep, { added }: Movement): readonly string[] {
  return added.flatMap((line) => {
    const isTwin = expects.some(
      (each) =>
        each.kind === 'line_added' &&
        each.productId === line.product.providerId &&
        // One of which it is not known whether it recurs may be like it.
        each.recurring === (isRecurring(line) ?? each.recurring),
    );
    return isTwin ? line.ref.key : [];
  });
}

/** Whether a step was to add this product. */
function isAdding({ expects }: PlannedStep, productId: string): boolean {
  return expects.some((each) => each.kind === 'line_added' && each.productId === productId);
}

/** Whether a step was to change this record. */
function isAbout({ expects }: PlannedStep, key: string): boolean {
  return expects.some((each) => 'lineItemKey' in each && each.lineItemKey === key);
}

function isSound(weighed: readonly WeighedStep[], before: OrderBefore | null, order: Order | null): boolean {
  const sent = weighed.filter(({ conclusion }) => conclusion !== 'UNSENT');
  const isSeen = sent.every(({ finding, conclusion }) => conclusion === 'DONE' && finding.state === 'in_force');
  return (
    isSeen &&
    sent.every(({ finding }) => !finding.isFailing) &&
    !isPaymentFailed(before, order) &&
    !isCancelled(before, order)
  );
}
