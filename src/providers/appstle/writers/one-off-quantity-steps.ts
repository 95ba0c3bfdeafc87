import { problem } from '../../../domain/problem.js';
import { providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { SendResult, InspectResult, Snapshot } from '../../../domain/write.js';
import type { AppstleClient, OneOffTarget } from '../client.js';
import { toOrderKey } from '../keys.js';
import type { Session } from '../session.js';
import type { WireOneOff } from '../wire.js';
import { contextOf } from './write-context.js';
import { targetMoved } from './add-one-off-step.js';
import { findRow, readRows } from './one-off-rows.js';
import { addOneOff, placedResult, inspectRemoved, removeOneOff } from './one-off-steps.js';
import { anItem } from './refusals.js';

/** Without the fact of a removed line: the change is done when the line is back. */
export async function removeFirst({ client }: Session, snapshot: Snapshot): Promise<SendResult> {
  const context = contextOf(snapshot);
  const sent = await removeOneOff(client, context, anItem);
  return sent.outcome === 'confirmed' ? { ...sent, result: { orderKey: toOrderKey(context) } } : sent;
}

export async function removeFirstInspection({ client }: Session, snapshot: Snapshot): Promise<InspectResult> {
  const context = contextOf(snapshot);
  const inspected = await inspectRemoved(client, context);
  return inspected.state === 'applied' ? { ...inspected, result: { orderKey: toOrderKey(context) } } : inspected;
}

/** Nobody asked for another order: an item that lands on one is taken off it again. */
export async function addAgain(session: Session, snapshot: Snapshot, quantity: number): Promise<SendResult> {
  const { client } = session;
  const context = contextOf(snapshot);
  const added = await addOneOff(client, { ...context, quantity }, anItem);
  if (added.state === 'unsettled') return named(added.answer, snapshot);
  const { attempts } = added;
  if (added.state === 'placed') {
    return added.row.quantity === quantity
      ? { outcome: 'confirmed', attempts, result: placedResult(context.contractId, added.row) }
      : { outcome: 'refused', attempts, refusal: providerFailed(otherQuantity, 'NEW_REQUEST') };
  }
  const undone = added.state === 'moved' && (await isTakenBack(client, context, added.row));
  return { outcome: 'refused', attempts, refusal: targetMoved(session, context.contractId, added.row, MOVED, undone) };
}

async function isTakenBack(client: AppstleClient, facts: OneOffTarget, { attemptId }: WireOneOff): Promise<boolean> {
  const sent = await removeOneOff(client, { ...facts, attemptId: attemptId ?? '' }, anItem);
  return sent.outcome === 'confirmed';
}

const otherQuantity = problem('CONFLICT', 'Appstle shows the item with another quantity than asked for.');
const MOVED = 'The item was taken off, and the shop could put it back only on another order.';

/** The shopper must learn which item is gone. */
function named(sent: SendResult, { context }: Snapshot): SendResult {
  if (sent.outcome === 'confirmed' || sent.outcome === 'unknown') return sent;
  const lost = `The one-time item ${context['oneOffId'] ?? ''} was taken off its order and could not be put back.`;
  const refusal: Refusal =
    sent.outcome === 'refused'
      ? { ...sent.refusal, message: `${lost} ${sent.refusal.message}` }
      : { ...providerFailed(sent.problem, 'NEW_REQUEST'), message: lost };
  return { outcome: 'refused', attempts: sent.attempts, refusal };
}

export async function inspectAddedAgain(
  { client }: Session,
  snapshot: Snapshot,
  quantity: number,
): Promise<InspectResult> {
  const context = contextOf(snapshot);
  const rows = await readRows(client, context.contractId);
  if (rows.state === 'unread') return { state: 'unclear', problem: rows.problem };
  const row = findRow(rows.rows, context);
  if (!row) return { state: 'no_trace' };
  if (row.quantity !== quantity) return { state: 'unclear', problem: otherQuantity };
  return { state: 'applied', result: placedResult(context.contractId, row) };
}
