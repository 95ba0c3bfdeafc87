import type { Operation } from '../domain/operation.js';
import type { OrderView, WriteRequest } from '../domain/write.js';
import { type Judged, lookUntilJudged, settleVerdict, startLook } from './judge-run.js';
import type { Turn } from './order-lock.js';
import { readTarget } from './read-target.js';
import { restOf } from './related-writes.js';
import { sendStep } from './send-step.js';
import { isUnwanted, takeBack } from './take-back.js';
import type { WriteCommand } from './write-command.js';
import type { WriteRun } from './write-run.js';

/**
 * Runs a write from a claimed key to a settled outcome: reads the target, records the intent, sends each write once,
 * looks, settles. Nothing is sent that is not on record, and nothing is sent twice on a guess. Answers what was seen
 * last.
 */
export async function runWrite(run: WriteRun, command: WriteCommand, turn: Turn): Promise<OrderView | null> {
  const isReady = await run.step('read_target', () => readTarget(run, command, turn));
  if (!isReady) return null;
  const sent = await sendAll(run, command.request);
  return sent.isSettled ? sent.view : completeWrite(run, command.request, sent.seen);
}

type Sent =
  | { readonly isSettled: true; readonly view: OrderView | null }
  | { readonly isSettled: false; readonly seen: Judged | null };

async function sendAll(run: WriteRun, request: WriteRequest): Promise<Sent> {
  const { journal } = run;
  let seen: Judged | null = null;
  for (const planned of restOf(journal.operation)) {
    if (planned.takesAway && hasStarted(journal.operation)) {
      const before: Judged = seen ?? (await lookUntilJudged(run, null));
      if (!before.verdict.isSound) return settled(run, before);
    }
    const sent = await run.step(planned.name, () => sendStep(run, planned, request));
    if (sent.state === 'settled') return { isSettled: true, view: null };
    if (sent.state === 'not_done') return settled(run, sent.judged);
    seen = sent.judged;
  }
  return { isSettled: false, seen };
}

async function settled(run: WriteRun, judged: Judged): Promise<Sent> {
  await settleVerdict(run, judged);
  return { isSettled: true, view: judged.view };
}

function hasStarted({ progress }: Operation): boolean {
  return Object.keys(progress?.done ?? {}).length > 0;
}

/** Completes an operation whose writes are done: takes back what went to an unwanted order, and settles by a look. */
export async function completeWrite(
  run: WriteRun,
  request: WriteRequest,
  seen: Judged | null,
): Promise<OrderView | null> {
  const judged = seen ?? (await run.step('read_back', () => lookBack(run)));
  if (isUnwanted(request, judged)) return run.step('take_back', () => takeBack(run, request, judged));
  await settleVerdict(run, judged);
  return judged.view;
}

async function lookBack(run: WriteRun): Promise<Judged> {
  const finish = startLook(run);
  const judged = await lookUntilJudged(run, null);
  run.journal.noteStep(finish(judged));
  return judged;
}
