import {
  type Decoded,
  decodeEach,
  contractDrift,
  requireObject,
  integer,
  isJsonObject,
  listOf,
  optionalBoolean,
  optionalDecimal,
  optionalInteger,
  optionalText,
  text,
  statusText,
} from '../kit/decode.js';
import { isLineId } from './keys.js';
import { id, nodesOf, optionalId, optionalInstant } from './wire-values.js';

/** https://developers.appstle.com/api-reference/subscription-management: Shopify's contract as it is. */
export interface WireContract {
  readonly id: string;
  /** In upper case. */
  readonly status: string;
  readonly customerId: string | null;
  readonly createdAt: Date | null;
  readonly billing: WireInterval | null;
  readonly delivery: WireInterval | null;
  readonly minCycles: number | null;
  readonly deliveryPrice: WireMoney | null;
  readonly lines: Decoded<WireLine>;
  /** False for an answer that only says that work was accepted. */
  readonly hasLines: boolean;
}

export interface WireInterval {
  readonly unit: string;
  readonly count: number;
}

export interface WireMoney {
  readonly amount: string | null;
  readonly currencyCode: string | null;
}

export interface WireLine {
  /** The whole gid: its end is no number. */
  readonly id: string;
  readonly variantId: string;
  readonly title: string | null;
  readonly imageUrl: string | null;
  readonly quantity: number;
  /** Of one unit. */
  readonly price: WireMoney | null;
  /** Of the line, after discounts. */
  readonly total: WireMoney | null;
  /** On the next order only. */
  readonly oneTime: boolean;
}

/** Wrapped in `subscriptionContract` or not. */
export function decodeContract(value: unknown): WireContract {
  const outer = requireObject(value, 'a contract');
  const inner = outer['subscriptionContract'];
  const fields = isJsonObject(inner) ? inner : outer;
  const customer = fields['customer'];
  const billingPolicy = fields['billingPolicy'];
  return {
    id: id(fields, 'id'),
    status: statusText(fields, 'status').toUpperCase(),
    customerId: isJsonObject(customer) ? optionalId(customer, 'id') : null,
    createdAt: optionalInstant(fields, 'createdAt'),
    billing: toInterval(billingPolicy),
    delivery: toInterval(fields['deliveryPolicy']),
    minCycles: isJsonObject(billingPolicy) ? optionalInteger(billingPolicy, 'minCycles') : null,
    deliveryPrice: toMoney(fields['deliveryPrice']),
    lines: decodeEach(nodesOf(fields['lines']), decodeLine),
    hasLines: isJsonObject(fields['lines']) || Array.isArray(fields['lines']),
  };
}

function decodeLine(value: unknown): WireLine {
  const fields = requireObject(value, 'a contract line');
  const lineId = text(fields, 'id');
  if (!isLineId(lineId)) throw contractDrift('the `id` of a contract line');
  const image = fields['variantImage'];
  return {
    id: lineId,
    variantId: id(fields, 'variantId'),
    title: optionalText(fields, 'title'),
    imageUrl: isJsonObject(image) ? optionalText(image, 'url') : null,
    quantity: integer(fields, 'quantity'),
    price: toMoney(fields['currentPrice']),
    total: toMoney(fields['lineDiscountedPrice']),
    oneTime: listOf(fields, 'customAttributes').some(isOneTimeMark),
  };
}

/** https://developers.appstle.com/api-reference/subscription-products: `_one_time_product` marks a line of the next order only. */
function isOneTimeMark(attribute: unknown): boolean {
  return (
    isJsonObject(attribute) && attribute['key'] === '_one_time_product' && optionalBoolean(attribute, 'value') === true
  );
}

function toMoney(value: unknown): WireMoney | null {
  if (!isJsonObject(value)) return null;
  return { amount: optionalDecimal(value, 'amount'), currencyCode: optionalText(value, 'currencyCode') };
}

function toInterval(value: unknown): WireInterval | null {
  if (!isJsonObject(value)) return null;
  const [unit, count] = [optionalText(value, 'interval'), optionalInteger(value, 'intervalCount')];
  return unit === null || count === null ? null : { unit: unit.toUpperCase(), count };
}
