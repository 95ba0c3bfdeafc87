import type { Operation } from '../domain/operation.js';
import { problem } from '../domain/problem.js';
import { providerFailed } from '../domain/refusal.js';
import { type Judged, lookOnce, settleVerdict, startLook } from './judge-run.js';
import type { StepAnswer } from './outcome/judge.js';
import { isUnwanted, takeBack } from './take-back.js';
import type { WriteRun } from './write-run.js';

const interrupted = problem('UNAVAILABLE', 'The request was interrupted before this was sent.');

/**
 * Goes on with an operation whose process died or whose outcome is unknown. It reads: whatever was not sent is not sent
 * now, long after the shopper asked. Only an item on an order nobody asked for is taken back, where that is repeat-safe.
 * Answers what was seen; null when there was nothing to look for.
 */
export async function recover(run: WriteRun): Promise<Judged | null> {
  const { journal } = run;
  const { operation } = journal;
  if (!operation.progress) {
    await journal.refuse(providerFailed(interrupted, 'SAME_KEY'));
    return null;
  }
  const finish = startLook(run);
  const judged = await lookOnce(run, answerOnRecord(operation), ageOf(run));
  journal.noteStep(finish(judged));
  if (isGivenUp(run)) {
    await journal.settle({ status: 'INDETERMINATE', effect: operation.effect });
    return judged;
  }
  if (isUnwanted(operation.request, judged)) await takeBack(run, operation.request, judged);
  else await settleVerdict(run, judged);
  return judged;
}

/** Whether an operation stands in nobody's way by now: what is seen may be what another write has just done. */
function isGivenUp({ journal: { operation }, now, giveUpMs }: WriteRun): boolean {
  return now().getTime() - operation.createdAt.getTime() >= giveUpMs;
}

function answerOnRecord({ inFlightStep }: Operation): StepAnswer {
  const refusal = inFlightStep?.refusal ?? null;
  return refusal
    ? { said: 'refused', refusal, isDocumented: inFlightStep?.isRuledOut ?? false }
    : { said: 'nothing', problem: null };
}

/** Returns the time since the last request may have left. */
function ageOf({ journal: { operation }, now }: WriteRun): number {
  const { inFlightStep, steps, createdAt } = operation;
  const lastEnd = Math.max(...steps.map(({ startedAt, durationMs }) => startedAt.getTime() + (durationMs ?? 0)));
  const leftAt = inFlightStep?.sentAt.getTime() ?? (Number.isFinite(lastEnd) ? lastEnd : createdAt.getTime());
  return now().getTime() - leftAt;
}
