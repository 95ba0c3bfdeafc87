import type { SendResult, InspectResult, Snapshot } from '../../../domain/write.js';
import type { Session } from '../session.js';
import { contextOf } from './write-context.js';
import { findAddedLine } from './contract-lines.js';
import { type FindEffect, inspectLine, recurringResult, settleLine } from './line-steps.js';
import { anOrder, type WrittenRecord } from './refusals.js';

/** Sent once: a repeat would add a second line. */
export async function addLineStep(
  session: Session,
  snapshot: Snapshot,
  quantity: number,
  written: WrittenRecord = anOrder,
): Promise<SendResult> {
  const { contractId, variantId } = contextOf(snapshot);
  const result = await session.client.addRecurringLine(contractId, variantId, quantity);
  return settleLine(session, contractId, result, written, effectOf(snapshot));
}

export function inspectAddedLine(session: Session, snapshot: Snapshot): Promise<InspectResult> {
  return inspectLine(session, contextOf(snapshot).contractId, effectOf(snapshot));
}

function effectOf(snapshot: Snapshot): FindEffect {
  const context = contextOf(snapshot);
  return (lines) => {
    const line = findAddedLine(lines, context.variantId, context.lines);
    return line && recurringResult(context, line);
  };
}
