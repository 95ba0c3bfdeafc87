import { createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { gcmsiv } from '@noble/ciphers/aes';
import type { Sealer } from '../domain/sealer.js';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Version prefix. base64url has no dot, so texts of version 0.1 never start with it. */
const MARK = 'v2.';

/** Creates a sealer for stored rows: sealing a text twice gives different results. */
export function createRowSealer(secret: string | Buffer, purpose: string): Sealer {
  return createSealer(secret, purpose, () => randomBytes(NONCE_BYTES));
}

/**
 * Creates a sealer for identifiers: sealing a text always gives the same result. With one nonce for all texts,
 * AES-GCM-SIV reveals which of them are equal and nothing else (RFC 8452, section 1).
 */
export function createIdSealer(secret: string | Buffer, purpose: string): Sealer {
  const nonce = new Uint8Array(NONCE_BYTES);
  return createSealer(secret, purpose, () => nonce);
}

/** Returns whether a text has the current seal rather than that of version 0.1. */
export function isCurrentSeal(sealed: string): boolean {
  return sealed.startsWith(MARK);
}

/** Creates an AES-256-GCM-SIV sealer with separate keys for each purpose. Unseals texts of version 0.1 as well. */
function createSealer(secret: string | Buffer, purpose: string, newNonce: () => Uint8Array): Sealer {
  const keyFor = (use: string) => new Uint8Array(hkdfSync('sha256', secret, '', `${purpose} ${use}`, KEY_BYTES));
  const [textKey, digestKey] = [keyFor('gcm-siv'), keyFor('digest')];
  const unsealFirst = createFirstUnsealer(secret, purpose);

  return {
    seal(text) {
      const nonce = newNonce();
      const sealed = gcmsiv(textKey, nonce).encrypt(Buffer.from(text, 'utf8'));
      return `${MARK}${Buffer.concat([nonce, sealed]).toString('base64url')}`;
    },

    unseal(sealed) {
      if (!isCurrentSeal(sealed)) return unsealFirst(sealed);
      const text = sealed.slice(MARK.length);
      const bytes = Buffer.from(text, 'base64url');
      // Only the canonical encoding is accepted.
      if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== text) return null;
      try {
        const plain = gcmsiv(textKey, bytes.subarray(0, NONCE_BYTES)).decrypt(bytes.subarray(NONCE_BYTES));
        return Buffer.from(plain).toString('utf8');
      } catch {
        return null;
      }
    },

    digest: (text) => createHmac('sha256', digestKey).update(text).digest('base64url'),
  };
}

/** Unseals texts of version 0.1: AES-256-GCM with a nonce derived from the text. Nothing is sealed this way any more. */
function createFirstUnsealer(secret: string | Buffer, purpose: string): (sealed: string) => string | null {
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
