import type { Operation, OperationStep } from '../domain/operation.js';
import { problemOf } from '../domain/problem.js';
import type { EntityRef } from '../domain/reference.js';
import type { RefusalOf } from '../domain/refusal.js';
import type { LineItem } from '../domain/line-item.js';
import type { OrderView, SendResult, WriteRequest } from '../domain/write.js';
import { outcomeUnknown } from './claim.js';
import { type Judged, lookOnce, settleVerdict } from './judge-run.js';
import { withEffect } from './outcome/advice.js';
import { ABSENCE_IS_FINAL_MS } from './outcome/judge.js';
import { isStill, movementBetween } from './outcome/movement.js';
import type { Settlement } from './journal.js';
import { startStep } from './step-timer.js';
import type { WriteRun } from './write-run.js';

/** Whether an item went to another order, and the shopper did not accept one. */
export function isUnwanted(request: WriteRequest, { verdict }: Judged): boolean {
  const isAccepted = request.kind === 'ADD_UPSELL_ITEM' && request.ifTargetMoved === 'ACCEPT';
  return verdict.moved !== null && !isAccepted;
}

/** Takes an item back off the order onto which the provider moved it, where it documents that as repeat-safe. */
export async function takeBack(
  run: WriteRun,
  request: WriteRequest,
  judged: Judged,
  taken: readonly string[] = [],
): Promise<OrderView> {
  const { journal } = run;
  const { moved } = judged.verdict;
  if (!moved) throw new TypeError('nothing moved that could be taken back');
  const finish = startStep('take_back', run);
  const sent = await send(run, request, moved);
  if (sent === null) {
    journal.noteStep(finish('FAILED', 0));
    await journal.settle(settlementOf(journal.operation, judged, moved, 'PARTLY_CHANGED', false));
    return judged.view;
  }
  const { after, hasShown } = await lookUntilGone(run, moved, sent);
  // What is refused and not there may be there once reads have caught up.
  const seen = seenGone(after.view, moved);
  const gone = sent.outcome === 'refused' && seen === true && !hasShown ? null : seen;
  const another = after.verdict.moved;
  // A request that was worked off twice left two.
  if (gone && another && !taken.includes(another.ref.key)) {
    return takeBack(run, request, after, [...taken, moved.ref.key]);
  }
  // One without an answer may be worked off yet, and is asked for again by recovery.
  const isOpen = gone === false && sent.outcome !== 'confirmed' && sent.outcome !== 'refused';
  if (gone === null || isOpen) {
    journal.noteStep(finish('UNKNOWN', sent.attempts, after.verdict.gap));
    await settleVerdict(run, { ...judged, verdict: { ...judged.verdict, status: 'INDETERMINATE', effect: 'UNKNOWN' } });
    return after.view;
  }
  const { progress, plannedSteps } = journal.operation;
  const isAsBefore = isStill(movementBetween(progress?.before ?? null, after.view));
  // An item that was to be put back is off its own order and off the other: its step is still to be done.
  const putBack = gone ? plannedSteps.find(({ expects }) => expects.some(({ kind }) => kind === 'line_changed')) : null;
  if (putBack && progress) {
    const done = Object.fromEntries(Object.entries(progress.done).filter(([name]) => name !== putBack.name));
    journal.note({ progress: { ...progress, done } });
  }
  journal.noteStep(finish(gone ? 'COMPENSATED' : 'FAILED', sent.attempts));
  const repeated = gone && !putBack ? repeatedStep(run) : null;
  if (repeated) {
    await watchForEarlier(run, repeated);
    return after.view;
  }
  const effect = gone && !putBack ? (isAsBefore ? 'RESTORED' : 'UNKNOWN') : 'PARTLY_CHANGED';
  await journal.settle(settlementOf(journal.operation, judged, moved, effect, gone));
  return after.view;
}

/**
 * Returns the step that was sent more than once and has put the item where it was taken back: its earlier requests may be
 * worked off yet. Null when there is none.
 */
function repeatedStep({ journal: { operation }, now }: WriteRun): OperationStep | null {
  const adding = operation.plannedSteps.filter(({ expects }) => expects.some(({ kind }) => kind === 'line_added'));
  const isYoung = ({ startedAt }: OperationStep) => now().getTime() - startedAt.getTime() < ABSENCE_IS_FINAL_MS;
  return (
    operation.steps.find(
      (step) => adding.some(({ name }) => name === step.name) && step.attempts > 1 && isYoung(step),
    ) ?? null
  );
}

/** Rests as if the answer had been lost: what an earlier request may do yet is found, or is not there, in time. */
async function watchForEarlier({ journal }: WriteRun, { name, startedAt }: OperationStep): Promise<void> {
  const { id, progress } = journal.operation;
  const done = Object.fromEntries(Object.entries(progress?.done ?? {}).filter(([step]) => step !== name));
  journal.note({
    progress: progress && { ...progress, done },
    inFlightStep: { name, sentAt: startedAt, refusal: null, isRuledOut: false, seenClosedAt: null },
  });
  await journal.settle({
    status: 'INDETERMINATE',
    effect: 'UNKNOWN',
    errors: [{ ...outcomeUnknown(id), effect: 'UNKNOWN' }],
  });
}

interface LookedAfter {
  readonly after: Judged;
  /** The provider has had its time to show what there is. */
  readonly hasShown: boolean;
}

/**
 * Looks for what the answer says until the provider has had its time to settle: a read may lag behind. What is there
 * against a refusal is not expected to go.
 */
async function lookUntilGone(run: WriteRun, moved: LineItem, { outcome }: SendResult): Promise<LookedAfter> {
  const startedMs = run.budget.elapsedMs();
  for (;;) {
    const after = await lookOnce(run, { said: 'nothing', problem: null }, 0);
    const hasShown = run.budget.elapsedMs() - startedMs >= run.settlingMs;
    const isGone = seenGone(after.view, moved) === true;
    const mayChange = (outcome === 'confirmed' && !isGone) || (outcome === 'refused' && isGone);
    if (!mayChange || hasShown || !(await run.budget.pause(LOOK_AGAIN_MS))) return { after, hasShown };
  }
}

const LOOK_AGAIN_MS = 1_000;

/** Sends a take-back; null when the provider has no such call. */
async function send(run: WriteRun, request: WriteRequest, moved: LineItem): Promise<SendResult | null> {
  const { progress } = run.journal.operation;
  const writer = run.writer();
  if (!progress || !writer.takeBack) return null;
  try {
    return await writer.takeBack(request, progress, moved);
  } catch (error) {
    run.report('a take-back ended without a classified answer', error);
    return { outcome: 'unknown', attempts: 1, problem: problemOf(error) };
  }
}

/** Whether an item is seen to be gone; null when it cannot be told. */
function seenGone({ lines, elsewhere }: OrderView, { ref }: LineItem): boolean | null {
  const isThere = [...lines.items, ...(elsewhere?.items ?? [])].some((line) => line.ref.key === ref.key);
  if (isThere) return false;
  return lines.problem === null && elsewhere !== null && elsewhere.problem === null ? true : null;
}

function settlementOf(
  { account, orderRef }: Operation,
  { verdict }: Judged,
  { orderRef: actual, ref }: LineItem,
  effect: 'RESTORED' | 'PARTLY_CHANGED' | 'UNKNOWN',
  isBack: boolean,
): Settlement {
  return {
    status: effect === 'PARTLY_CHANGED' ? 'PARTIAL' : 'FAILED',
    effect,
    errors: [withEffect(targetMoved({ type: 'Order', account, key: actual.key }, isBack), effect)],
    differences: isBack ? [] : verdict.differences,
    orderRef: isBack ? orderRef : { type: 'Order', account, key: actual.key },
    lineItemRef: isBack ? null : ref,
  };
}

function targetMoved(actualOrderRef: EntityRef<'Order'>, isBack: boolean): RefusalOf<'TARGET_MOVED'> {
  const message = isBack
    ? 'The shop could only use another order, so the item was taken back off.'
    : 'The shop put the item on another order than the one asked for.';
  return {
    code: 'TARGET_MOVED',
    message,
    path: ['orderId'],
    retry: isBack ? 'NEW_REQUEST' : 'CHECK_OPERATION',
    actualOrderRef,
  };
}
