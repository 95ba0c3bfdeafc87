import type {
  InspectResult,
  SendResult,
  WriteProgress,
  WriteRequest,
  Writer,
  WriteTarget,
} from '../../src/domain/write.js';
import { prepareWrite } from '../../src/operations/read-target.js';
import { inspectStep } from '../../src/operations/reconcile-step.js';

export interface Sent {
  readonly target: WriteTarget;
  readonly answers: readonly SendResult[];
  /** Before the last step sent. */
  readonly progress: WriteProgress;
}

/** Prepares a write and sends its steps as the write protocol does, each by a writer of its own, until one is not confirmed. */
export async function sendSteps<Request extends WriteRequest>(
  writer: () => Writer<Request>,
  request: Request,
): Promise<Sent> {
  const preparation = await prepareWrite(writer(), request);
  if (preparation.outcome === 'refused') throw new Error(`refused: ${JSON.stringify(preparation.refusal)}`);
  const { target } = preparation;
  let progress: WriteProgress = { snapshot: target.snapshot, done: {} };
  const answers: SendResult[] = [];
  for (const [index, step] of target.steps.entries()) {
    const sent = await writer().send(step, request, storable(progress));
    answers.push(sent);
    if (sent.outcome !== 'confirmed' || index === target.steps.length - 1) return { target, answers, progress };
    progress = { ...progress, done: { ...progress.done, [step]: sent.result } };
  }
  throw new Error('there was nothing to send');
}

/** Looks for the effect of the last step sent. */
export async function inspectLastStep<Request extends WriteRequest>(
  writer: () => Writer<Request>,
  request: Request,
  { target, answers, progress }: Sent,
): Promise<InspectResult> {
  const step = target.steps[answers.length - 1];
  if (step === undefined) throw new Error('nothing was sent');
  return inspectStep(writer(), step, request, storable(progress));
}

/** What a ledger would give back. */
function storable(progress: WriteProgress): WriteProgress {
  return structuredClone(progress);
}
