import type { LineItem } from '../../../domain/line-item.js';
import { problem } from '../../../domain/problem.js';
import type { Frequency } from '../../../domain/subscription.js';
import type { SendResult, StepResult, WriteProgress } from '../../../domain/write.js';
import { requireObject } from '../../kit/decode.js';
import type { JsonResult } from '../../kit/json-api.js';
import { targetMoved } from '../../kit/preparation.js';
import { anItem, confirmed, decodeAnswer, type WrittenRecord } from '../../kit/send-result.js';
import { fromLineKey, toLineKey, toOrderKey } from '../keys.js';
import type { Session } from '../session.js';
import { toInterval } from '../statuses.js';
import { decodeOnetime, decodeSubscription } from '../wire.js';
import { notConfirmed } from './refusals.js';
import type { WriteContext } from './write-context.js';

/** Puts an item on the charge of an address and a date. A success means that it is there, whatever charges show. */
export async function addOnetime(
  { client }: Session,
  { context }: WriteProgress<WriteContext>,
  quantity: number,
  written: WrittenRecord,
): Promise<SendResult> {
  const result = await client.addOnetime({ ...context, quantity });
  return toResult(result, written, () => {
    const { id, addressId, day } = decodeAnswer(result, (body) => decodeOnetime(recordIn(body, 'onetime')));
    const key = { addressId, day: day ?? context.day };
    return { orderKey: toOrderKey(key), lineItemKey: toLineKey(key, id) };
  });
}

/** Makes a subscription whose first order is the charge of an address and a date. */
export async function addSubscription(
  { client }: Session,
  { context }: WriteProgress<WriteContext>,
  quantity: number,
  frequency: Frequency,
  written: WrittenRecord,
): Promise<SendResult> {
  const result = await client.addSubscription({ ...context, quantity }, toInterval(frequency));
  return toResult(result, written, () => {
    const { id, day } = decodeAnswer(result, (body) => decodeSubscription(recordIn(body, 'subscription')));
    const key = { addressId: context.addressId, day: day ?? context.day };
    return { orderKey: toOrderKey(key), lineItemKey: toLineKey(key, id), subscriptionKey: id };
  });
}

export async function changeOnetime({ client }: Session, lineItemKey: string, quantity: number): Promise<SendResult> {
  const result = await client.changeOnetime(itemIn(lineItemKey), quantity);
  return toResult(result, anItem, () => ({ lineItemKey }));
}

/** Takes an item off. What is not there may have been charged: only a look tells that it is off. */
export async function removeOnetime({ client }: Session, lineItemKey: string): Promise<SendResult> {
  const result = await client.deleteOnetime(itemIn(lineItemKey));
  if (result.outcome === 'refused' && result.problem.kind === 'NOT_FOUND') {
    return { outcome: 'unknown', attempts: result.attempts, problem: notThere };
  }
  return toResult(result, anItem, () => ({ removedLineItemKey: lineItemKey }));
}

/** Takes an item off the order onto which it was put instead. One that was there before is the shopper's own, and stays. */
export async function takeBack(
  session: Session,
  { before }: WriteProgress<WriteContext>,
  { ref, orderRef, origin }: LineItem,
): Promise<SendResult> {
  const isOwn = before?.elsewhere?.some((line) => line.key === ref.key) ?? true;
  if (isOwn || origin !== 'UPSELL') {
    return { outcome: 'refused', attempts: 0, refusal: targetMoved(orderRef, OTHER_ORDER), isDocumented: false };
  }
  return removeOnetime(session, ref.key);
}

function toResult(result: JsonResult, written: WrittenRecord, confirm: () => StepResult): SendResult {
  return result.outcome === 'answered' ? confirmed(result.attempts, confirm) : notConfirmed(result, written);
}

function recordIn(body: unknown, name: string): unknown {
  return requireObject(body, 'the answer of a write')[name];
}

function itemIn(lineItemKey: string): string {
  return fromLineKey(lineItemKey)?.item ?? '';
}

const notThere = problem('NOT_FOUND', 'Recharge does not know the item, which does not tell whether it was charged.');

const OTHER_ORDER = 'The shop put the item on another order.';
