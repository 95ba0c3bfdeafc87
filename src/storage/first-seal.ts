import { createDecipheriv, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Opens what version 0.1 sealed: AES-256-GCM with a nonce made of the text. Nothing is sealed like this any more. */
export function createFirstUnsealer(secret: string | Buffer, purpose: string): (sealed: string) => string | null {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `${purpose} text`, KEY_BYTES));
  return (sealed) => {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== sealed) return null;
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([body, decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  };
}
