import { ABSENCE_IS_FINAL_MS, type Evidence, type Verdict } from '../../../src/operations/outcome/judge.js';
import { isAnyInForce, SETTLING_MS, type World } from './worlds.js';

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
    const isEqual = isWhole(world) && isQuiet(world) && !isAnyInForce(world) && !world.isClosed;
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
    if (verdict.status === 'SUCCEEDED' && world.noise.includes('payment failed'))
      return 'SUCCEEDED, and the payment failed';
    const isFailing = world.fates.some((fate, index) => fate === 'failing' && makes(world, index));
    if (isFailing && verdict.status === 'SUCCEEDED') return 'SUCCEEDED, and the subscription is not in force';
    return isFailing && isWhole(world) && verdict.isSound ? 'what is not in force justifies a take-away' : null;
  },

  '5 INDETERMINATE ends': (world, verdict) => {
    const isEnd = world.ageMs >= ABSENCE_IS_FINAL_MS && isWhole(world);
    // What another operation did is known once that one has ended.
    const isDisputed = world.noise.includes('theirs elsewhere');
    const mayStay = isDisputed || (!isQuiet(world) && !world.isClosed);
    const isOfOrder = world.plan.steps.every(({ expects }) => expects.every(({ kind }) => kind === 'line_added'));
    if (!isEnd || mayStay || (world.isClosed && !isOfOrder)) return null;
    return verdict.status === 'INDETERMINATE' ? 'INDETERMINATE for good' : null;
  },

  '6 a new request is never advised over what may be in force': (world, verdict, judgeAgain) => {
    const mayBeInForce =
      isAnyInForce(world) || (isSilent(world) && !world.isClosed && world.ageMs < ABSENCE_IS_FINAL_MS);
    const isAdvised = advises(verdict, 'NEW_REQUEST') && verdict.status !== 'PARTIAL';
    const isDocumented = world.said.includes('refused');
    if (mayBeInForce && isAdvised && !isDocumented) return 'a new request is advised, and the first may be in force';
    if (verdict.mayChange) return null;
    const later = judgeAgain({ ageMs: world.ageMs * 2 + 1 });
    return later.status === verdict.status && later.effect === verdict.effect
      ? null
      : 'two replies contradict each other';
  },

  '7 absence is provisional': (world, verdict, judgeAgain) => {
    const isOpen = !world.isClosed && world.ageMs < ABSENCE_IS_FINAL_MS;
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
};

function asksQuantity({ plan }: World, index: number): number {
  return Math.max(
    0,
    ...(plan.steps[index]?.expects ?? []).map((each) =>
      each.kind === 'line_added' || each.kind === 'line_changed' ? each.quantity : 0,
    ),
  );
}

function adds({ plan }: World, index: number): boolean {
  return (plan.steps[index]?.expects ?? []).some(({ kind }) => kind === 'line_added' || kind === 'line_changed');
}

function makes({ plan }: World, index: number): boolean {
  return (plan.steps[index]?.expects ?? []).some(({ kind }) => kind === 'subscription_made');
}
