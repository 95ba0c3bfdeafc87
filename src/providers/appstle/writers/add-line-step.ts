import type { Answer, Finding, Snapshot } from '../../../domain/write.js';
import type { Session } from '../session.js';
import { factsIn } from './add-facts.js';
import { findAddedLine } from './contract-lines.js';
import { type FindEffect, inspectLine, recurringFacts, settleLine } from './line-steps.js';
import { anOrder, type WrittenRecord } from './refusals.js';

/** Sent once: a repeat would add a second line. */
export async function addLineStep(
  session: Session,
  snapshot: Snapshot,
  quantity: number,
  written: WrittenRecord = anOrder,
): Promise<Answer> {
  const { contractId, variantId } = factsIn(snapshot);
  const result = await session.client.addRecurringLine(contractId, variantId, quantity);
  return settleLine(session, contractId, result, written, effectOf(snapshot));
}

export function inspectAddedLine(session: Session, snapshot: Snapshot): Promise<Finding> {
  return inspectLine(session, factsIn(snapshot).contractId, effectOf(snapshot));
}

function effectOf(snapshot: Snapshot): FindEffect {
  const facts = factsIn(snapshot);
  return (lines) => {
    const line = findAddedLine(lines, facts.variantId, facts.lines);
    return line && recurringFacts(facts, line);
  };
}
