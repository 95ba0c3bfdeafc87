import { ABSENCE_IS_FINAL_MS, type Evidence, type Verdict } from '../../../src/operations/outcome/judge.js';
import { isAnyInForce, isClosedForGood, SETTLING_MS, type World } from './worlds.js';

export type Judge = (evidence: Evidence) => Verdict;

/** Returns how a verdict breaks a law of the design; null when it does not. */
export type Law = (world: World, verdict: Verdict, judgeAgain: (change: Partial<World>) => Verdict) => string | null;

const isSilent = ({ said }: World) => said.includes('silence');
const isWhole = ({ gaps }: World) => gaps.length === 0;
const isQuiet = ({ noise }: World) => noise.length === 0;
const advises = ({ errors }: Verdict, advice: string) => errors.some(({ retry }) => retry === advice);

export const laws: Readonly<Record<string, Law>> = {
  '1 UNCHANGED is proven': (world, { effect }) => {
    if (effect !== 'UNCHANGED') return null;
    // Of what stays on its order the others are no part.
    const isStill = world.noise.every((noise) => noise === 'theirs elsewhere' && world.plan.readsOthersLate === true);
    const isEqual = isWhole(world) && isStill && !isAnyInForce(world) && !world.isClosed;
    return isEqual ? null : 'UNCHANGED of an order that changed, or was not read whole';
  },

  '2 confirmed and read is settled, and what deviates is told': (world, verdict) => {
    const isConfirmed = world.said.every((said) => said === 'confirmed');
    if (!isConfirmed || !isWhole(world) || world.ageMs < ABSENCE_IS_FINAL_MS) return null;
    if (verdict.status === 'INDETERMINATE') return 'INDETERMINATE of what was confirmed and read';
    const tells = (...fields: readonly string[]) =>
      verdict.differences.some(({ field, critical }) => critical && fields.includes(field));
    const isNoise = world.noise.some((noise) => noise.startsWith('other line'));
    if (isNoise && isAnyInForce(world) && !tells('other_lines')) return 'another line changed, and nobody says so';
    const isCapped = world.fates.some((fate, index) => fate === 'capped' && asksQuantity(world, index) > 1);
    if (isCapped && !tells('quantity', 'order')) return 'less than asked, and nobody says so';
    const isMoved = world.plan.moves && world.fates.some((fate, index) => fate === 'moved' && adds(world, index));
    return isMoved && !tells('order') ? 'on another order, and nobody says so' : null;
  },

  '3 a gap is never absence': (world, verdict) => {
    if (isWhole(world)) return null;
    if (verdict.effect === 'UNCHANGED') return 'UNCHANGED over a gap';
    const hidesEffect = isSilent(world) && isAnyInForce(world) && verdict.effect === 'NOT_SENT';
    return hidesEffect ? 'NOT_SENT of what left' : null;
  },

  '4 a charge is not settled by a line': (world, verdict) => {
    const isForNothing = world.noise.includes('payment failed') || world.noise.includes('order cancelled');
    if (verdict.status === 'SUCCEEDED' && isForNothing && isPaidFor(world))
      return 'SUCCEEDED, and the payment failed or the order was cancelled';
    const isFailing = world.fates.some((fate, index) => fate === 'failing' && makes(world, index));
    if (isFailing && verdict.status === 'SUCCEEDED') return 'SUCCEEDED, and the subscription is not in force';
    return isFailing && isWhole(world) && verdict.isSound ? 'what is not in force justifies a take-away' : null;
  },

  '5 INDETERMINATE ends': (world, verdict) => {
    const isEnd = world.ageMs >= ABSENCE_IS_FINAL_MS && isWhole(world);
    // What another operation did is known once that one has ended.
    const isDisputed = world.noise.includes('theirs elsewhere');
    const mayStay = isDisputed || world.isWithinMargin || (!isQuiet(world) && !isClosedForGood(world));
    const isOfOrder = world.plan.steps.every(({ expects }) => expects.every(({ kind }) => kind === 'line_added'));
    if (!isEnd || mayStay || (world.isClosed && !(isOfOrder && isClosedForGood(world)))) return null;
    return verdict.status === 'INDETERMINATE' ? 'INDETERMINATE for good' : null;
  },

  '6 a new request is never advised over what may be in force': (world, verdict, judgeAgain) => {
    const mayBeInForce =
      isAnyInForce(world) || (isSilent(world) && !isClosedForGood(world) && world.ageMs < ABSENCE_IS_FINAL_MS);
    const isAdvised = advises(verdict, 'NEW_REQUEST') && verdict.status !== 'PARTIAL';
    const isDocumented = world.said.includes('refused') && !(isWhole(world) && isQuiet(world));
    if (mayBeInForce && isAdvised && !isDocumented) return 'a new request is advised, and the first may be in force';
    if (verdict.mayChange) return null;
    const laterMs = world.ageMs * 2 + 1;
    const later = judgeAgain({ ageMs: laterMs, closedForMs: world.isClosed ? laterMs : null });
    return later.status === verdict.status && later.effect === verdict.effect
      ? null
      : 'two replies contradict each other';
  },

  '7 absence is provisional': (world, verdict, judgeAgain) => {
    const isOpen = !isClosedForGood(world) && world.ageMs < ABSENCE_IS_FINAL_MS;
    if (!isSilent(world) || !isOpen || isAnyInForce(world)) return null;
    if (verdict.status !== 'INDETERMINATE') return `${verdict.status} of what may come yet`;
    const late = judgeAgain({ fates: world.fates.map(() => 'done'), gaps: [], noise: [], ageMs: SETTLING_MS });
    const isOnlyStep = world.plan.steps.length === 1;
    return isOnlyStep && late.status !== 'SUCCEEDED' ? `what came late is ${late.status}` : null;
  },

  '9 what another write may have done is not called moved': ({ noise, fates }, { moved, differences }) => {
    if (!noise.includes('theirs elsewhere') || fates.includes('moved')) return null;
    const isCalledMoved = moved !== null || differences.some(({ field }) => field === 'order');
    return isCalledMoved ? 'what another write did elsewhere is taken for moved' : null;
  },

  '10 a refusal that no rule explains is believed once reads have caught up': (world, { status }) => {
    const isYoung = world.said.includes('refused undocumented') && world.ageMs === 0 && !isAnyInForce(world);
    return isYoung && status !== 'INDETERMINATE' ? `${status} at the first look` : null;
  },

  '11 what certainly was not done is not to be looked for again': (world, verdict) => {
    const isOver = (verdict.status === 'FAILED' || verdict.status === 'REJECTED') && !verdict.mayChange;
    const isRuledOut = ['refused', 'not applied', 'not sent'].includes(world.said[0] ?? '');
    // What another write may have done is told apart once that one has ended.
    const isSeen = isWhole(world) && !world.noise.includes('theirs elsewhere');
    if (!isOver || !(isSeen || isRuledOut) || isAnyInForce(world)) return null;
    return advises(verdict, 'CHECK_OPERATION') ? 'a look is advised that can show nothing' : null;
  },

  '12 what is seen in force is not denied, whatever was said': (world, { status, effect }) => {
    if (!isWhole(world) || !isQuiet(world) || !isAnyInForce(world)) return null;
    const isDenied = status === 'FAILED' || status === 'REJECTED' || effect === 'UNCHANGED' || effect === 'NOT_SENT';
    return isDenied ? `${status}, ${effect} of what is in force` : null;
  },

  '13 the rest is not to be asked for where it cannot be done any more': (world, verdict) => {
    const isOver =
      world.isClosed &&
      !world.gaps.includes('order') &&
      verdict.status === 'PARTIAL' &&
      verdict.errors.some(({ code }) => code === 'PROVIDER');
    const rest = verdict.steps.flatMap(({ conclusion }, index) =>
      conclusion === 'DONE' ? [] : (world.plan.steps[index]?.expects ?? []),
    );
    const isOfLines = rest.length > 0 && rest.every(({ kind }) => kind.startsWith('line_') && kind !== 'line_recurs');
    return isOver && isOfLines && advises(verdict, 'NEW_REQUEST') ? 'a request is advised that can do nothing' : null;
  },

  '14 what is elsewhere is not called moved while the order it was confirmed on cannot be read': (world, verdict) => {
    const { noise, gaps, said } = world;
    if (!noise.includes('again elsewhere') || !gaps.includes('lines') || said[0] !== 'confirmed') return null;
    return verdict.moved === null ? null : 'moved, and it is on its own order as well';
  },

  '15 a success names what deviates, however it was learnt of': (world, { status, differences }) => {
    const isLess = world.fates.some((fate, index) => fate === 'capped' && asksQuantity(world, index) > 1);
    if (status !== 'SUCCEEDED' || !isLess || !isWhole(world) || !isQuiet(world)) return null;
    const isTold = differences.some(({ field, critical }) => critical && (field === 'quantity' || field === 'order'));
    return isTold ? null : 'SUCCEEDED with less than asked, and nobody says so';
  },

  '16 what is seen in force whole is not called a part, whatever the ledger knows of it': (world, { status }) => {
    if (!isWhole(world) || !isQuiet(world) || world.isClosed || world.isWithinMargin) return null;
    return isAllDone(world) && status === 'PARTIAL' ? 'PARTIAL of what is in force whole' : null;
  },
};

/** Whether all steps were carried out as asked, in which reads alone can tell. */
function isAllDone({ fates, said }: World): boolean {
  return fates.every((fate) => fate === 'done') && said[0] === 'silence';
}

/** Whether a plan puts something on an order, which is worth nothing without it. */
function isPaidFor({ plan }: World): boolean {
  return plan.steps.some(({ expects }) => expects.some(({ kind }) => kind !== 'line_gone' && kind !== 'fact'));
}

function asksQuantity({ plan }: World, index: number): number {
  return Math.max(
    0,
    ...(plan.steps[index]?.expects ?? []).map((each) => ('quantity' in each ? (each.quantity ?? 0) : 0)),
  );
}

function adds({ plan }: World, index: number): boolean {
  return (plan.steps[index]?.expects ?? []).some(({ kind }) => kind === 'line_added' || kind === 'line_changed');
}

function makes({ plan }: World, index: number): boolean {
  return (plan.steps[index]?.expects ?? []).some(({ kind }) => kind === 'subscription_made');
}
