import type { EntityRef } from '../domain/reference.js';
import type { RefusalOf } from '../domain/refusal.js';
import { factsOf } from './read-back.js';
import type { WriteRun } from './run-write.js';
import { settleByReading, settleUnknown } from './settle.js';
import { beginStep } from './step-record.js';

/** All writes are done: settles, after taking the item back when it went to an order nobody asked for. */
export async function settleDone(run: WriteRun): Promise<void> {
  const actual = unwantedOrder(run);
  return actual
    ? run.step('take_back', () => settleMoved(run, actual))
    : run.step('read_back', () => settleByReading(run));
}

/** The order the provider used instead, when the shopper did not accept another. */
function unwantedOrder({ journal: { operation } }: WriteRun): EntityRef<'Order'> | null {
  const { request, account } = operation;
  const { orderKey } = factsOf(operation);
  if (request.kind !== 'ADD_UPSELL_ITEM' || request.ifTargetMoved === 'ACCEPT') return null;
  return orderKey === undefined || orderKey === request.orderKey ? null : { type: 'Order', account, key: orderKey };
}

async function settleMoved(run: WriteRun, actualOrderRef: EntityRef<'Order'>): Promise<void> {
  const { journal } = run;
  const { request, progress } = journal.operation;
  const writer = run.writer();
  const finish = beginStep('take_back', run.clock);
  if (!progress || !writer.takeBack) {
    await journal.settle({ status: 'PARTIAL', errors: [targetMoved(actualOrderRef, false)] }, finish('FAILED', 0));
    return;
  }
  const answer = await writer.takeBack(request, progress);
  if (answer.outcome === 'confirmed') {
    await journal.settle(
      { status: 'FAILED', errors: [targetMoved(actualOrderRef, true)] },
      finish('COMPENSATED', answer.attempts),
    );
  } else if (answer.outcome === 'refused') {
    await journal.settle(
      { status: 'PARTIAL', errors: [targetMoved(actualOrderRef, false)] },
      finish('FAILED', answer.attempts),
    );
  } else {
    await settleUnknown(journal, finish('UNKNOWN', answer.attempts, answer.problem));
  }
}

function targetMoved(actualOrderRef: EntityRef<'Order'>, undone: boolean): RefusalOf<'TARGET_MOVED'> {
  const message = undone
    ? 'The shop could only use another order, so the item was taken back off.'
    : 'The shop put the item on another order than the one asked for.';
  return { code: 'TARGET_MOVED', message, path: ['orderId'], retry: 'NEW_REQUEST', actualOrderRef, undone };
}
