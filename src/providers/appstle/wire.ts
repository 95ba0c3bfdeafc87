import {
  decodeEach,
  type Infer,
  isAbsent,
  listOf,
  optionalDecimal,
  optionalInteger,
  optionalText,
  record,
  requireObject,
  requireReadable,
  statusText,
  units,
} from '../kit/decode.js';
import { id, optionalId, optionalInstant, variantTitleIn } from './wire-values.js';

/**
 * Decodes a one-off, in the form of the documented schema or of its examples.
 * See https://developers.appstle.com/api-reference/subscription-one-time-products
 */
export const decodeOneOff = record('a one-time product', (fields) => ({
  id: optionalId(fields, 'id'),
  attemptId: optionalId(fields, 'billingAttemptId'),
  variantId: id(fields, 'variantId'),
  variantHandle: optionalText(fields, 'variantHandle'),
  /** The documented default where none is stated: the schema lets it be left out. */
  quantity: isAbsent(fields['quantity']) ? 1 : units(fields, 'quantity'),
  hasQuantity: !isAbsent(fields['quantity']),
  /** Of one unit. */
  price: optionalDecimal(fields, 'price'),
  currencyCode: requireReadable(fields, 'currencyCode', optionalText),
  title: optionalText(fields, 'productTitle'),
  variantTitle: variantTitleIn(fields),
  imageUrl: optionalText(fields, 'image'),
}));

export type WireOneOff = Infer<typeof decodeOneOff>;

export interface WireProduct {
  readonly variantId: string;
  readonly title: string | null;
  readonly imageUrl: string | null;
}

const decodeContent = record('a variant of a billing attempt', (fields) => ({
  variantId: id(fields, 'variantId'),
  title: optionalText(fields, 'productTitle') ?? optionalText(fields, 'title'),
  imageUrl: optionalText(fields, 'image'),
  quantity: optionalInteger(fields, 'quantity'),
}));

export type WireContent = Infer<typeof decodeContent>;

/** Decodes a billing attempt. See https://developers.appstle.com/api-reference/billing-&-payments */
const decodeIdentifiedAttempt = record('a billing attempt', (fields) => ({
  id: id(fields, 'id'),
  contractId: id(fields, 'contractId', 'subscriptionContractId'),
  /** In upper case; the documentation writes both. */
  status: statusText(fields, 'status').toUpperCase(),
  billingDate: optionalInstant(fields, 'billingDate'),
  /** As the shop prints it; null before it is billed. */
  orderName: optionalText(fields, 'orderName'),
  orderAmount: optionalDecimal(fields, 'orderAmountContractCurrency') ?? optionalDecimal(fields, 'orderAmount'),
  /** What the order holds: variants, without their prices or what recurs. */
  contents: decodeEach(listOf(fields, 'variantList'), decodeContent, 'variantId'),
}));

export type WireAttempt = Infer<typeof decodeIdentifiedAttempt>;

/** Decodes an attempt. Null for a row without an id: such were seen, and nothing can be done with them. */
export function decodeAttempt(value: unknown): WireAttempt | null {
  const fields = requireObject(value, 'a billing attempt');
  return optionalId(fields, 'id') === null ? null : decodeIdentifiedAttempt(fields);
}
