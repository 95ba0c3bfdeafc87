import { randomUUID } from 'node:crypto';
import type { IdentifierRules } from '../../domain/identifier.js';

const RECORD_ID = /^[0-9A-Za-z_-]{1,64}$/;

/** Whether a text can be an identifier Ordergroove made. Others may not enter a path: they have no record. */
export function isRecordId(text: string): boolean {
  return RECORD_ID.test(text);
}

/** Whether a text may be the merchant's own identifier of a product or customer: any characters, up to a length. */
export function isMerchantId(text: string): boolean {
  return text !== '' && text.length <= 256;
}

/** Makes a session id: some calls require one, of any text. https://developer.ordergroove.com/lifecycle/order/instant-upsell-api */
export function newSessionId(merchantId: string): string {
  return `${merchantId}.${randomUUID()}`;
}

/** How identifiers look that clients give: both are the merchant's own. */
export const identifiers: IdentifierRules = {
  product: {
    matches: isMerchantId,
    form: "the merchant's identifier of a product of Ordergroove, of at most 256 characters",
  },
  customer: { matches: isMerchantId, form: 'the identifier the merchant gave a customer of Ordergroove' },
};
