import {
  contractDrift,
  type Decoded,
  decodeEach,
  type Infer,
  isAbsent,
  isJsonObject,
  type JsonObject,
  objectIn,
  optionalBoolean,
  optionalDecimal,
  optionalInteger,
  optionalText,
  readableList,
  record,
  requireObject,
  requireReadable,
  statusText,
  text,
  units,
  unusable,
} from '../kit/decode.js';
import { isLineId } from './keys.js';
import { hasNextPage, id, nodesOf, optionalId, optionalInstant, variantTitleIn } from './wire-values.js';
import { withoutRepeats } from '../kit/pages.js';

const decodeLine = record('a contract line', (fields) => {
  const lineId = text(fields, 'id');
  if (!isLineId(lineId)) throw contractDrift('the `id` of a contract line');
  return {
    /** The whole gid: its end is no number. */
    id: lineId,
    /** Null once the variant was deleted. */
    variantId: optionalId(fields, 'variantId'),
    title: optionalText(fields, 'title'),
    variantTitle: variantTitleIn(fields),
    imageUrl: optionalText(objectIn(fields, 'variantImage'), 'url'),
    quantity: units(fields, 'quantity'),
    /** Of one unit. */
    price: toMoney(fields['currentPrice']),
    /** Of the line, after discounts. */
    total: toMoney(fields['lineDiscountedPrice']),
    /** On the next order only. */
    oneTime: readableList(fields, 'customAttributes').some(isOneTimeMark),
  };
});

export type WireLine = Infer<typeof decodeLine>;

/**
 * Decodes a contract, which is Shopify's as it is.
 * See https://developers.appstle.com/api-reference/subscription-management
 */
const decodeBareContract = record('a contract', (fields) => ({
  id: id(fields, 'id'),
  /** In upper case. */
  status: statusText(fields, 'status').toUpperCase(),
  customerId: optionalId(objectIn(fields, 'customer'), 'id'),
  createdAt: optionalInstant(fields, 'createdAt'),
  billing: toInterval(fields['billingPolicy']),
  delivery: toInterval(fields['deliveryPolicy']),
  minCycles: optionalInteger(objectIn(fields, 'billingPolicy'), 'minCycles'),
  maxCycles: optionalInteger(objectIn(fields, 'billingPolicy'), 'maxCycles'),
  nextBillingDate: optionalInstant(fields, 'nextBillingDate'),
  isPaymentFailing: isPaymentFailing(fields),
  deliveryPrice: toMoney(fields['deliveryPrice']),
  lines: linesIn(fields),
  /** False for an answer that only says that work was accepted. */
  hasLines: isJsonObject(fields['lines']) || Array.isArray(fields['lines']),
}));

export type WireContract = Infer<typeof decodeBareContract>;

/** Decodes a contract, wrapped in `subscriptionContract` or not. */
export function decodeContract(value: unknown): WireContract {
  const outer = requireObject(value, 'a contract');
  const inner = outer['subscriptionContract'];
  return decodeBareContract(isJsonObject(inner) ? inner : outer);
}

/**
 * Whether an attribute is `_one_time_product`, which marks a line of the next order only.
 * See https://developers.appstle.com/api-reference/subscription-products
 */
function isOneTimeMark(attribute: unknown): boolean {
  if (!isJsonObject(attribute) || attribute['key'] !== '_one_time_product') return false;
  return requireReadable(attribute, 'value', optionalBoolean) === true;
}

/** Decodes the lines of a contract. A connection that has another page does not show all of them. */
function linesIn({ lines }: JsonObject): Decoded<WireLine> {
  const { records, problem } = decodeEach(withoutRepeats(nodesOf(lines)), decodeLine);
  const isCut = problem === null && hasNextPage(lines) !== false;
  return { records, problem: isCut ? contractDrift('further lines of a contract').problem : problem };
}

/** Whether the last payment failed, or is not known not to have. */
function isPaymentFailing(fields: JsonObject): boolean {
  const status = requireReadable(fields, 'lastPaymentStatus', optionalText)?.toUpperCase();
  if (status === undefined || status === 'SUCCEEDED') return false;
  if (status !== 'FAILED') unusable(status, 'lastPaymentStatus');
  return true;
}

/** An amount with its currency. */
export interface WireMoney {
  readonly amount: string | null;
  readonly currencyCode: string | null;
}

function toMoney(value: unknown): WireMoney | null {
  if (isAbsent(value)) return null;
  if (!isJsonObject(value)) throw contractDrift('a readable amount');
  return { amount: optionalDecimal(value, 'amount'), currencyCode: optionalText(value, 'currencyCode') };
}

/** A rhythm in the provider's words. */
export interface WireInterval {
  readonly unit: string;
  readonly count: number;
}

function toInterval(value: unknown): WireInterval | null {
  if (!isJsonObject(value)) return null;
  const [unit, count] = [optionalText(value, 'interval'), optionalInteger(value, 'intervalCount')];
  return unit === null || count === null ? null : { unit: unit.toUpperCase(), count };
}
