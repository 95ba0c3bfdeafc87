import type { SameCustomer } from '../../domain/same-customer.js';
import type { IdentifierRules } from '../../domain/identifier.js';

/** An attempt can only be found through its contract, so the key of an order names both. */
export interface OrderKey {
  readonly contractId: string;
  /** The `id` of the attempt: its field `billingAttemptId` is something of Shopify's. */
  readonly attemptId: string;
}

/** A one-off is the only one of its variant in its order, and is addressed that way; its own id changes with its quantity. */
export interface OneOffKey extends OrderKey {
  readonly kind: 'one-off';
  readonly variantId: string;
}

/** A line of the contract, as part of one order. */
export interface ContractLineKey extends OrderKey {
  readonly kind: 'line';
  readonly lineId: string;
}

export type LineKey = OneOffKey | ContractLineKey;

const ID = '[1-9]\\d{0,18}';
const ORDER = new RegExp(`^(${ID})/(${ID})$`);
const ONE_OFF = new RegExp(`^(${ID})/(${ID})/one-off/(${ID})$`);
const LINE = new RegExp(`^(${ID})/(${ID})/line/([\\w-]{1,64})$`);
const LINE_GID = 'gid://shopify/SubscriptionLine/';
const LARGEST_ID = 2n ** 63n - 1n;
const NUMERIC = new RegExp(`^${ID}$`);

/** Whether a text is a 64-bit id in digits. */
export function isNumericId(text: string): boolean {
  return NUMERIC.test(text) && BigInt(text) <= LARGEST_ID;
}

/** Returns a customer's identifier as its digits: Shopify writes it as `gid://shopify/Customer/…` too. */
export function customerIdOf(text: string): string {
  return text.replace(/^gid:\/\/shopify\/Customer\//, '');
}

export const sameCustomer: SameCustomer = (one, other) => customerIdOf(one) === customerIdOf(other);

export function toOrderKey({ contractId, attemptId }: OrderKey): string {
  return `${contractId}/${attemptId}`;
}

export function fromOrderKey(key: string): OrderKey | null {
  const [, contractId, attemptId] = ORDER.exec(key) ?? [];
  if (contractId === undefined || attemptId === undefined) return null;
  return [contractId, attemptId].every(isNumericId) ? { contractId, attemptId } : null;
}

/** Returns the lock of a contract: two edits of it collide, whatever orders of it they are about. */
export function lockKeyOfContract(contractId: string): string {
  return `contract:${contractId}`;
}

export function oneOffKey({ contractId, attemptId }: OrderKey, variantId: string): string {
  return `${contractId}/${attemptId}/one-off/${variantId}`;
}

export function contractLineKey({ contractId, attemptId }: OrderKey, lineId: string): string {
  return `${contractId}/${attemptId}/line/${lineId.slice(LINE_GID.length)}`;
}

export function fromLineKey(key: string): LineKey | null {
  const [, contractId, attemptId, variantId] = ONE_OFF.exec(key) ?? [];
  if (contractId !== undefined && attemptId !== undefined && variantId !== undefined) {
    const isKey = [contractId, attemptId, variantId].every(isNumericId);
    return isKey ? { kind: 'one-off', contractId, attemptId, variantId } : null;
  }
  const [, contract, attempt, uuid] = LINE.exec(key) ?? [];
  if (contract === undefined || attempt === undefined || uuid === undefined) return null;
  if (![contract, attempt].every(isNumericId)) return null;
  return { kind: 'line', contractId: contract, attemptId: attempt, lineId: LINE_GID + uuid };
}

/** Whether a key can be made of it: `gid://shopify/SubscriptionLine/<UUID>`. */
export function isLineId(id: string): boolean {
  return id.startsWith(LINE_GID) && /^[\w-]{1,64}$/.test(id.slice(LINE_GID.length));
}

/** How identifiers look that clients give. What is bought is a variant. */
export const identifiers: IdentifierRules = {
  product: { matches: isNumericId, form: 'the digits of a variant of Shopify' },
  customer: {
    matches: (text) => isNumericId(customerIdOf(text)),
    form: 'the digits, or the gid, of a customer of Shopify',
  },
};
