import {
  type JsonObject,
  requireObject,
  integer,
  isJsonObject,
  listOf,
  optionalDecimal,
  optionalText,
  statusText,
} from '../kit/decode.js';
import { id, optionalId, optionalInstant } from './wire-values.js';

/** https://developers.appstle.com/api-reference/subscription-one-time-products, in the form of its schema or of its examples. */
export interface WireOneOff {
  readonly id: string | null;
  readonly attemptId: string | null;
  readonly variantId: string;
  readonly variantHandle: string | null;
  readonly quantity: number;
  /** Of one unit. */
  readonly price: string | null;
  readonly currencyCode: string | null;
  readonly title: string | null;
  readonly imageUrl: string | null;
}

export function decodeOneOff(value: unknown): WireOneOff {
  const fields = requireObject(value, 'a one-time product');
  return {
    id: optionalId(fields, 'id'),
    attemptId: optionalId(fields, 'billingAttemptId'),
    variantId: id(fields, 'variantId'),
    variantHandle: optionalText(fields, 'variantHandle'),
    quantity: integer(fields, 'quantity'),
    price: optionalDecimal(fields, 'price'),
    currencyCode: optionalText(fields, 'currencyCode'),
    title: optionalText(fields, 'productTitle'),
    imageUrl: optionalText(fields, 'image'),
  };
}

/** https://developers.appstle.com/api-reference/billing-&-payments */
export interface WireAttempt {
  readonly id: string;
  readonly contractId: string;
  /** In upper case; the documentation writes both. */
  readonly status: string;
  readonly billingDate: Date | null;
  readonly orderAmount: string | null;
  readonly products: readonly WireProduct[];
}

export interface WireProduct {
  readonly variantId: string;
  readonly title: string | null;
  readonly imageUrl: string | null;
}

/** Null for a row without an id: such were seen, and nothing can be done with them. */
export function decodeAttempt(value: unknown): WireAttempt | null {
  const fields = requireObject(value, 'a billing attempt');
  const attemptId = optionalId(fields, 'id');
  if (attemptId === null) return null;
  return {
    id: attemptId,
    contractId: id(fields, 'contractId', 'subscriptionContractId'),
    status: statusText(fields, 'status').toUpperCase(),
    billingDate: optionalInstant(fields, 'billingDate'),
    orderAmount: optionalDecimal(fields, 'orderAmountContractCurrency') ?? optionalDecimal(fields, 'orderAmount'),
    products: listOf(fields, 'variantList').flatMap((product) => (isJsonObject(product) ? toProduct(product) : [])),
  };
}

function toProduct(fields: JsonObject): readonly WireProduct[] {
  const variantId = optionalId(fields, 'variantId');
  if (variantId === null) return [];
  const title = optionalText(fields, 'productTitle') ?? optionalText(fields, 'title');
  return [{ variantId, title, imageUrl: optionalText(fields, 'image') }];
}
