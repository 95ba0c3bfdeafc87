import {
  type Infer,
  integer,
  isJsonObject,
  type JsonObject,
  listOf,
  optionalDecimal,
  optionalText,
  record,
  requireObject,
  statusText,
} from '../kit/decode.js';
import { id, optionalId, optionalInstant } from './wire-values.js';

/** https://developers.appstle.com/api-reference/subscription-one-time-products, in the form of its schema or of its examples. */
export const decodeOneOff = record('a one-time product', (fields) => ({
  id: optionalId(fields, 'id'),
  attemptId: optionalId(fields, 'billingAttemptId'),
  variantId: id(fields, 'variantId'),
  variantHandle: optionalText(fields, 'variantHandle'),
  quantity: integer(fields, 'quantity'),
  /** Of one unit. */
  price: optionalDecimal(fields, 'price'),
  currencyCode: optionalText(fields, 'currencyCode'),
  title: optionalText(fields, 'productTitle'),
  imageUrl: optionalText(fields, 'image'),
}));

export type WireOneOff = Infer<typeof decodeOneOff>;

/** https://developers.appstle.com/api-reference/billing-&-payments */
const decodeIdentifiedAttempt = record('a billing attempt', (fields) => ({
  id: id(fields, 'id'),
  contractId: id(fields, 'contractId', 'subscriptionContractId'),
  /** In upper case; the documentation writes both. */
  status: statusText(fields, 'status').toUpperCase(),
  billingDate: optionalInstant(fields, 'billingDate'),
  orderAmount: optionalDecimal(fields, 'orderAmountContractCurrency') ?? optionalDecimal(fields, 'orderAmount'),
  products: listOf(fields, 'variantList').flatMap((product) => (isJsonObject(product) ? toProduct(product) : [])),
}));

export type WireAttempt = Infer<typeof decodeIdentifiedAttempt>;

/** Decodes an attempt. Null for a row without an id: such were seen, and nothing can be done with them. */
export function decodeAttempt(value: unknown): WireAttempt | null {
  const fields = requireObject(value, 'a billing attempt');
  return optionalId(fields, 'id') === null ? null : decodeIdentifiedAttempt(fields);
}

export interface WireProduct {
  readonly variantId: string;
  readonly title: string | null;
  readonly imageUrl: string | null;
}

function toProduct(fields: JsonObject): readonly WireProduct[] {
  const variantId = optionalId(fields, 'variantId');
  if (variantId === null) return [];
  const title = optionalText(fields, 'productTitle') ?? optionalText(fields, 'title');
  return [{ variantId, title, imageUrl: optionalText(fields, 'image') }];
}
