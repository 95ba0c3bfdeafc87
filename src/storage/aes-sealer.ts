import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { Sealer } from '../domain/sealer.js';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM whose nonce is made of the text itself, as in AES-SIV (RFC 5297): the same text is sealed the same way, and a
 * nonce never serves two texts. Each purpose has keys of its own.
 */
export function createAesSealer(secret: string | Buffer, purpose: string): Sealer {
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `${purpose} ${use}`, KEY_BYTES));
  const [textKey, nonceKey, digestKey] = [keyFor('text'), keyFor('nonce'), keyFor('digest')];

  return {
    seal(text) {
      const nonce = createHmac('sha256', nonceKey).update(text).digest().subarray(0, NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, textKey, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },

    unseal(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      // Only the canonical spelling is one.
      if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== sealed) return null;
      const decipher = createDecipheriv(ALGORITHM, textKey, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      try {
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },

    digest: (text) => createHmac('sha256', digestKey).update(text).digest('base64url'),
  };
}
