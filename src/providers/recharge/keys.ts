import { parseLocalDateTime } from '../../domain/moment.js';
import type { IdentifierRules } from '../../domain/identifier.js';

/**
 * What an address owes on one day is one charge. A rebuilt charge may have another id, and is the same order still: the
 * address and the day identify it.
 */
export interface OrderKey {
  readonly addressId: string;
  /** `YYYY-MM-DD` on US Eastern clocks. */
  readonly day: string;
}

export interface LineKey extends OrderKey {
  /** The purchase item; with an ordinal where the order names it twice. */
  readonly item: string;
}

/** As many digits as a JSON number holds exactly. */
const ID = '[1-9]\\d{0,14}';
const NUMERIC = new RegExp(`^${ID}$`);
const ORDER = new RegExp(`^(${ID})/(\\d{4}-\\d{2}-\\d{2})$`);
const LINE = new RegExp(`^(${ID})/(\\d{4}-\\d{2}-\\d{2})/((?:${ID}|gift)(?:-\\d{1,3})?)$`);
const VARIANT = /^[\w-]{1,64}$/;

/** Whether a text is an id of Recharge as its digits. */
export function isRecordId(text: string): boolean {
  return NUMERIC.test(text);
}

/** Whether a text can be an id of the shop, such as Shopify's. */
export function isVariantId(text: string): boolean {
  return VARIANT.test(text);
}

export function toOrderKey({ addressId, day }: OrderKey): string {
  return `${addressId}/${day}`;
}

export function fromOrderKey(key: string): OrderKey | null {
  const [, addressId, day] = ORDER.exec(key) ?? [];
  return addressId === undefined || day === undefined || !isDay(day) ? null : { addressId, day };
}

export function toLineKey(order: OrderKey, item: string): string {
  return `${toOrderKey(order)}/${item}`;
}

export function fromLineKey(key: string): LineKey | null {
  const [, addressId, day, item] = LINE.exec(key) ?? [];
  if (addressId === undefined || day === undefined || item === undefined || !isDay(day)) return null;
  return { addressId, day, item };
}

function isDay(text: string): boolean {
  return parseLocalDateTime(text, null).date !== null;
}

/** Names the lock of an address: two edits under one address collide, whatever orders of it they are about. */
export function lockKeyOfAddress(addressId: string): string {
  return `address:${addressId}`;
}

/** How identifiers look that clients give. What is bought is a variant. */
export const identifiers: IdentifierRules = {
  product: { matches: isVariantId, form: 'the identifier of a variant of the shop, such as the digits of Shopify' },
  customer: { matches: isRecordId, form: 'the digits of a customer of Recharge' },
};
