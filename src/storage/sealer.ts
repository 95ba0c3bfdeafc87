import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { gcmsiv } from '@noble/ciphers/aes';
import type { Sealer } from '../domain/sealer.js';
import { createFirstUnsealer } from './first-seal.js';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** No base64url holds a point, so that a text of the first seal is never taken for one of this. */
const MARK = 'v2.';

/** Seals what is stored: the same text never looks the same twice. */
export function createRowSealer(secret: string | Buffer, purpose: string): Sealer {
  return createSealer(secret, purpose, () => randomBytes(NONCE_BYTES));
}

/**
 * Seals identifiers: the same text always looks the same. With one nonce for all texts AES-GCM-SIV tells which of them are
 * equal, and nothing else (RFC 8452, section 1).
 */
export function createIdSealer(secret: string | Buffer, purpose: string): Sealer {
  const nonce = new Uint8Array(NONCE_BYTES);
  return createSealer(secret, purpose, () => nonce);
}

/** Whether a text is of this seal, and not of the first one. */
export function isCurrentSeal(sealed: string): boolean {
  return sealed.startsWith(MARK);
}

/** AES-256-GCM-SIV, with keys of its own for each purpose. Opens what the first seal closed, too. */
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
      // Only the canonical spelling is one.
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
