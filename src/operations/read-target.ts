import { problemOf } from '../domain/problem.js';
import { providerFailed, type RefusalCode } from '../domain/refusal.js';
import type { Preparation, WriteRequest, Writer, WriteTarget } from '../domain/write.js';
import { checkGuards } from './guards.js';
import { startStep } from './step-timer.js';
import { targetNotFound, targetOrder } from './target-order.js';
import type { WriteCommand } from './write-command.js';
import type { WriteRun } from './write-run.js';

/** Reads and records what a write is about to change. Null when it was refused instead: nothing was sent. */
export async function readTarget(run: WriteRun, command: WriteCommand): Promise<WriteTarget | null> {
  const { journal } = run;
  const finish = startStep('read_target', run);
  const preparation = await vet(run, await prepare(run.writer(), command.request), command);
  if (preparation.outcome === 'refused') {
    const { refusal } = preparation;
    const step = finish('FAILED', 1, refusal.code === 'PROVIDER' ? refusal.problem : null);
    await journal.refuse(refusal.retry === 'SAME_KEY' ? 'FAILED' : 'REJECTED', refusal, step);
    return null;
  }
  const { target } = preparation;
  await journal.targetRead({
    plannedSteps: target.steps,
    orderRef: target.order.ref,
    baseline: {
      orderTotal: target.order.totals?.total ?? null,
      expectedIncrease: target.expectedIncrease,
      maxIncrease: command.guards.maxIncrease,
    },
  });
  return target;
}

/** A provider that cannot be read refuses the write: nothing was sent, so the same key may try again. */
async function prepare(writer: Writer<WriteRequest>, request: WriteRequest): Promise<Preparation> {
  try {
    return await writer.prepare(request);
  } catch (error) {
    return { outcome: 'refused', refusal: providerFailed(problemOf(error), 'SAME_KEY') };
  }
}

/** Ownership first: neither a refusal nor a guard may tell anything about another shopper's order. */
async function vet(run: WriteRun, preparation: Preparation, command: WriteCommand): Promise<Preparation> {
  const { request, guards } = command;
  if (preparation.outcome === 'refused') {
    const isTelling = !SAYS_NOTHING.has(preparation.refusal.code);
    // A data source opened for a customer knows no orders of others; one opened for a guest or for staff does.
    const isOwn = run.journal.operation.shopper.customerId !== null;
    if (!isTelling || isOwn || (await mayKnow(run, command))) return preparation;
    return { outcome: 'refused', refusal: targetNotFound(request) };
  }
  const { target } = preparation;
  const isPermitted = command.permits(target.order);
  const refusal = isPermitted ? checkGuards(guards, request, target, run.clock()) : targetNotFound(request);
  return refusal ? { outcome: 'refused', refusal } : preparation;
}

/** Refusals that are the same whoever asks. */
const SAYS_NOTHING: ReadonlySet<RefusalCode> = new Set(['NOT_FOUND', 'NOT_PERMITTED', 'VALIDATION', 'PROVIDER']);

/** Whether the order behind a refusal is one the actor may see; what cannot be read is not. */
async function mayKnow(run: WriteRun, { actor, request }: WriteCommand): Promise<boolean> {
  return (await targetOrder(run.open(actor), request)).state === 'found';
}
