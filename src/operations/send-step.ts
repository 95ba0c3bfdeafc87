import { problem, type ProviderProblem } from '../domain/problem.js';
import { providerFailed, type Refusal } from '../domain/refusal.js';
import type { Answer, StepFacts, WriteProgress, WriteRequest } from '../domain/write.js';
import { findLostAnswer } from './find-lost-answer.js';
import type { WriteRun } from './run-write.js';
import { settlePartly, settleUnknown } from './settle.js';
import { beginStep } from './step-record.js';

/** Sends one write. Null when the operation has settled on the way and nothing more may be sent. */
export async function sendStep(
  run: WriteRun,
  step: string,
  request: WriteRequest,
  progress: WriteProgress,
): Promise<WriteProgress | null> {
  const { journal } = run;
  const finish = beginStep(step, run.clock);
  await journal.aboutToSend(progress, step);
  const answer = await send(run, step, request, progress);
  const { attempts } = answer;
  const isFirst = Object.keys(progress.done).length === 0;

  const applied = (facts: StepFacts, lost: ProviderProblem | null) =>
    journal.stepDone(finish('DONE', attempts, lost), progress, facts);

  const notApplied = async (refusal: Refusal, found: ProviderProblem | null): Promise<null> => {
    const record = finish('FAILED', attempts, found);
    const isFinal = answer.outcome === 'refused' && refusal.retry !== 'SAME_KEY';
    if (isFirst) await journal.refuse(isFinal ? 'REJECTED' : 'FAILED', refusal, record);
    else await settlePartly(run, refusal, record);
    return null;
  };

  switch (answer.outcome) {
    case 'confirmed':
      return applied(answer.facts, null);
    case 'refused':
      return notApplied(answer.refusal, null);
    case 'not_applied':
      return notApplied(notDone(answer.problem, isFirst, 'SAME_KEY'), answer.problem);
    case 'unknown': {
      const finding = await findLostAnswer(run, step, request, progress);
      if (finding.state === 'applied') return applied(finding.facts, answer.problem);
      if (finding.state === 'no_trace')
        return notApplied(notDone(answer.problem, isFirst, 'NEW_REQUEST'), answer.problem);
      await settleUnknown(journal, finish('UNKNOWN', attempts, finding.problem ?? answer.problem));
      return null;
    }
  }
}

/** Whatever a writer throws, the request may have left: the outcome is unknown until a read tells. */
async function send(run: WriteRun, step: string, request: WriteRequest, progress: WriteProgress): Promise<Answer> {
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
