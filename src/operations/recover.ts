import { problem } from '../domain/problem.js';
import { providerFailed } from '../domain/refusal.js';
import { inspect } from './find-lost-answer.js';
import type { WriteRun } from './run-write.js';
import { notDone } from './send-step.js';
import { settlePartly, settleUnknown } from './settle.js';
import { settleDone } from './settle-moved.js';
import { beginStep } from './step-record.js';

const interrupted = problem('UNAVAILABLE', 'The request was interrupted before this was sent.');

/**
 * Goes on with an operation whose process died or whose outcome is unknown. It reads: whatever was not sent is not sent
 * now, long after the shopper asked. Only an item on an order nobody asked for is taken back, where that is repeat-safe.
 */
export async function recover(run: WriteRun): Promise<void> {
  const { operation } = run.journal;
  if (!operation.progress) {
    await run.journal.refuse('FAILED', providerFailed(interrupted, 'SAME_KEY'));
    return;
  }
  if (operation.inFlightStep && !(await settleStepInFlight(run))) return;
  await settleFinishedSteps(run);
}

/** Looks what became of the step that was about to be sent. True when it was done. */
async function settleStepInFlight(run: WriteRun): Promise<boolean> {
  const { journal } = run;
  const { inFlightStep, progress, request } = journal.operation;
  if (!inFlightStep || !progress) return true;
  const finish = beginStep(inFlightStep.name, run.clock);
  const finding = await inspect(run.writer(), inFlightStep.name, request, progress);
  if (finding.state === 'applied') {
    await journal.stepDone(finish('DONE', 1), progress, finding.facts);
    return true;
  }
  const isFinal = run.clock().getTime() - inFlightStep.sentAt.getTime() >= run.settlingMs;
  if (finding.state === 'no_trace' && isFinal) {
    const lost = problem('TIMEOUT', 'The provider shows no trace of the request.');
    const isFirst = Object.keys(progress.done).length === 0;
    const refusal = notDone(lost, isFirst, 'NEW_REQUEST');
    if (isFirst) await journal.refuse('FAILED', refusal, finish('FAILED', 1, lost));
    else await settlePartly(run, refusal, finish('FAILED', 1, lost));
    return false;
  }
  await settleUnknown(journal, finish('UNKNOWN', 1, finding.state === 'unclear' ? finding.problem : null));
  return false;
}

async function settleFinishedSteps(run: WriteRun): Promise<void> {
  const { progress, plannedSteps } = run.journal.operation;
  const unsent = plannedSteps.find((step) => progress?.done[step] === undefined);
  if (unsent === undefined) return settleDone(run);
  const step = beginStep(unsent, run.clock)('FAILED', 0, interrupted);
  return settlePartly(run, notDone(interrupted, false, 'NEW_REQUEST'), step);
}
