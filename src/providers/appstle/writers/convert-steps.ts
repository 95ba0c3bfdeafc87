import type { ProviderProblem } from '../../../domain/problem.js';
import { providerFailed } from '../../../domain/refusal.js';
import type { Answer, Finding, Snapshot } from '../../../domain/write.js';
import type { Session } from '../session.js';
import { factsIn } from './add-facts.js';
import { findAddedLine } from './contract-lines.js';
import { type FindEffect, inspectLine, recurringFacts, settleLine } from './line-steps.js';
import { findRow, readRows } from './one-off-rows.js';
import { removedFacts, removeOneOff } from './one-off-steps.js';
import { anItem } from './refusals.js';

export const RAISE_QUANTITY = 'raise_quantity';
export const REPLACE_LINE = 'replace_line';

/** For a product that recurs already: a second line of it is not added. */
export async function raiseStep(session: Session, snapshot: Snapshot): Promise<Answer> {
  const { contractId } = factsIn(snapshot);
  const { recurringLineId = '', raisedQuantity = '' } = snapshot.facts;
  const result = await session.client.changeLineQuantity(contractId, recurringLineId, Number(raisedQuantity));
  return settleLine(session, contractId, result, anItem, raised(snapshot));
}

export function inspectRaised(session: Session, snapshot: Snapshot): Promise<Finding> {
  return inspectLine(session, factsIn(snapshot).contractId, raised(snapshot));
}

function raised(snapshot: Snapshot): FindEffect {
  const { recurringLineId, raisedQuantity } = snapshot.facts;
  return (lines) => {
    const line = lines.find(({ id }) => id === recurringLineId);
    return line && String(line.quantity) === raisedQuantity ? recurringFacts(factsIn(snapshot), line) : null;
  };
}

/** For a one-time line of the contract there is one call, which declines with 200 and may be worked off later. */
export async function replaceStep(session: Session, snapshot: Snapshot, quantity: number): Promise<Answer> {
  const { contractId, variantId } = factsIn(snapshot);
  const result = await session.client.makeLineRecurring(contractId, variantId, quantity);
  return settleLine(session, contractId, result, anItem, replaced(snapshot));
}

export function inspectReplaced(session: Session, snapshot: Snapshot): Promise<Finding> {
  return inspectLine(session, factsIn(snapshot).contractId, replaced(snapshot));
}

/** Done when the one-time line is gone and the recurring one is there. */
function replaced(snapshot: Snapshot): FindEffect {
  const facts = factsIn(snapshot);
  return (lines) => {
    if (lines.some(({ id }) => id === snapshot.facts['itemId'])) return null;
    const line = findAddedLine(lines, facts.variantId, facts.lines);
    return line && recurringFacts(facts, line);
  };
}

/** The item recurs by now. A one-off that stays would be delivered besides, so the answer names it. */
export async function removeConverted({ client }: Session, snapshot: Snapshot): Promise<Answer> {
  const facts = factsIn(snapshot);
  const answer = await removeOneOff(client, facts, anItem);
  if (answer.outcome === 'confirmed') return answer;
  const { attempts } = answer;
  const rows = await readRows(client, facts.contractId);
  if (rows.state === 'read' && !findRow(rows.rows, facts)) {
    return { outcome: 'confirmed', attempts, facts: removedFacts(facts) };
  }
  if (rows.state === 'unread' && answer.outcome === 'unknown') return answer;
  return { outcome: 'refused', attempts, refusal: leftOver(answer, snapshot) };
}

function leftOver(answer: Exclude<Answer, { outcome: 'confirmed' }>, { facts }: Snapshot) {
  const found: ProviderProblem | null =
    answer.outcome !== 'refused' ? answer.problem : answer.refusal.code === 'PROVIDER' ? answer.refusal.problem : null;
  const item = `the one-time item ${facts['itemId'] ?? ''} is still on order ${facts['attemptId'] ?? ''}`;
  const message = `The item recurs now, but ${item} as well, and would be delivered besides.`;
  const unstated: ProviderProblem = {
    kind: 'REJECTED',
    detail: 'Appstle did not remove it.',
    httpStatus: null,
    retryAt: null,
  };
  return { ...providerFailed(found ?? unstated, 'NEW_REQUEST'), message };
}
