import { problem } from '../domain/problem.js';
import { providerFailed } from '../domain/refusal.js';
import { inspectStep } from './reconcile-step.js';
import type { WriteRun } from './write-run.js';
import { notDone } from './send-step.js';
import { settlePartial, settleIndeterminate } from './settle.js';
import { completeWrite } from './complete-write.js';
import { startStep } from './step-timer.js';

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
  const finish = startStep(inFlightStep.name, run);
  const inspected = await inspectStep(run.writer(), inFlightStep.name, request, progress);
  if (inspected.state === 'applied') {
    await journal.stepDone(finish('DONE', 1), progress, inspected.result);
    return true;
  }
  const isFinal = run.clock().getTime() - inFlightStep.sentAt.getTime() >= run.settlingMs;
  if (inspected.state === 'no_trace' && isFinal) {
    const lost = problem('TIMEOUT', 'The provider shows no trace of the request.');
    const isFirst = Object.keys(progress.done).length === 0;
    const refusal = notDone(lost, isFirst, 'NEW_REQUEST');
    if (isFirst) await journal.refuse('FAILED', refusal, finish('FAILED', 1, lost));
    else await settlePartial(run, refusal, finish('FAILED', 1, lost));
    return false;
  }
  await settleIndeterminate(journal, finish('UNKNOWN', 1, inspected.state === 'unclear' ? inspected.problem : null));
  return false;
}

async function settleFinishedSteps(run: WriteRun): Promise<void> {
  const { progress, plannedSteps } = run.journal.operation;
  const unsent = plannedSteps.find((step) => progress?.done[step] === undefined);
  if (unsent === undefined) return completeWrite(run);
  const step = startStep(unsent, run)('FAILED', 0, interrupted);
  return settlePartial(run, notDone(interrupted, false, 'NEW_REQUEST'), step);
}
