import {
  type JsonObject,
  requireObject,
  integer,
  isJsonObject,
  listOf,
  optionalInteger,
  optionalText,
  text,
  statusText,
} from '../kit/decode.js';
import type { Frequency } from '../../domain/subscription.js';
import { objectIn } from './wire.js';
import { decodePlan, toFrequency } from './wire-plan.js';

/** https://docs.centra.com/fe-development/subscriptions; the whole body is not printed there, hence several readings. */
export interface WireContract {
  readonly contract: string;
  readonly country: string | null;
  /** Of the shipping address; the customer is not stated. */
  readonly email: string | null;
  /** Words differ between pages. */
  readonly hasActivePayment: boolean;
  readonly subscriptions: readonly WireSubscription[];
}

export interface WireSubscription {
  readonly contract: string;
  readonly subscription: string;
  readonly status: string;
  readonly frequency: Frequency | null;
  readonly lines: readonly WireSubscriptionLine[];
}

export interface WireSubscriptionLine {
  readonly item: string;
  readonly product: string;
  readonly quantity: number;
}

/** Null when the answer holds no list of contracts. */
export function findContracts(body: unknown): readonly unknown[] | null {
  if (!isJsonObject(body)) return null;
  const names = ['contracts', 'subscriptionContracts', 'subscriptions'];
  return names.map((name) => body[name]).find((value) => Array.isArray(value)) ?? null;
}

export function decodeContract(value: unknown): WireContract {
  const fields = requireObject(value, 'a contract');
  const contract = optionalText(fields, 'contract') ?? text(fields, 'id');
  const address = objectIn(fields, 'shippingAddress');
  return {
    contract,
    country: optionalText(address, 'country'),
    email: optionalText(address, 'email') || null,
    hasActivePayment: listOf(fields, 'subscriptionPayment')
      .filter(isJsonObject)
      .some((payment) => optionalText(payment, 'status')?.toUpperCase() === 'ACTIVE'),
    subscriptions: listOf(fields, 'subscriptions')
      .filter(isJsonObject)
      .map((each) => decodeSubscription(each, contract)),
  };
}

function decodeSubscription(fields: JsonObject, contract: string): WireSubscription {
  const interval = objectIn(fields, 'interval');
  const plan = decodePlan(objectIn(fields, 'subscriptionPlan'));
  return {
    contract,
    subscription: optionalText(fields, 'subscription') ?? text(fields, 'id'),
    status: statusText(fields, 'status'),
    frequency: toFrequency(optionalText(interval, 'type'), optionalInteger(interval, 'value')) ?? plan.frequency,
    lines: listOf(fields, 'lines').map(decodeLine),
  };
}

function decodeLine(value: unknown): WireSubscriptionLine {
  const fields = requireObject(value, 'a line of a subscription');
  const item = text(fields, 'item');
  const product = optionalText(fields, 'product') ?? (item.split('-')[0] || item);
  return { item, product, quantity: integer(fields, 'quantity') };
}
