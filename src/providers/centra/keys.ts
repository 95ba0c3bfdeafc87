import type { IdentifierRules } from '../../domain/identifier.js';

/** Whether a key is the number of an order. Anything else is nobody's key, and never reaches a path. */
export function isOrderNumber(key: string): boolean {
  return /^\d{1,18}$/.test(key);
}

export function isSelectionId(id: string): boolean {
  return /^[0-9A-Za-z_-]{1,64}$/.test(id);
}

/** Whether an id is that of a display item. */
export function isProductId(id: string): boolean {
  return /^\d{1,18}$/.test(id);
}

/** Whether an id is that of an item: `5-3` is size 3 of display item 5. */
export function isItemId(id: string): boolean {
  return /^[0-9A-Za-z_-]{1,64}$/.test(id);
}

export function isEmail(text: string): boolean {
  return /^[^\s@/\\]{1,100}@[^\s@/\\]{1,200}$/.test(text);
}

export interface LineKey {
  readonly order: string;
  readonly line: string;
}

/** Makes the key of a line, which is found through its order. */
export function toLineKey({ order, line }: LineKey): string {
  return `${order}/${line}`;
}

export function readLineKey(key: string): LineKey | null {
  const [, order, line] = /^(\d{1,18})\/([0-9A-Za-z]{1,64})$/.exec(key) ?? [];
  return order === undefined || line === undefined ? null : { order, line };
}

export interface SubscriptionKey {
  readonly contract: string;
  readonly subscription: string;
}

/** Makes the key of a subscription, which is changed through its contract. */
export function toSubscriptionKey({ contract, subscription }: SubscriptionKey): string {
  return `${contract}/${subscription}`;
}

/** How identifiers look that clients give. */
export const identifiers: IdentifierRules = {
  product: { matches: isProductId, form: 'the digits of a display item of Centra' },
  productVariant: { matches: isItemId, form: 'an item of Centra, such as 5-3 for size 3 of display item 5' },
  customer: { matches: isEmail, form: 'the e-mail address of a customer of Centra' },
};
