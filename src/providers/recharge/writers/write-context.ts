import { randomUUID } from 'node:crypto';
import { type Infer, optionalText, record, text } from '../../kit/decode.js';
import { storedWords } from '../../kit/stored-context.js';
import type { OrderKey } from '../keys.js';
import type { Session } from '../session.js';

export const ADD_ONETIME = 'add_onetime';
export const ADD_SUBSCRIPTION = 'add_subscription';
export const CHANGE_QUANTITY = 'change_quantity';
export const REMOVE_ITEM = 'remove_item';

/** Decodes all that sending and looking need besides the request, so that any process can go on with it. */
export const decodeWriteContext = record('the context of a write', (fields) => ({
  addressId: text(fields, 'addressId'),
  day: text(fields, 'day'),
  variantId: text(fields, 'variantId'),
  /** What an added item carries; null where the merchant wants no property. */
  mark: optionalText(fields, 'mark'),
  /** Sent with an added item; null leaves it to Recharge. */
  price: optionalText(fields, 'price'),
  /** One-time items and subscriptions of the address as they were before. */
  known: storedWords(fields, 'known'),
}));

export type WriteContext = Infer<typeof decodeWriteContext>;

/** Makes a key of this operation's own, which tells nothing. */
export function newMark({ account }: Session): string | null {
  return account.settings.operationProperty === 'on' ? randomUUID() : null;
}

export function contextOf(
  { addressId, day }: OrderKey,
  variantId: string,
  more: Partial<Pick<WriteContext, 'mark' | 'price' | 'known'>> = {},
): WriteContext {
  return { addressId, day, variantId, mark: null, price: null, known: [], ...more };
}
