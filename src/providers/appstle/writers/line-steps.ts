import { problem } from '../../../domain/problem.js';
import type { Answer, Finding, StepFacts } from '../../../domain/write.js';
import { contractLineKey, type OrderKey, toOrderKey } from '../keys.js';
import type { AppstleResult } from '../results.js';
import type { Session } from '../session.js';
import type { WireLine } from '../wire-contract.js';
import { waitForEffect } from './contract-lines.js';
import { toAnswer, type WrittenRecord } from './refusals.js';

export type FindEffect = (lines: readonly WireLine[]) => StepFacts | null;

/** Confirmed once the contract shows it: a success may come without a body, decline, or be worked off later. */
export async function settleLine(
  { client }: Session,
  contractId: string,
  result: AppstleResult,
  written: WrittenRecord,
  find: FindEffect,
): Promise<Answer> {
  if (result.outcome !== 'answered') return toAnswer(result, written);
  const { attempts } = result;
  const facts = await waitForEffect(client, contractId, result.body, find);
  return facts ? { outcome: 'confirmed', attempts, facts } : { outcome: 'unknown', attempts, problem: notShown };
}

const notShown = problem('CONFLICT', 'Appstle accepted the change and its contract does not show it yet.');

/** One look at the contract. */
export async function inspectLine({ reads }: Session, contractId: string, find: FindEffect): Promise<Finding> {
  const contract = await reads.contract.get(contractId);
  if (contract === null) return { state: 'unclear', problem: null };
  if (contract.lines.problem) return { state: 'unclear', problem: contract.lines.problem };
  const facts = find(contract.lines.records);
  return facts ? { state: 'applied', facts } : { state: 'no_trace' };
}

export function recurringFacts(key: OrderKey, { id }: WireLine): StepFacts {
  return { ...lineFacts(key, id), subscriptionKey: key.contractId };
}

export function lineFacts(key: OrderKey, lineId: string): StepFacts {
  return { orderKey: toOrderKey(key), lineItemKey: contractLineKey(key, lineId) };
}
