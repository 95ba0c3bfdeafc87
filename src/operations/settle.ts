import type { Operation, OperationStep } from '../domain/operation.js';
import { ProviderFailure } from '../domain/problem.js';
import type { GuardedSource } from '../domain/provider.js';
import type { Refusal } from '../domain/refusal.js';
import { outcomeUnknown } from './claim.js';
import { differencesOf } from './compare.js';
import type { Journal } from './journal.js';
import { stepResultOf, readBack, type ReadBackResult } from './read-back.js';
import type { WriteRun } from './write-run.js';
import { startStep } from './step-timer.js';

/** Waits between reads, in milliseconds: most providers show a write at once, some lag. */
const WAITS = [100, 300, 700, 1500, 3000];

/** All writes are confirmed: looks until they show, then settles with what was seen. */
export async function settleByReading(run: WriteRun): Promise<void> {
  const { journal } = run;
  const finish = startStep('read_back', run);
  for (let attempt = 1; ; attempt += 1) {
    const sighting = await look(run.open(), journal.operation);
    if (sighting.isVisible)
      return settleSeen(journal, sighting, { status: 'SUCCEEDED', errors: [] }, finish('DONE', attempt));
    const wait = WAITS[attempt - 1];
    if (wait !== undefined && (await run.budget.pause(wait))) continue;
    return settleIndeterminate(journal, finish('UNKNOWN', attempt, sighting.problem));
  }
}

/** An earlier step was done and a later one was not: answers with both results, undoes nothing. */
export async function settlePartial(
  run: Pick<WriteRun, 'journal' | 'open'>,
  refusal: Refusal,
  step: OperationStep,
): Promise<void> {
  const sighting = await look(run.open(), run.journal.operation);
  await settleSeen(run.journal, sighting, { status: 'PARTIAL', errors: [refusal] }, step);
}

/** Sent, and no read tells what became of it: nobody may call that a success or a failure. */
export async function settleIndeterminate(journal: Journal, step?: OperationStep): Promise<void> {
  await journal.settle({ status: 'INDETERMINATE', errors: [outcomeUnknown(journal.operation.id)] }, step);
}

async function settleSeen(
  journal: Journal,
  { seen }: ReadBackResult,
  outcome: Pick<Operation, 'status' | 'errors'>,
  step: OperationStep,
): Promise<void> {
  const { operation } = journal;
  const { account } = operation;
  const { lineItemKey, subscriptionKey } = stepResultOf(operation);
  // What a read did not show is named by the key the provider's answer gave.
  const lineItemRef =
    seen.line?.ref ?? (lineItemKey ? ({ type: 'LineItem', account, key: lineItemKey } as const) : null);
  const subscriptionRef =
    seen.subscription?.ref ??
    (subscriptionKey ? ({ type: 'SubscriptionContract', account, key: subscriptionKey } as const) : null);
  const orderRef = seen.order?.ref ?? operation.orderRef;
  await journal.settle(
    { ...outcome, orderRef, lineItemRef, subscriptionRef, differences: differencesOf(operation, seen) },
    step,
  );
}

async function look(source: GuardedSource, operation: Operation): Promise<ReadBackResult> {
  try {
    return await readBack(source, operation);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    const seen = { order: null, line: null, newLines: [], subscription: null };
    return { seen, isVisible: false, problem: error.problem };
  }
}
