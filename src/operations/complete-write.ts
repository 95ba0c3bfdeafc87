import type { EntityRef } from '../domain/reference.js';
import type { RefusalOf } from '../domain/refusal.js';
import { stepResultOf } from './read-back.js';
import type { WriteRun } from './write-run.js';
import { settleByReading, settleIndeterminate } from './settle.js';
import { startStep } from './step-timer.js';

/** All writes are done: settles, after taking the item back when it went to an order nobody asked for. */
export async function completeWrite(run: WriteRun): Promise<void> {
  const actual = unwantedOrder(run);
  return actual
    ? run.step('take_back', () => compensate(run, actual))
    : run.step('read_back', () => settleByReading(run));
}

/** The order the provider used instead, when the shopper did not accept another. */
function unwantedOrder({ journal: { operation } }: WriteRun): EntityRef<'Order'> | null {
  const { request, account } = operation;
  const { orderKey } = stepResultOf(operation);
  if (request.kind !== 'ADD_UPSELL_ITEM' || request.ifTargetMoved === 'ACCEPT') return null;
  return orderKey === undefined || orderKey === request.orderKey ? null : { type: 'Order', account, key: orderKey };
}

async function compensate(run: WriteRun, actualOrderRef: EntityRef<'Order'>): Promise<void> {
  const { journal } = run;
  const { request, progress } = journal.operation;
  const writer = run.writer();
  const finish = startStep('take_back', run);
  if (!progress || !writer.compensate) {
    await journal.settle({ status: 'PARTIAL', errors: [targetMoved(actualOrderRef, false)] }, finish('FAILED', 0));
    return;
  }
  const sent = await writer.compensate(request, progress);
  if (sent.outcome === 'confirmed') {
    await journal.settle(
      { status: 'FAILED', errors: [targetMoved(actualOrderRef, true)] },
      finish('COMPENSATED', sent.attempts),
    );
  } else if (sent.outcome === 'refused') {
    await journal.settle(
      { status: 'PARTIAL', errors: [targetMoved(actualOrderRef, false)] },
      finish('FAILED', sent.attempts),
    );
  } else {
    await settleIndeterminate(journal, finish('UNKNOWN', sent.attempts, sent.problem));
  }
}

function targetMoved(actualOrderRef: EntityRef<'Order'>, undone: boolean): RefusalOf<'TARGET_MOVED'> {
  const message = undone
    ? 'The shop could only use another order, so the item was taken back off.'
    : 'The shop put the item on another order than the one asked for.';
  return { code: 'TARGET_MOVED', message, path: ['orderId'], retry: 'NEW_REQUEST', actualOrderRef, undone };
}
