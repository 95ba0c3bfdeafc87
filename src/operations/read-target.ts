import { problem, problemOf } from '../domain/problem.js';
import { providerFailed } from '../domain/refusal.js';
import type { Preparation, WriteRequest, Writer, WriteTarget } from '../domain/write.js';
import { checkGuards } from './guards.js';
import { startStep } from './step-timer.js';
import type { WriteCommand } from './write-command.js';
import type { WriteRun } from './write-run.js';

/** Reads and records what a write is about to change. Null when it was refused instead: nothing was sent. */
export async function readTarget(run: WriteRun, command: WriteCommand, lockName: string): Promise<WriteTarget | null> {
  const { journal } = run;
  const finish = startStep('read_target', run);
  const prepared = await prepareWrite(run.writer(command.actor), command.request);
  const preparation = checked(lockedOnly(prepared, run, lockName), command, run.clock());
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
export async function prepareWrite(writer: Writer<WriteRequest>, request: WriteRequest): Promise<Preparation> {
  try {
    return await writer.prepare(request);
  } catch (error) {
    return { outcome: 'refused', refusal: providerFailed(problemOf(error), 'SAME_KEY') };
  }
}

/** A line that could not be located before is now known to be on an order that other writes may hold. */
function lockedOnly(preparation: Preparation, run: WriteRun, lockName: string): Preparation {
  if (preparation.outcome === 'refused' || run.lockName(preparation.target.order.ref.key) === lockName) {
    return preparation;
  }
  return { outcome: 'refused', refusal: providerFailed(notLocated, 'SAME_KEY') };
}

const notLocated = problem('UNAVAILABLE', 'The order of the item could not be read in time to lock it.');

function checked(preparation: Preparation, { guards, request }: WriteCommand, now: Date): Preparation {
  if (preparation.outcome === 'refused') return preparation;
  const refusal = checkGuards(guards, request, preparation.target, now);
  return refusal ? { outcome: 'refused', refusal } : preparation;
}
