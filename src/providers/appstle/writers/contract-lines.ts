import { ProviderFailure } from '../../../domain/problem.js';
import type { OrderBefore, SendResult, StepResult, WriteProgress } from '../../../domain/write.js';
import { anItem, type WrittenRecord } from '../../kit/send-result.js';
import { contractLineKey, fromLineKey, type OrderKey } from '../keys.js';
import type { AppstleResult } from '../requests.js';
import type { Session } from '../session.js';
import { decodeContract, type WireLine } from '../wire-contract.js';
import { notConfirmed, notShown } from './refusals.js';
import type { WriteContext } from './write-context.js';

/** Adds a recurring line. Sent once: a repeat would add a second one. */
export async function addLine(
  { client }: Session,
  { context, before }: WriteProgress<WriteContext>,
  quantity: number,
  written: WrittenRecord,
): Promise<SendResult> {
  const { contractId, variantId } = context;
  const result = await client.addRecurringLine(contractId, variantId, quantity);
  return readAnswer(result, written, (lines) => {
    const line = findAdded(lines, context, before);
    return line && recurringKeys(context, line.id);
  });
}

/** Sets the quantity of a line. */
export async function changeLine(
  { client }: Session,
  { context, before }: WriteProgress<WriteContext>,
  lineItemKey: string,
  quantity: number,
): Promise<SendResult> {
  const { contractId, lineId } = lineOf(lineItemKey);
  const result = await client.changeLineQuantity(contractId, lineId, quantity);
  return readAnswer(result, anItem, (lines) => {
    const line = lines.find(({ id }) => id === lineId);
    if (!line) return null;
    // Another quantity than asked for is what the shop made of it, unless it is the old one: answers lag.
    const isApplied = line.quantity === quantity || line.quantity !== quantityBefore(before, lineItemKey);
    if (!isApplied) return null;
    return line.oneTime ? { lineItemKey } : recurringKeys(context, line.id);
  });
}

export async function removeLine({ client }: Session, lineItemKey: string): Promise<SendResult> {
  const { contractId, lineId } = lineOf(lineItemKey);
  const result = await client.removeLine(contractId, lineId);
  return readAnswer(result, anItem, (lines) =>
    lines.some(({ id }) => id === lineId) ? null : { removedLineItemKey: lineItemKey },
  );
}

/** Puts a recurring line in place of a one-time one: one call, which declines with 200 and may be worked off later. */
export async function replaceLine(
  { client }: Session,
  { context, before }: WriteProgress<WriteContext>,
  lineItemKey: string,
  quantity: number,
): Promise<SendResult> {
  const { contractId, lineId } = lineOf(lineItemKey);
  const result = await client.makeLineRecurring(contractId, context.variantId, quantity);
  return readAnswer(result, anItem, (lines) => {
    if (lines.some(({ id }) => id === lineId)) return null;
    const line = findAdded(lines, context, before);
    return line && { ...recurringKeys(context, line.id), removedLineItemKey: lineItemKey };
  });
}

/** Confirms by an answer that shows the effect: a success may come without a body, or before the work is done. */
function readAnswer(
  result: AppstleResult,
  written: WrittenRecord,
  find: (lines: readonly WireLine[]) => StepResult | null,
): SendResult {
  if (result.outcome !== 'answered') return notConfirmed(result, written);
  const { attempts } = result;
  const lines = linesIn(result.body);
  const keys = lines && find(lines);
  return keys ? { outcome: 'confirmed', attempts, result: keys } : { outcome: 'unknown', attempts, problem: notShown };
}

/** Returns the lines of an answer; null for one that shows none, or not all of them. */
function linesIn(body: unknown): readonly WireLine[] | null {
  if (body === null) return null;
  try {
    const { lines, hasLines } = decodeContract(body);
    return hasLines && lines.problem === null ? lines.records : null;
  } catch (error) {
    if (error instanceof ProviderFailure) return null;
    throw error;
  }
}

/** Finds the recurring line of the variant that is new, or that has more than before where the shop adds up instead. */
function findAdded(
  lines: readonly WireLine[],
  { variantId, ...key }: WriteContext,
  before: OrderBefore | null,
): WireLine | null {
  // Without them it cannot be told which line is new.
  if (!before?.lines) return null;
  const was = new Map(before.lines.map((line) => [line.key, line.quantity]));
  const own = lines.filter((line) => line.variantId === variantId && !line.oneTime);
  const quantityWas = ({ id }: WireLine) => was.get(contractLineKey(key, id)) ?? 0;
  return own.find((line) => quantityWas(line) === 0) ?? own.find((line) => line.quantity > quantityWas(line)) ?? null;
}

function quantityBefore(before: OrderBefore | null, lineItemKey: string): number | null {
  return before?.lines?.find(({ key }) => key === lineItemKey)?.quantity ?? null;
}

function recurringKeys(key: OrderKey, lineId: string): StepResult {
  return { lineItemKey: contractLineKey(key, lineId), subscriptionKey: key.contractId };
}

function lineOf(lineItemKey: string) {
  const key = fromLineKey(lineItemKey);
  if (key?.kind !== 'line') throw new TypeError('a contract line was prepared under a key that is none');
  return key;
}
