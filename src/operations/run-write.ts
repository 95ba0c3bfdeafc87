import type { Clock } from '../domain/moment.js';
import { problemOf } from '../domain/problem.js';
import type { Actor } from '../domain/actor.js';
import type { GuardedSource } from '../domain/provider.js';
import { providerFailed, type RefusalCode } from '../domain/refusal.js';
import type { Preparation, WriteProgress, WriteRequest, Writer, WriteTarget } from '../domain/write.js';
import { checkGuards } from './guards.js';
import type { Journal } from './journal.js';
import { sendStep } from './send-step.js';
import { completeWrite } from './complete-write.js';
import { targetNotFound, targetOrder } from './target-order.js';
import { startStep } from './step-timer.js';
import type { TimeBudget } from './time-budget.js';
import type { WriteCommand } from './write-command.js';

/** What one run of the protocol works with. */
export interface WriteRun {
  readonly journal: Journal;
  /**
   * Opens the account afresh, since after a write nothing may be answered from what was read before it. For whom the
   * operation was recorded, unless for whoever asks now.
   */
  open(actor?: Actor): GuardedSource;
  /** The operation's writer, on a fresh data source. */
  writer(): Writer<WriteRequest>;
  readonly budget: TimeBudget;
  readonly settlingMs: number;
  readonly clock: Clock;
  /** Measures one step of the protocol. */
  step<T>(name: string, take: () => Promise<T>): Promise<T>;
  /** For the log: what went wrong that nobody expected. */
  report(message: string, cause: unknown): void;
}

/**
 * From a claimed key to a settled outcome: read the target, record the intent, send each write once, read back, settle.
 * Nothing is sent that is not on record, and nothing is sent twice on a guess.
 */
export async function runWrite(run: WriteRun, command: WriteCommand): Promise<void> {
  const target = await run.step('read_target', () => readTarget(run, command));
  if (!target) return;
  const progress = await sendAll(run, command.request, target);
  if (progress) await completeWrite(run);
}

async function readTarget(run: WriteRun, command: WriteCommand): Promise<WriteTarget | null> {
  const { journal, clock } = run;
  const finish = startStep('read_target', clock);
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

async function sendAll(run: WriteRun, request: WriteRequest, target: WriteTarget): Promise<WriteProgress | null> {
  let progress: WriteProgress | null = { snapshot: target.snapshot, done: {} };
  for (const step of target.steps) {
    const before: WriteProgress = progress;
    progress = await run.step(step, () => sendStep(run, step, request, before));
    if (!progress) return null;
  }
  return progress;
}
