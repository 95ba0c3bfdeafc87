import type { InFlightStep } from '../domain/operation.js';
import { problem } from '../domain/problem.js';
import { providerFailed } from '../domain/refusal.js';
import type { PlannedStep, SendResult, StepResult, WriteRequest } from '../domain/write.js';
import { lineNameAfter } from './claim.js';
import { type Judged, lookUntilJudged } from './judge-run.js';
import { adviceAfter } from './outcome/advice.js';
import type { StepAnswer } from './outcome/judge.js';
import { startStep } from './step-timer.js';
import type { WriteRun } from './write-run.js';

/** What became of a step; `judged`: what was seen last, null when nothing was read. */
export type SentStep =
  | { readonly state: 'done'; readonly judged: Judged | null }
  | { readonly state: 'not_done'; readonly judged: Judged }
  /** The operation has settled: the shopper has to go on elsewhere. */
  | { readonly state: 'settled' };

/** Sends one write, once. `request`: with what the ledger does not keep. */
export async function sendStep(run: WriteRun, { name }: PlannedStep, request: WriteRequest): Promise<SentStep> {
  const { journal } = run;
  await journal.aboutToSend(name);
  const finish = startStep(name, run);
  const sent = await send(run, name, request);
  const { attempts } = sent;
  if (sent.outcome === 'confirmed') {
    noteDone(run, name, sent.result);
    journal.noteStep(finish('DONE', attempts));
    return { state: 'done', judged: null };
  }
  if (sent.outcome === 'action_required') {
    journal.noteStep(finish('UNKNOWN', attempts));
    await journal.settle({ status: 'ACTION_REQUIRED', effect: 'UNKNOWN', nextAction: sent.action });
    return { state: 'settled' };
  }
  noteRefusal(run, sent);
  const judged = await lookUntilJudged(run, answerOf(sent));
  const step = judged.verdict.steps.find((each) => each.name === name);
  const conclusion = step?.conclusion ?? 'OPEN';
  journal.noteStep(finish(outcomes[conclusion], attempts, sent.outcome === 'refused' ? null : sent.problem));
  if (conclusion !== 'DONE') return { state: 'not_done', judged };
  noteDone(run, name, step?.keys ?? {});
  return { state: 'done', judged };
}

function noteDone({ journal }: WriteRun, name: string, result: StepResult): void {
  const { progress } = journal.operation;
  journal.note({
    progress: progress && { ...progress, done: { ...progress.done, [name]: result } },
    inFlightStep: null,
    lineName: lineNameAfter(journal.operation, result),
  });
}

const outcomes = { DONE: 'DONE', NOT_DONE: 'FAILED', OPEN: 'UNKNOWN', UNTOLD: 'UNKNOWN', UNSENT: 'FAILED' } as const;

/** Sends a step. Whatever a writer throws, the request may have left: the outcome is unknown until a read tells. */
async function send(run: WriteRun, step: string, request: WriteRequest): Promise<SendResult> {
  const { progress } = run.journal.operation;
  if (!progress) throw new TypeError('nothing is sent that is not on record');
  if (!run.lease.mayStillSend() || run.budget.leftMs() <= 0) {
    return { outcome: 'not_applied', attempts: 0, problem: tooLate };
  }
  try {
    return await run.writer().send(step, request, progress);
  } catch (error) {
    run.report('a write ended without a classified answer', error);
    return { outcome: 'unknown', attempts: 1, problem: problem('UNAVAILABLE', 'The write ended without an answer.') };
  }
}

const tooLate = {
  ...problem('UNAVAILABLE', 'The time to send this was over before it left.'),
  notSent: 'TOO_LATE',
} as const;

function answerOf(sent: Exclude<SendResult, { outcome: 'confirmed' | 'action_required' }>): StepAnswer {
  switch (sent.outcome) {
    case 'refused':
      return { said: 'refused', refusal: sent.refusal, isDocumented: sent.isDocumented ?? true };
    case 'not_applied':
      return { said: 'not_applied', problem: sent.problem };
    case 'unknown':
      return { said: 'nothing', problem: sent.problem };
  }
}

/** Notes that the provider said no. What reads cannot tell yet is judged later, by another process perhaps. */
function noteRefusal({ journal }: WriteRun, sent: SendResult): void {
  const { inFlightStep } = journal.operation;
  const said = refusalIn(sent);
  if (said !== null) journal.note({ inFlightStep: inFlightStep && { ...inFlightStep, ...said } });
}

function refusalIn(sent: SendResult): Pick<InFlightStep, 'refusal' | 'isRuledOut'> | null {
  if (sent.outcome === 'refused') return { refusal: sent.refusal, isRuledOut: sent.isDocumented ?? true };
  if (sent.outcome !== 'not_applied') return null;
  return { refusal: providerFailed(sent.problem, adviceAfter(sent.problem)), isRuledOut: true };
}
