import type { RefusalOf } from '../../../domain/refusal.js';
import type { SendResult, InspectResult, Snapshot, WriteProgress } from '../../../domain/write.js';
import { refTo } from '../identity.js';
import { fromOrderKey, toOrderKey } from '../keys.js';
import type { Session } from '../session.js';
import type { WireOneOff } from '../wire.js';
import { ADD_ITEM, contextOf } from './write-context.js';
import { addOneOff, placedResult, inspectAdded, removeOneOff } from './one-off-steps.js';
import { anOrder } from './refusals.js';

/** The facts name the order that was really used: the write protocol takes the item back when it was not wanted there. */
export async function addOneOffStep(session: Session, snapshot: Snapshot, quantity: number): Promise<SendResult> {
  const context = contextOf(snapshot);
  const added = await addOneOff(session.client, { ...context, quantity }, anOrder);
  if (added.state === 'unsettled') return added.answer;
  const { attempts } = added;
  if (added.state === 'absorbed') {
    const refusal = targetMoved(session, context.contractId, added.row, NOTHING_ADDED);
    return { outcome: 'refused', attempts, refusal };
  }
  return { outcome: 'confirmed', attempts, result: placedResult(context.contractId, added.row) };
}

export function inspectAddedOneOff({ client }: Session, snapshot: Snapshot, quantity: number): Promise<InspectResult> {
  return inspectAdded(client, { ...contextOf(snapshot), quantity });
}

/** Documented as repeat-safe. */
export async function takeBackOneOff({ client }: Session, { snapshot, done }: WriteProgress): Promise<SendResult> {
  const { variantId, ...asked } = contextOf(snapshot);
  const used = fromOrderKey(done[ADD_ITEM]?.orderKey ?? '') ?? asked;
  return removeOneOff(client, { contractId: used.contractId, attemptId: used.attemptId, variantId }, anOrder);
}

export function targetMoved(
  { account }: Session,
  contractId: string,
  row: WireOneOff | null,
  message: string,
  undone = false,
): RefusalOf<'TARGET_MOVED'> {
  const attemptId = row?.attemptId ?? null;
  const actualOrderRef = attemptId === null ? null : refTo(account, 'Order', toOrderKey({ contractId, attemptId }));
  return { code: 'TARGET_MOVED', message, path: ['orderId'], retry: 'NEW_REQUEST', actualOrderRef, undone };
}

const NOTHING_ADDED = 'The shop could only use another order, which has this item already. Nothing was added.';
