import { problem } from '../../../domain/problem.js';
import type { SendResult, InspectResult, StepResult } from '../../../domain/write.js';
import { contractLineKey, type OrderKey, toOrderKey } from '../keys.js';
import type { AppstleResult } from '../results.js';
import type { Session } from '../session.js';
import type { WireLine } from '../wire-contract.js';
import { waitForEffect } from './contract-lines.js';
import { toAnswer, type WrittenRecord } from './refusals.js';

export type FindEffect = (lines: readonly WireLine[]) => StepResult | null;

/** Confirmed once the contract shows it: a success may come without a body, decline, or be worked off later. */
export async function settleLine(
  { client }: Session,
  contractId: string,
  result: AppstleResult,
  written: WrittenRecord,
  find: FindEffect,
): Promise<SendResult> {
  if (result.outcome !== 'answered') return toAnswer(result, written);
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
