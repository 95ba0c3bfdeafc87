import { problem } from '../../../domain/problem.js';
import { providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { Answer, Finding, Snapshot } from '../../../domain/write.js';
import type { AppstleClient, OneOffTarget } from '../client.js';
import { toOrderKey } from '../keys.js';
import type { Session } from '../session.js';
import type { WireOneOff } from '../wire.js';
import { factsIn } from './add-facts.js';
import { targetMoved } from './add-one-off-step.js';
import { findRow, readRows } from './one-off-rows.js';
import { addOneOff, factsOf, inspectRemoved, removeOneOff } from './one-off-steps.js';
import { anItem } from './refusals.js';

/** Without the fact of a removed line: the change is done when the line is back. */
export async function removeFirst({ client }: Session, snapshot: Snapshot): Promise<Answer> {
  const facts = factsIn(snapshot);
  const answer = await removeOneOff(client, facts, anItem);
  return answer.outcome === 'confirmed' ? { ...answer, facts: { orderKey: toOrderKey(facts) } } : answer;
}

export async function removeFirstInspection({ client }: Session, snapshot: Snapshot): Promise<Finding> {
  const facts = factsIn(snapshot);
  const finding = await inspectRemoved(client, facts);
  return finding.state === 'applied' ? { ...finding, facts: { orderKey: toOrderKey(facts) } } : finding;
}

/** Nobody asked for another order: an item that lands on one is taken off it again. */
export async function addAgain(session: Session, snapshot: Snapshot, quantity: number): Promise<Answer> {
  const { client } = session;
  const facts = factsIn(snapshot);
  const added = await addOneOff(client, { ...facts, quantity }, anItem);
  if (added.state === 'unsettled') return named(added.answer, snapshot);
  const { attempts } = added;
  if (added.state === 'placed') {
    return added.row.quantity === quantity
      ? { outcome: 'confirmed', attempts, facts: factsOf(facts.contractId, added.row) }
      : { outcome: 'refused', attempts, refusal: providerFailed(otherQuantity, 'NEW_REQUEST') };
  }
  const undone = added.state === 'moved' && (await isTakenBack(client, facts, added.row));
  return { outcome: 'refused', attempts, refusal: targetMoved(session, facts.contractId, added.row, MOVED, undone) };
}

async function isTakenBack(client: AppstleClient, facts: OneOffTarget, { attemptId }: WireOneOff): Promise<boolean> {
  const answer = await removeOneOff(client, { ...facts, attemptId: attemptId ?? '' }, anItem);
  return answer.outcome === 'confirmed';
}

const otherQuantity = problem('CONFLICT', 'Appstle shows the item with another quantity than asked for.');
const MOVED = 'The item was taken off, and the shop could put it back only on another order.';

/** The shopper must learn which item is gone. */
function named(answer: Answer, { facts }: Snapshot): Answer {
  if (answer.outcome === 'confirmed' || answer.outcome === 'unknown') return answer;
  const lost = `The one-time item ${facts['oneOffId'] ?? ''} was taken off its order and could not be put back.`;
  const refusal: Refusal =
    answer.outcome === 'refused'
      ? { ...answer.refusal, message: `${lost} ${answer.refusal.message}` }
      : { ...providerFailed(answer.problem, 'NEW_REQUEST'), message: lost };
  return { outcome: 'refused', attempts: answer.attempts, refusal };
}

export async function inspectAddedAgain({ client }: Session, snapshot: Snapshot, quantity: number): Promise<Finding> {
  const facts = factsIn(snapshot);
  const rows = await readRows(client, facts.contractId);
  if (rows.state === 'unread') return { state: 'unclear', problem: rows.problem };
  const row = findRow(rows.rows, facts);
  if (!row) return { state: 'no_trace' };
  if (row.quantity !== quantity) return { state: 'unclear', problem: otherQuantity };
  return { state: 'applied', facts: factsOf(facts.contractId, row) };
}
