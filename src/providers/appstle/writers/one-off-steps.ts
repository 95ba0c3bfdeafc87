import { problem } from '../../../domain/problem.js';
import { providerFailed, type RefusalOf } from '../../../domain/refusal.js';
import type { InspectResult, SendResult, Snapshot, StepResult, WriteProgress } from '../../../domain/write.js';
import { targetMoved } from '../../kit/preparation.js';
import { refTo } from '../../kit/references.js';
import { anOrder, type WrittenRecord } from '../../kit/send-result.js';
import type { AppstleClient, OneOffTarget } from '../client.js';
import { fromOrderKey, oneOffKey, toOrderKey } from '../keys.js';
import type { Session } from '../session.js';
import type { WireOneOff } from '../wire.js';
import { findNewRow, findRow, readRows, type Rows, rowsAfter } from './one-off-rows.js';
import { notConfirmed } from './refusals.js';
import { ADD_ITEM, type WriteContext } from './write-context.js';

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
  if (result.outcome !== 'answered') return { state: 'unsettled', answer: notConfirmed(result, written) };
  const { attempts } = result;
  const rows = await rowsAfter(client, wanted.contractId, result.body);
  if (rows.state === 'failed') {
    return { state: 'unsettled', answer: { outcome: 'unknown', attempts, problem: rows.problem } };
  }
  const placed = findRow(rows.value, wanted);
  if (placed) return { state: 'placed', attempts, row: placed };
  const moved = findNewRow(rows.value, wanted.variantId, wanted.pairs);
  if (moved) return { state: 'moved', attempts, row: moved };
  const others = rows.value.filter(({ variantId }) => variantId === wanted.variantId);
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
  if (result.outcome !== 'answered') return notConfirmed(result, written);
  const { attempts } = result;
  const rows = await rowsAfter(client, target.contractId, result.body);
  if (rows.state === 'found' && findRow(rows.value, target)) {
    return { outcome: 'refused', attempts, refusal: providerFailed(stillThere, 'NEW_REQUEST') };
  }
  return { outcome: 'confirmed', attempts, result: removedResult(target) };
}

const stillThere = problem('REJECTED', 'Appstle accepted the removal and still shows the item.');

export async function inspectAdded(client: AppstleClient, wanted: WantedOneOff): Promise<InspectResult> {
  return inspectRows(await readRows(client, wanted.contractId), (rows) => {
    const row = findRow(rows, wanted) ?? findNewRow(rows, wanted.variantId, wanted.pairs);
    return row && placedResult(wanted.contractId, row);
  });
}

export async function inspectRemoved(client: AppstleClient, target: OneOffTarget): Promise<InspectResult> {
  return inspectRows(await readRows(client, target.contractId), (rows) =>
    findRow(rows, target) ? null : removedResult(target),
  );
}

function inspectRows(rows: Rows, look: (rows: readonly WireOneOff[]) => StepResult | null): InspectResult {
  if (rows.state === 'failed') return { state: 'unclear', problem: rows.problem };
  const stepResult = look(rows.value);
  return stepResult ? { state: 'applied', result: stepResult } : { state: 'no_trace' };
}

export function placedResult(contractId: string, { attemptId, variantId }: WireOneOff): StepResult {
  const key = { contractId, attemptId: attemptId ?? '' };
  return { orderKey: toOrderKey(key), lineItemKey: oneOffKey(key, variantId) };
}

export function removedResult(target: OneOffTarget): StepResult {
  return { orderKey: toOrderKey(target), removedLineItemKey: oneOffKey(target, target.variantId) };
}

/** Adds an item. The result names the order that was really used: the write protocol takes the item back when it was not wanted there. */
export async function addOneOffStep(
  session: Session,
  snapshot: Snapshot<WriteContext>,
  quantity: number,
): Promise<SendResult> {
  const { context } = snapshot;
  const added = await addOneOff(session.client, { ...context, quantity }, anOrder);
  if (added.state === 'unsettled') return added.answer;
  const { attempts } = added;
  if (added.state === 'absorbed') {
    const refusal = movedRefusal(session, context.contractId, added.row, NOTHING_ADDED);
    return { outcome: 'refused', attempts, refusal };
  }
  return { outcome: 'confirmed', attempts, result: placedResult(context.contractId, added.row) };
}

export function inspectAddedOneOff(
  { client }: Session,
  snapshot: Snapshot<WriteContext>,
  quantity: number,
): Promise<InspectResult> {
  return inspectAdded(client, { ...snapshot.context, quantity });
}

/** Documented as repeat-safe. */
export async function takeBackOneOff(
  { client }: Session,
  { snapshot, done }: WriteProgress<WriteContext>,
): Promise<SendResult> {
  const { variantId, ...asked } = snapshot.context;
  const used = fromOrderKey(done[ADD_ITEM]?.orderKey ?? '') ?? asked;
  return removeOneOff(client, { contractId: used.contractId, attemptId: used.attemptId, variantId }, anOrder);
}

/** The refusal of an item that went, or would go, to another order of the contract. */
export function movedRefusal(
  { account }: Session,
  contractId: string,
  row: WireOneOff | null,
  message: string,
  undone = false,
): RefusalOf<'TARGET_MOVED'> {
  const attemptId = row?.attemptId ?? null;
  const order = attemptId === null ? null : refTo(account, 'Order', toOrderKey({ contractId, attemptId }));
  return targetMoved(order, message, undone);
}

const NOTHING_ADDED = 'The shop could only use another order, which has this item already. Nothing was added.';
