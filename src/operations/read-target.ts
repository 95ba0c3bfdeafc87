import type { BoundPreview } from '../domain/preview.js';
import { problem, problemOf } from '../domain/problem.js';
import { providerFailed } from '../domain/refusal.js';
import type { Preparation, WriteRequest, Writer } from '../domain/write.js';
import { checkGuards } from './guards.js';
import { adviceAfter } from './outcome/advice.js';
import { toOrderBefore } from './outcome/order-before.js';
import type { Turn } from './order-lock.js';
import { readRelatedWrites, type RelatedWrites } from './related-writes.js';
import { resume } from './resume.js';
import { startStep } from './step-timer.js';
import type { WriteCommand } from './write-command.js';
import type { WriteRun } from './write-run.js';

/** Reads and notes what a write is about to change. False when it was refused instead: nothing was sent. */
export async function readTarget(run: WriteRun, command: WriteCommand, { lockName, writer }: Turn): Promise<boolean> {
  const { journal } = run;
  const finish = startStep('read_target', run);
  journal.note({ lockName });
  const related = await readRelatedWrites(run, lockName);
  if (related.unfinished) {
    const resumed = await resume(run, related.unfinished);
    if (resumed !== 'not_in_force') return resumed === 'ready';
  }
  const prepared = await prepareWrite(writer, command.request, command.guards.preview);
  const preparation = checked(lockedOnly(prepared, run, lockName), command, related, run.now());
  if (preparation.outcome === 'refused') {
    const { refusal, order } = preparation;
    if (order) journal.note({ orderRef: order.ref });
    if (refusal.code === 'NOT_FOUND' && related.removed) return doneBefore(run, related.removed);
    journal.noteStep(finish('FAILED', 1, refusal.code === 'PROVIDER' ? refusal.problem : null));
    await journal.refuse(refusal);
    return false;
  }
  const { target } = preparation;
  journal.note({
    plannedSteps: target.steps,
    orderRef: target.order?.ref ?? null,
    progress: { context: target.context, before: toOrderBefore(target.order, target.before), done: {} },
    baseline: {
      orderTotal: target.order?.totals?.total ?? null,
      expectedIncrease: target.expectedIncrease,
      maxIncrease: command.guards.maxIncrease,
    },
  });
  return true;
}

/** Settles a removal that the shopper asked for a second time, and that was done the first time. */
async function doneBefore({ journal }: WriteRun, { orderRef, lineItemRef }: RelatedWrites['removed'] & object) {
  await journal.settle({ status: 'SUCCEEDED', effect: 'CHANGED', orderRef, lineItemRef });
  return false;
}

/** Prepares a write. A provider that cannot be read refuses it: nothing was sent. */
export async function prepareWrite(
  writer: Writer<WriteRequest>,
  request: WriteRequest,
  shown: BoundPreview | null = null,
): Promise<Preparation> {
  try {
    return await writer.prepare(request, shown);
  } catch (error) {
    const found = problemOf(error);
    return { outcome: 'refused', refusal: providerFailed(found, adviceAfter(found)) };
  }
}

/** Refuses a line that was located too late: the order it is on is not locked, and other writes may hold it. */
function lockedOnly(preparation: Preparation, run: WriteRun, lockName: string): Preparation {
  // A checkout is locked by its own name.
  const isOfCheckout = 'checkoutId' in run.journal.operation.request;
  if (preparation.outcome === 'refused' || preparation.target.order === null || isOfCheckout) return preparation;
  if (run.lockName(preparation.target.order.ref.key) === lockName) return preparation;
  return { outcome: 'refused', refusal: providerFailed(notLocated, 'SAME_KEY') };
}

const notLocated = problem('UNAVAILABLE', 'The order of the item could not be read in time to lock it.');

function checked(
  preparation: Preparation,
  { guards, request }: WriteCommand,
  related: RelatedWrites,
  now: Date,
): Preparation {
  if (preparation.outcome === 'refused') return preparation;
  const { target } = preparation;
  const refusal = related.refusalOf(target) ?? checkGuards(guards, request, target, now);
  return refusal ? { outcome: 'refused', refusal, ...(target.order && { order: target.order }) } : preparation;
}
