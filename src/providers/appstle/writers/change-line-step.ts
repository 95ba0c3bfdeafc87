import type { SendResult, InspectResult } from '../../../domain/write.js';
import { fromLineKey } from '../keys.js';
import type { Session } from '../session.js';
import { type FindEffect, inspectLine, lineResult, settleLine } from './line-steps.js';
import { anItem } from './refusals.js';

export const CHANGE_LINE = 'change_quantity';

export async function changeLineStep(session: Session, lineItemKey: string, quantity: number): Promise<SendResult> {
  const { contractId, lineId, effect } = changeOf(lineItemKey, quantity);
  const result = await session.client.changeLineQuantity(contractId, lineId, quantity);
  return settleLine(session, contractId, result, anItem, effect);
}

export function inspectChangedLine(session: Session, lineItemKey: string, quantity: number): Promise<InspectResult> {
  const { contractId, effect } = changeOf(lineItemKey, quantity);
  return inspectLine(session, contractId, effect);
}

function changeOf(lineItemKey: string, quantity: number) {
  const key = fromLineKey(lineItemKey);
  if (key?.kind !== 'line') throw new TypeError('a contract line was prepared under a key that is none');
  const effect: FindEffect = (lines) => {
    const line = lines.find(({ id }) => id === key.lineId);
    return line?.quantity === quantity ? lineResult(key, line.id) : null;
  };
  return { contractId: key.contractId, lineId: key.lineId, effect };
}
