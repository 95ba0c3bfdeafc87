import { problem, type ProviderProblem } from '../domain/problem.js';
import { providerFailed, type Refusal } from '../domain/refusal.js';
import type { SendResult, StepResult, WriteProgress, WriteRequest } from '../domain/write.js';
import { reconcileStep } from './reconcile-step.js';
import type { WriteRun } from './write-run.js';
import { settlePartial, settleIndeterminate } from './settle.js';
import { startStep } from './step-timer.js';

/** Sends one write. Null when the operation has settled on the way and nothing more may be sent. */
export async function sendStep(
  run: WriteRun,
  step: string,
  request: WriteRequest,
  progress: WriteProgress,
): Promise<WriteProgress | null> {
  const { journal } = run;
  const finish = startStep(step, run);
  await journal.aboutToSend(progress, step);
  const sent = await send(run, step, request, progress);
  const { attempts } = sent;
  const isFirst = Object.keys(progress.done).length === 0;

  const applied = (stepResult: StepResult, lost: ProviderProblem | null) =>
    journal.stepDone(finish('DONE', attempts, lost), progress, stepResult);

  const notApplied = async (refusal: Refusal, found: ProviderProblem | null): Promise<null> => {
    const record = finish('FAILED', attempts, found);
    const isFinal = sent.outcome === 'refused' && refusal.retry !== 'SAME_KEY';
    if (isFirst) await journal.refuse(isFinal ? 'REJECTED' : 'FAILED', refusal, record);
    else await settlePartial(run, refusal, record);
    return null;
  };

  switch (sent.outcome) {
    case 'confirmed':
      return applied(sent.result, null);
    case 'refused':
      return notApplied(sent.refusal, null);
    case 'not_applied':
      return notApplied(notDone(sent.problem, isFirst, 'SAME_KEY'), sent.problem);
    case 'unknown': {
      const inspected = await reconcileStep(run, step, request, progress);
      if (inspected.state === 'applied') return applied(inspected.result, sent.problem);
      if (inspected.state === 'no_trace')
        return notApplied(notDone(sent.problem, isFirst, 'NEW_REQUEST'), sent.problem);
      await settleIndeterminate(journal, finish('UNKNOWN', attempts, inspected.problem ?? sent.problem));
      return null;
    }
  }
}

/** Whatever a writer throws, the request may have left: the outcome is unknown until a read tells. */
async function send(run: WriteRun, step: string, request: WriteRequest, progress: WriteProgress): Promise<SendResult> {
  try {
    return await run.writer().send(step, request, progress);
  } catch (error) {
    run.report('a write ended without a classified answer', error);
    return { outcome: 'unknown', attempts: 1, problem: problem('UNAVAILABLE', 'The write ended without an answer.') };
  }
}

/** A step that did not happen. What an earlier step did stays, so only a new request can go on from there. */
export function notDone(found: ProviderProblem, isFirst: boolean, retry: 'SAME_KEY' | 'NEW_REQUEST'): Refusal {
  if (isFirst) return providerFailed(found, retry);
  const message = 'One part was done and the rest was not. The steps of the operation say which.';
  return { code: 'PROVIDER', message, path: null, retry: 'NEW_REQUEST', problem: found };
}
