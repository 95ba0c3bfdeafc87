import { problem } from '../../../domain/problem.js';
import { providerFailed } from '../../../domain/refusal.js';
import type { SendResult, InspectResult, StepResult } from '../../../domain/write.js';
import type { AppstleClient, OneOffTarget } from '../client.js';
import { oneOffKey, toOrderKey } from '../keys.js';
import type { WireOneOff } from '../wire.js';
import { findNewRow, findRow, type Rows, readRows, rowsAfter } from './one-off-rows.js';
import { toAnswer, type WrittenRecord } from './refusals.js';

export interface WantedOneOff extends OneOffTarget {
  readonly handle: string;
  readonly quantity: number;
  /** Where one-offs of the contract were before. */
  readonly pairs: string;
}

/**
 * `moved`: on another order than the one asked for. `absorbed`: another order has the product already and nothing was
 * added; the row is null when several have it, so that it is not known which was used.
 */
export type Added =
  | { readonly state: 'placed' | 'moved'; readonly attempts: number; readonly row: WireOneOff }
  | { readonly state: 'absorbed'; readonly attempts: number; readonly row: WireOneOff | null }
  | { readonly state: 'unsettled'; readonly answer: SendResult };

/** Adds, and reads back which order was really used: Appstle moves silently. */
export async function addOneOff(client: AppstleClient, wanted: WantedOneOff, written: WrittenRecord): Promise<Added> {
  const result = await client.addOneOff(wanted, wanted);
  if (result.outcome !== 'answered') return { state: 'unsettled', answer: toAnswer(result, written) };
  const { attempts } = result;
  const rows = await rowsAfter(client, wanted.contractId, result.body);
  if (rows.state === 'unread') {
    return { state: 'unsettled', answer: { outcome: 'unknown', attempts, problem: rows.problem } };
  }
  const placed = findRow(rows.rows, wanted);
  if (placed) return { state: 'placed', attempts, row: placed };
  const moved = findNewRow(rows.rows, wanted.variantId, wanted.pairs);
  if (moved) return { state: 'moved', attempts, row: moved };
  const others = rows.rows.filter(({ variantId }) => variantId === wanted.variantId);
  if (others.length > 0) return { state: 'absorbed', attempts, row: others.length === 1 ? (others[0] ?? null) : null };
  return { state: 'unsettled', answer: { outcome: 'unknown', attempts, problem: notShown } };
}

const notShown = problem('CONTRACT_DRIFT', 'Appstle accepted the item and does not show it.');

/** Removes; an item that is not there is removed. */
export async function removeOneOff(
  client: AppstleClient,
  target: OneOffTarget,
  written: WrittenRecord,
): Promise<SendResult> {
  const result = await client.removeOneOff(target);
  if (result.outcome !== 'answered') return toAnswer(result, written);
  const { attempts } = result;
  const rows = await rowsAfter(client, target.contractId, result.body);
  if (rows.state === 'read' && findRow(rows.rows, target)) {
    return { outcome: 'refused', attempts, refusal: providerFailed(stillThere, 'NEW_REQUEST') };
  }
  return { outcome: 'confirmed', attempts, result: removedResult(target) };
}

const stillThere = problem('REJECTED', 'Appstle accepted the removal and still shows the item.');

export async function inspectAdded(client: AppstleClient, wanted: WantedOneOff): Promise<InspectResult> {
  return judge(await readRows(client, wanted.contractId), (rows) => {
    const row = findRow(rows, wanted) ?? findNewRow(rows, wanted.variantId, wanted.pairs);
    return row && placedResult(wanted.contractId, row);
  });
}

export async function inspectRemoved(client: AppstleClient, target: OneOffTarget): Promise<InspectResult> {
  return judge(await readRows(client, target.contractId), (rows) =>
    findRow(rows, target) ? null : removedResult(target),
  );
}

function judge(rows: Rows, look: (rows: readonly WireOneOff[]) => StepResult | null): InspectResult {
  if (rows.state === 'unread') return { state: 'unclear', problem: rows.problem };
  const stepResult = look(rows.rows);
  return stepResult ? { state: 'applied', result: stepResult } : { state: 'no_trace' };
}

export function placedResult(contractId: string, { attemptId, variantId }: WireOneOff): StepResult {
  const key = { contractId, attemptId: attemptId ?? '' };
  return { orderKey: toOrderKey(key), lineItemKey: oneOffKey(key, variantId) };
}

export function removedResult(target: OneOffTarget): StepResult {
  return { orderKey: toOrderKey(target), removedLineItemKey: oneOffKey(target, target.variantId) };
}
