import {
  decodeEach,
  type Infer,
  integer,
  isJsonObject,
  type JsonObject,
  listOf,
  objectIn,
  optionalBoolean,
  optionalInteger,
  optionalText,
  record,
  requireList,
  requireObject,
  statusText,
  text,
} from '../kit/decode.js';
import { decodePlan, toFrequency } from './wire-plan.js';

/** Returns the contracts in an answer. Null when it holds no list of them. */
export function findContracts(body: unknown): readonly unknown[] | null {
  if (!isJsonObject(body)) return null;
  const names = ['contracts', 'subscriptionContracts', 'subscriptions'];
  return names.map((name) => body[name]).find((value) => Array.isArray(value)) ?? null;
}

/**
 * Decodes a contract, by several readings because the whole body is not printed.
 * See https://docs.centra.com/fe-development/subscriptions
 */
export const decodeContract = record('a contract', (fields) => {
  const contract = optionalText(fields, 'contract') ?? text(fields, 'id');
  const address = objectIn(fields, 'shippingAddress');
  return {
    contract,
    country: optionalText(address, 'country'),
    /** Of the shipping address; the customer is not stated. */
    email: optionalText(address, 'email'),
    /** Words differ between pages. */
    hasActivePayment: listOf(fields, 'subscriptionPayment')
      .filter(isJsonObject)
      .some((payment) => optionalText(payment, 'status')?.toUpperCase() === 'ACTIVE'),
    subscriptions: decodeEach(
      requireList(fields, 'subscriptions'),
      (each) => decodeSubscription(requireObject(each, 'a subscription'), contract),
      'subscription',
    ),
  };
});

export type WireContract = Infer<typeof decodeContract>;

export type WireSubscription = ReturnType<typeof decodeSubscription>;

function decodeSubscription(fields: JsonObject, contract: string) {
  const interval = objectIn(fields, 'interval');
  const plan = decodePlan(objectIn(fields, 'subscriptionPlan'));
  return {
    contract,
    subscription: optionalText(fields, 'subscription') ?? text(fields, 'id'),
    status: statusText(fields, 'status'),
    nextOrderDate: optionalText(fields, 'nextOrderDate'),
    nextRetryDate: optionalText(fields, 'nextRetryDate'),
    needsAttention: optionalBoolean(fields, 'needsAttention'),
    /** In upper case. */
    attentionReasons: listOf(fields, 'attentionReasons').map((each) => String(each).toUpperCase()),
    frequency: toFrequency(optionalText(interval, 'type'), optionalInteger(interval, 'value')) ?? plan.frequency,
    lines: requireList(fields, 'lines').map(decodeLine),
  };
}

const decodeLine = record('a line of a subscription', (fields) => {
  const item = text(fields, 'item');
  const product = optionalText(fields, 'product') ?? (item.split('-')[0] || item);
  return { item, product, quantity: integer(fields, 'quantity') };
});
