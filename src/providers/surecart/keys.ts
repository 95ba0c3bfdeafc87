import type { IdentifierRules } from '../../domain/identifier.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be an identifier SureCart made. What it answers to others is not documented. */
export function isRecordId(text: string): boolean {
  return UUID.test(text);
}

/** Makes the key of a line, which is found through its order. */
export function toLineKey(orderId: string, lineId: string): string {
  return `${orderId}:${lineId}`;
}

export function readLineKey(key: string): { readonly orderId: string; readonly lineId: string } | null {
  const [orderId = '', lineId = '', ...rest] = key.split(':');
  return rest.length === 0 && isRecordId(orderId) && isRecordId(lineId) ? { orderId, lineId } : null;
}

/** How identifiers look that clients give. What is bought is a price. */
export const identifiers: IdentifierRules = {
  product: { matches: isRecordId, form: 'the UUID of a price of SureCart' },
  productVariant: { matches: isRecordId, form: 'the UUID of a variant of SureCart' },
  customer: { matches: isRecordId, form: 'the UUID of a customer of SureCart' },
};
