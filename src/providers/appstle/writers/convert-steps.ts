import type { ProviderProblem } from '../../../domain/problem.js';
import { providerFailed } from '../../../domain/refusal.js';
import type { SendResult, InspectResult, Snapshot } from '../../../domain/write.js';
import { anItem } from '../../kit/send-result.js';
import type { Session } from '../session.js';
import { contextOf } from './write-context.js';
import { findAddedLine } from './contract-lines.js';
import { type FindEffect, inspectLine, recurringResult, settleLine } from './line-steps.js';
import { findRow, readRows } from './one-off-rows.js';
import { removedResult, removeOneOff } from './one-off-steps.js';

export const RAISE_QUANTITY = 'raise_quantity';
export const REPLACE_LINE = 'replace_line';

/** For a product that recurs already: a second line of it is not added. */
export async function raiseStep(session: Session, snapshot: Snapshot): Promise<SendResult> {
  const { contractId } = contextOf(snapshot);
  const { recurringLineId = '', raisedQuantity = '' } = snapshot.context;
  const result = await session.client.changeLineQuantity(contractId, recurringLineId, Number(raisedQuantity));
  return settleLine(session, contractId, result, anItem, raised(snapshot));
}

export function inspectRaised(session: Session, snapshot: Snapshot): Promise<InspectResult> {
  return inspectLine(session, contextOf(snapshot).contractId, raised(snapshot));
}

function raised(snapshot: Snapshot): FindEffect {
  const { recurringLineId, raisedQuantity } = snapshot.context;
  return (lines) => {
    const line = lines.find(({ id }) => id === recurringLineId);
    return line && String(line.quantity) === raisedQuantity ? recurringResult(contextOf(snapshot), line) : null;
  };
}

/** For a one-time line of the contract there is one call, which declines with 200 and may be worked off later. */
export async function replaceStep(session: Session, snapshot: Snapshot, quantity: number): Promise<SendResult> {
  const { contractId, variantId } = contextOf(snapshot);
  const result = await session.client.makeLineRecurring(contractId, variantId, quantity);
  return settleLine(session, contractId, result, anItem, replaced(snapshot));
}

export function inspectReplaced(session: Session, snapshot: Snapshot): Promise<InspectResult> {
  return inspectLine(session, contextOf(snapshot).contractId, replaced(snapshot));
}

/** Done when the one-time line is gone and the recurring one is there. */
function replaced(snapshot: Snapshot): FindEffect {
  const context = contextOf(snapshot);
  return (lines) => {
    if (lines.some(({ id }) => id === snapshot.context['itemId'])) return null;
    const line = findAddedLine(lines, context.variantId, context.lines);
    return line && recurringResult(context, line);
  };
}

/** The item recurs by now. A one-off that stays would be delivered besides, so the answer names it. */
export async function removeConverted({ client }: Session, snapshot: Snapshot): Promise<SendResult> {
  const context = contextOf(snapshot);
  const sent = await removeOneOff(client, context, anItem);
  if (sent.outcome === 'confirmed') return sent;
  const { attempts } = sent;
  const rows = await readRows(client, context.contractId);
  if (rows.state === 'found' && !findRow(rows.value, context)) {
    return { outcome: 'confirmed', attempts, result: removedResult(context) };
  }
  if (rows.state === 'failed' && sent.outcome === 'unknown') return sent;
  return { outcome: 'refused', attempts, refusal: leftOver(sent, snapshot) };
}

function leftOver(answer: Exclude<SendResult, { outcome: 'confirmed' }>, { context }: Snapshot) {
  const found: ProviderProblem | null =
    answer.outcome !== 'refused' ? answer.problem : answer.refusal.code === 'PROVIDER' ? answer.refusal.problem : null;
  const item = `the one-time item ${context['itemId'] ?? ''} is still on order ${context['attemptId'] ?? ''}`;
  const message = `The item recurs now, but ${item} as well, and would be delivered besides.`;
  const unstated: ProviderProblem = {
    kind: 'REJECTED',
    detail: 'Appstle did not remove it.',
    httpStatus: null,
    retryAt: null,
  };
  return { ...providerFailed(found ?? unstated, 'NEW_REQUEST'), message };
}
