import { problem } from '../../../domain/problem.js';
import type { InspectResult, SendResult, Snapshot, StepResult } from '../../../domain/write.js';
import { anItem, anOrder, type WrittenRecord } from '../../kit/send-result.js';
import { contractLineKey, fromLineKey, type OrderKey, toOrderKey } from '../keys.js';
import type { AppstleResult } from '../requests.js';
import type { Session } from '../session.js';
import type { WireLine } from '../wire-contract.js';
import { findAddedLine, waitForEffect } from './contract-lines.js';
import { notConfirmed } from './refusals.js';
import type { WriteContext } from './write-context.js';

export type FindEffect = (lines: readonly WireLine[]) => StepResult | null;

/** Confirmed once the contract shows it: a success may come without a body, decline, or be worked off later. */
export async function settleLine(
  { client }: Session,
  contractId: string,
  result: AppstleResult,
  written: WrittenRecord,
  find: FindEffect,
): Promise<SendResult> {
  if (result.outcome !== 'answered') return notConfirmed(result, written);
  const { attempts } = result;
  const stepResult = await waitForEffect(client, contractId, result.body, find);
  return stepResult
    ? { outcome: 'confirmed', attempts, result: stepResult }
    : { outcome: 'unknown', attempts, problem: notShown };
}

const notShown = problem('CONFLICT', 'Appstle accepted the change and its contract does not show it yet.');

/** One look at the contract. */
export async function inspectLine({ reads }: Session, contractId: string, find: FindEffect): Promise<InspectResult> {
  const contract = await reads.contract.get(contractId);
  if (contract === null) return { state: 'unclear', problem: null };
  if (contract.lines.problem) return { state: 'unclear', problem: contract.lines.problem };
  const stepResult = find(contract.lines.records);
  return stepResult ? { state: 'applied', result: stepResult } : { state: 'no_trace' };
}

export function recurringResult(key: OrderKey, { id }: WireLine): StepResult {
  return { ...lineResult(key, id), subscriptionKey: key.contractId };
}

export function lineResult(key: OrderKey, lineId: string): StepResult {
  return { orderKey: toOrderKey(key), lineItemKey: contractLineKey(key, lineId) };
}

/** Sent once: a repeat would add a second line. */
export async function addLineStep(
  session: Session,
  snapshot: Snapshot<WriteContext>,
  quantity: number,
  written: WrittenRecord = anOrder,
): Promise<SendResult> {
  const { contractId, variantId } = snapshot.context;
  const result = await session.client.addRecurringLine(contractId, variantId, quantity);
  return settleLine(session, contractId, result, written, added(snapshot));
}

export function inspectAddedLine(session: Session, snapshot: Snapshot<WriteContext>): Promise<InspectResult> {
  return inspectLine(session, snapshot.context.contractId, added(snapshot));
}

function added(snapshot: Snapshot<WriteContext>): FindEffect {
  const { context } = snapshot;
  return (lines) => {
    const line = findAddedLine(lines, context.variantId, context.lines);
    return line && recurringResult(context, line);
  };
}

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
