import type { ProviderProblem } from '../../../domain/problem.js';
import { providerFailed } from '../../../domain/refusal.js';
import type { SendResult, InspectResult, Snapshot } from '../../../domain/write.js';
import { type Infer, integer, optionalText, text } from '../../kit/decode.js';
import { anItem } from '../../kit/send-result.js';
import type { Session } from '../session.js';
import { findAddedLine } from './contract-lines.js';
import { type FindEffect, inspectLine, recurringResult, settleLine } from './line-steps.js';
import { findRow, readRows } from './one-off-rows.js';
import { removedResult, removeOneOff } from './one-off-steps.js';
import { decodeContextWith } from './write-context.js';

/** Decodes what a conversion needs. */
export const decodeConvertContext = decodeContextWith((fields) => ({
  quantity: integer(fields, 'quantity'),
  /** The one-time item, by the provider's identifier. */
  itemId: text(fields, 'itemId'),
  /** The line of the product that recurs already; null when there is none. */
  recurringLineId: optionalText(fields, 'recurringLineId'),
  raisedQuantity: integer(fields, 'raisedQuantity'),
}));

export type ConvertContext = Infer<typeof decodeConvertContext>;

export const RAISE_QUANTITY = 'raise_quantity';
export const REPLACE_LINE = 'replace_line';

/** For a product that recurs already: a second line of it is not added. */
export async function raiseStep(session: Session, snapshot: Snapshot<ConvertContext>): Promise<SendResult> {
  const { contractId, recurringLineId, raisedQuantity } = snapshot.context;
  const result = await session.client.changeLineQuantity(contractId, recurringLineId ?? '', raisedQuantity);
  return settleLine(session, contractId, result, anItem, raised(snapshot));
}

export function inspectRaised(session: Session, snapshot: Snapshot<ConvertContext>): Promise<InspectResult> {
  return inspectLine(session, snapshot.context.contractId, raised(snapshot));
}

function raised(snapshot: Snapshot<ConvertContext>): FindEffect {
  const { recurringLineId, raisedQuantity } = snapshot.context;
  return (lines) => {
    const line = lines.find(({ id }) => id === recurringLineId);
    return line && line.quantity === raisedQuantity ? recurringResult(snapshot.context, line) : null;
  };
}

/** For a one-time line of the contract there is one call, which declines with 200 and may be worked off later. */
export async function replaceStep(
  session: Session,
  snapshot: Snapshot<ConvertContext>,
  quantity: number,
): Promise<SendResult> {
  const { contractId, variantId } = snapshot.context;
  const result = await session.client.makeLineRecurring(contractId, variantId, quantity);
  return settleLine(session, contractId, result, anItem, replaced(snapshot));
}

export function inspectReplaced(session: Session, snapshot: Snapshot<ConvertContext>): Promise<InspectResult> {
  return inspectLine(session, snapshot.context.contractId, replaced(snapshot));
}

/** Done when the one-time line is gone and the recurring one is there. */
function replaced(snapshot: Snapshot<ConvertContext>): FindEffect {
  const { context } = snapshot;
  return (lines) => {
    if (lines.some(({ id }) => id === context.itemId)) return null;
    const line = findAddedLine(lines, context.variantId, context.lines);
    return line && recurringResult(context, line);
  };
}

/** The item recurs by now. A one-off that stays would be delivered besides, so the answer names it. */
export async function removeConverted({ client }: Session, snapshot: Snapshot<ConvertContext>): Promise<SendResult> {
  const { context } = snapshot;
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

function leftOver(answer: Exclude<SendResult, { outcome: 'confirmed' }>, { context }: Snapshot<ConvertContext>) {
  const found: ProviderProblem | null =
    answer.outcome !== 'refused' ? answer.problem : answer.refusal.code === 'PROVIDER' ? answer.refusal.problem : null;
  const item = `the one-time item ${context.itemId} is still on order ${context.attemptId}`;
  const message = `The item recurs now, but ${item} as well, and would be delivered besides.`;
  const unstated: ProviderProblem = {
    kind: 'REJECTED',
    detail: 'Appstle did not remove it.',
    httpStatus: null,
    retryAt: null,
  };
  return { ...providerFailed(found ?? unstated, 'NEW_REQUEST'), message };
}
