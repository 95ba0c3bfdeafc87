import type { Operation } from '../domain/operation.js';
import { outcomeUnknown } from './claim.js';
import { lookForRest } from './judge-run.js';
import type { WriteRun } from './write-run.js';

/**
 * Takes over what an earlier request of the same decision left half done, so that only the rest is sent. `ready`: the
 * rest may be sent. `refused`: it cannot be told how far it came. `not_in_force`: nothing of it is left to go on from.
 */
export async function resume(run: WriteRun, unfinished: Operation): Promise<'ready' | 'refused' | 'not_in_force'> {
  const { journal } = run;
  const { operation } = journal;
  const { plannedSteps, progress, baseline, orderRef, lineItemRef, subscriptionRef } = unfinished;
  if (!progress) return 'not_in_force';
  journal.note({ plannedSteps, progress, baseline, orderRef, lineItemRef, subscriptionRef });
  // What it did is now what this one did.
  run.related.others = (run.related.others ?? []).filter(({ id }) => id !== unfinished.id);
  // A rest that came late needs no second request: it is looked for like one whose answer was lost.
  const { verdict } = await lookForRest(run);
  const started = verdict.steps.filter(({ name }) => progress.done[name] !== undefined);
  if (started.some(({ conclusion }) => conclusion === 'OPEN') || verdict.mayBeOn !== null || verdict.moved) {
    await journal.refuse(outcomeUnknown(unfinished.id));
    return 'refused';
  }
  if (!started.every(({ isSeen }) => isSeen)) {
    const { plannedSteps: none, progress: nothing } = operation;
    journal.note({ plannedSteps: none, progress: nothing, baseline: null, lineItemRef: null, subscriptionRef: null });
    return 'not_in_force';
  }
  const late = verdict.steps.flatMap(({ name, conclusion, keys }) => (conclusion === 'DONE' ? [[name, keys]] : []));
  journal.note({ progress: { ...progress, done: { ...progress.done, ...Object.fromEntries(late) } } });
  return 'ready';
}
