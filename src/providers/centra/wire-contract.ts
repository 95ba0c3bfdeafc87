import {
  decodeEach,
  type Infer,
  isAbsent,
  isJsonObject,
  isList,
  type JsonObject,
  objectIn,
  optionalBoolean,
  optionalInteger,
  optionalText,
  readableList,
  record,
  requireList,
  requireObject,
  requireReadable,
  statusText,
  text,
  units,
} from '../kit/decode.js';
import { decodePlan, toFrequency } from './wire-plan.js';
import { withoutRepeats } from '../kit/pages.js';

/** Returns the contracts in an answer. Null when it holds no list of them. */
export function findContracts(body: unknown): readonly unknown[] | null {
  if (!isJsonObject(body)) return null;
  const names = ['contracts', 'subscriptionContracts', 'subscriptions'];
  return names.map((name) => body[name]).find(isList) ?? null;
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
    /** Null when the contract does not say. */
    hasActivePayment: hasActivePayment(fields),
    subscriptions: decodeEach(
      withoutRepeats(requireList(fields, 'subscriptions'), 'subscription'),
      (each) => decodeSubscription(requireObject(each, 'a subscription'), contract),
      'subscription',
    ),
  };
});

export type WireContract = Infer<typeof decodeContract>;

/** States in which a payment cannot be charged: their words differ between pages. */
const NOT_ACTIVE: ReadonlySet<string> = new Set(['SUSPENDED', 'PENDING', 'REVOKED', 'FAILED']);

function hasActivePayment(fields: JsonObject): boolean | null {
  if (isAbsent(fields['subscriptionPayment'])) return null;
  const payments = requireList(fields, 'subscriptionPayment').map((each) => requireObject(each, 'a payment'));
  const states = payments.map((payment) => optionalText(payment, 'status')?.toUpperCase() ?? '');
  if (states.includes('ACTIVE')) return true;
  return states.every((state) => NOT_ACTIVE.has(state)) ? false : null;
}

export type WireSubscription = ReturnType<typeof decodeSubscription>;

function decodeSubscription(fields: JsonObject, contract: string) {
  const { interval } = fields;
  const plan = decodePlan(objectIn(fields, 'subscriptionPlan'));
  return {
    contract,
    subscription: optionalText(fields, 'subscription') ?? text(fields, 'id'),
    status: statusText(fields, 'status'),
    nextOrderDate: optionalText(fields, 'nextOrderDate'),
    nextRetryDate: optionalText(fields, 'nextRetryDate'),
    needsAttention: requireReadable(fields, 'needsAttention', optionalBoolean),
    /** In upper case. */
    attentionReasons: readableList(fields, 'attentionReasons').map((each) => String(each).toUpperCase()),
    /** Its own, where it is stated: the plan may have been changed since. */
    frequency: isJsonObject(interval)
      ? toFrequency(optionalText(interval, 'type'), optionalInteger(interval, 'value'))
      : plan.frequency,
    lines: requireList(fields, 'lines').map(decodeLine),
  };
}

const decodeLine = record('a line of a subscription', (fields) => {
  const item = text(fields, 'item');
  const product = optionalText(fields, 'product') ?? (item.split('-')[0] || item);
  return { item, product, quantity: units(fields, 'quantity') };
});
