import type {
  OrderView,
  SendResult,
  WriteProgress,
  WriteRequest,
  Writer,
  WriteTarget,
} from '../../src/domain/write.js';
import { judge, type StepAnswer, type Verdict } from '../../src/operations/outcome/judge.js';
import { toOrderBefore } from '../../src/operations/outcome/order-before.js';
import { prepareWrite } from '../../src/operations/read-target.js';

export interface Sent {
  readonly target: WriteTarget;
  /** One a step, of those that were sent. */
  readonly answers: readonly SendResult[];
  /** After the last step sent. */
  readonly progress: WriteProgress;
}

/** Prepares a write and sends its steps as the write protocol does, each by a writer of its own, until one is not confirmed. */
export async function sendSteps<Request extends WriteRequest>(
  writer: () => Writer<Request>,
  request: Request,
): Promise<Sent> {
  const preparation = await prepareWrite(writer(), request);
  if (preparation.outcome === 'refused')
    throw new Error(`refused: ${preparation.refusal.code}, ${preparation.refusal.message}`);
  const { target } = preparation;
  let progress: WriteProgress = {
    context: target.context,
    before: toOrderBefore(target.order, target.before),
    done: {},
  };
  const answers: SendResult[] = [];
  for (const { name } of target.steps) {
    const sent = await writer().send(name, request, storable(progress));
    answers.push(sent);
    if (sent.outcome !== 'confirmed') break;
    progress = { ...progress, done: { ...progress.done, [name]: sent.result } };
  }
  return { target, answers, progress };
}

/** Looks what became of the steps that were sent, that long after the last one. `begunAt`: when the write began. */
export async function judgeSteps<Request extends WriteRequest>(
  writer: () => Writer<Request>,
  request: Request,
  { target, answers, progress }: Sent,
  ageMs: number,
  begunAt = new Date(0),
): Promise<Verdict> {
  const steps = target.steps.map((planned, index) => ({ planned, answer: answerOf(answers[index]) }));
  const isLost = steps.some(
    ({ answer }) => answer.said === 'nothing' || (answer.said === 'refused' && !answer.isDocumented),
  );
  const judgeView = (after: OrderView) =>
    judge({
      request,
      orderKey: target.order?.ref.key ?? null,
      steps,
      before: progress.before,
      baseline: null,
      after,
      others: [],
      changedByOthers: new Set(),
      disputed: new Set(),
      ageMs,
      closedForMs: ageMs,
      settlingMs: 0,
    });
  const view = await writer().look(request, storable(progress));
  const verdict = judgeView(view);
  if (!isLost || !verdict.steps.some(({ conclusion }) => conclusion === 'NOT_DONE')) return verdict;
  const elsewhere = await writer().lookElsewhere?.(request, storable(progress), { begunAt });
  return elsewhere ? judgeView({ ...view, elsewhere }) : verdict;
}

function answerOf(sent: SendResult | undefined): StepAnswer {
  switch (sent?.outcome) {
    case undefined:
      return { said: 'unsent' };
    case 'confirmed':
      return { said: 'confirmed', result: sent.result };
    case 'refused':
      return { said: 'refused', refusal: sent.refusal, isDocumented: sent.isDocumented ?? true };
    case 'not_applied':
      return { said: 'not_applied', problem: sent.problem };
    case 'unknown':
      return { said: 'nothing', problem: sent.problem };
    case 'action_required':
      return { said: 'nothing', problem: null };
  }
}

/** With what a writer stores as a ledger would give it back. */
function storable(progress: WriteProgress): WriteProgress {
  return { ...progress, context: structuredClone(progress.context) };
}
