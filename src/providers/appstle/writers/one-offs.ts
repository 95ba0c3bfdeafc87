import type { LineItem } from '../../../domain/line-item.js';
import { problem } from '../../../domain/problem.js';
import type { LineBefore, SendResult, StepResult, WriteProgress } from '../../../domain/write.js';
import { type Decoded, decodeEach, recordProblem } from '../../kit/decode.js';
import { targetMoved } from '../../kit/preparation.js';
import { refTo } from '../../kit/references.js';
import { anItem, type WrittenRecord } from '../../kit/send-result.js';
import type { OneOffTarget } from '../client.js';
import { fromLineKey, oneOffKey, toOrderKey } from '../keys.js';
import type { Session } from '../session.js';
import { decodeOneOff, type WireOneOff } from '../wire.js';
import { rowsOf } from '../wire-values.js';
import { notConfirmed, notShown } from './refusals.js';
import type { WriteContext } from './write-context.js';

/** Puts an item on an order. The answer lists all one-offs of the contract, and so names the order that was really used. */
export async function addOneOff(
  session: Session,
  progress: WriteProgress<WriteContext>,
  quantity: number,
  written: WrittenRecord,
): Promise<SendResult> {
  const { context } = progress;
  const result = await session.client.addOneOff(context, { handle: context.handle, quantity });
  if (result.outcome !== 'answered') return notConfirmed(result, written);
  const { attempts } = result;
  const { records, problem: gap } = rowsIn(result.body);
  const rows = records.filter(({ variantId, attemptId }) => variantId === context.variantId && attemptId !== null);
  const placed = rows.find(({ attemptId }) => attemptId === context.attemptId);
  if (placed) return { outcome: 'confirmed', attempts, result: keysOf(context, placed) };
  const before = progress.before?.elsewhere ?? null;
  const moved = before && rows.find((row) => isNew(row, context, before));
  if (moved) return { outcome: 'confirmed', attempts, result: keysOf(context, moved) };
  if (gap !== null || before === null || rows.length === 0) {
    return { outcome: 'unknown', attempts, problem: gap ?? notShown };
  }
  return { outcome: 'refused', attempts, refusal: absorbed(session, context, rows), isDocumented: false };
}

/**
 * Takes an item off an order. Appstle answers alike for whatever is not there, and leaves alone what is on an order that
 * is being billed: only a look tells that it is off.
 */
export async function removeOneOff(session: Session, target: OneOffTarget): Promise<SendResult> {
  const sent = await sendRemoval(session, target);
  return sent.outcome === 'gone' ? { outcome: 'unknown', attempts: sent.attempts, problem: notListed } : sent;
}

/** Takes an item off an order that was open a moment ago, to put it back at once: the answer has to do. */
export async function takeOffOneOff(session: Session, target: OneOffTarget): Promise<SendResult> {
  const sent = await sendRemoval(session, target);
  // The result names no removed line: the item is to be back under the same key.
  return sent.outcome === 'gone' ? { outcome: 'confirmed', attempts: sent.attempts, result: {} } : sent;
}

type Removal = SendResult | { readonly outcome: 'gone'; readonly attempts: number };

async function sendRemoval({ client }: Session, target: OneOffTarget): Promise<Removal> {
  const result = await client.removeOneOff(target);
  if (result.outcome !== 'answered') return notConfirmed(result, anItem);
  const { attempts } = result;
  const { records, problem: gap } = rowsIn(result.body);
  const isThere = records.some(
    ({ attemptId, variantId }) => attemptId === target.attemptId && variantId === target.variantId,
  );
  return gap !== null || isThere
    ? { outcome: 'unknown', attempts, problem: gap ?? notShown }
    : { outcome: 'gone', attempts };
}

/** Takes an item off the order onto which Appstle moved it. One that was there before is the shopper's own, and stays. */
export async function takeBackOneOff(
  session: Session,
  { before }: WriteProgress<WriteContext>,
  { ref, orderRef }: LineItem,
): Promise<SendResult> {
  const key = fromLineKey(ref.key);
  const isOwn = before?.elsewhere?.some((line) => line.key === ref.key) ?? true;
  if (key?.kind !== 'one-off' || isOwn) {
    return { outcome: 'refused', attempts: 0, refusal: targetMoved(orderRef, HAS_IT_ALREADY), isDocumented: false };
  }
  return removeOneOff(session, key);
}

/** Decodes the rows of an answer. One without a body has none, and that is a gap. */
function rowsIn(body: unknown): Decoded<WireOneOff> {
  if (body === null) return { records: [], problem: notShown };
  try {
    return decodeEach(rowsOf(body), decodeOneOff);
  } catch (error) {
    return { records: [], problem: recordProblem(error) };
  }
}

function isNew(row: WireOneOff, { contractId }: WriteContext, before: readonly LineBefore[]): boolean {
  const key = oneOffKey({ contractId, attemptId: row.attemptId ?? '' }, row.variantId);
  return before.find((line) => line.key === key)?.quantity !== row.quantity;
}

function keysOf({ contractId }: WriteContext, { attemptId, variantId }: WireOneOff): StepResult {
  const key = { contractId, attemptId: attemptId ?? '' };
  return { orderKey: toOrderKey(key), lineItemKey: oneOffKey(key, variantId) };
}

/** Refuses an add that put nothing new on the order, which has the item already. Of several it is not known which. */
function absorbed({ account }: Session, { contractId }: WriteContext, rows: readonly WireOneOff[]) {
  const [row, ...others] = rows;
  const attemptId = others.length === 0 ? (row?.attemptId ?? null) : null;
  const order = attemptId === null ? null : refTo(account, 'Order', toOrderKey({ contractId, attemptId }));
  return targetMoved(order, HAS_IT_ALREADY);
}

const notListed = problem('CONFLICT', 'Appstle does not list the item, which does not tell whether it was billed.');

const HAS_IT_ALREADY = 'The shop could only use another order, which has this item already.';
