import { createHmac } from 'node:crypto';

export interface Signer {
  readonly merchantId: string;
  readonly storefrontKey: string;
}

export interface SignedCustomer {
  readonly customerId: string;
  /** Known but not logged in: Ordergroove calls this trust level `recognized`. */
  readonly recognised: boolean;
}

/**
 * Makes the value of the `Authorization` header in Storefront scope: a bare JSON object, no scheme word. Valid two
 * hours from `at`. See https://developer.ordergroove.com/reference/authentication
 */
export function signedAuthorization({ merchantId, storefrontKey }: Signer, customer: SignedCustomer, at: Date): string {
  const ts = Math.floor(at.getTime() / 1000);
  const parts = customer.recognised ? [customer.customerId, 'recognized', ts] : [customer.customerId, ts];
  const header = JSON.stringify({
    public_id: merchantId,
    sig_field: customer.customerId,
    ts,
    sig: sign(storefrontKey, parts.join('|')),
    ...(customer.recognised ? { trust_level: 'recognized' } : {}),
  });
  return header.replace(BEYOND_ASCII, escaped);
}

/** A header carries no other characters; JSON can spell them all. */
const BEYOND_ASCII = /[\u0080-\uffff]/g;

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Signs a message by HMAC-SHA256, in Base64; key and message are UTF-8. */
export function sign(storefrontKey: string, message: string): string {
  return createHmac('sha256', storefrontKey).update(message, 'utf8').digest('base64');
}
