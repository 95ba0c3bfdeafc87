import { createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { gcmsiv } from '@noble/ciphers/aes';
import type { Sealer } from '../domain/sealer.js';
import { createXaes, XAES_NONCE_BYTES } from './xaes.js';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Prefixes of seals. base64url has no dot, so texts of version 0.1 never start with one. */
const ID_MARK = 'v2.';
const ROW_MARK = 'v3.';

/** Creates a sealer for stored rows: sealing a text twice gives different results. Opens rows of every earlier seal. */
export function createRowSealer(secret: string | Buffer, purpose: string): Sealer {
  const ids = createIdSealer(secret, purpose);
  const { encrypt, decrypt } = createXaes(keyOf(secret, purpose, 'xaes-256-gcm'));
  return {
    seal(text) {
      const nonce = randomBytes(XAES_NONCE_BYTES);
      return encode(ROW_MARK, [nonce, encrypt(nonce, Buffer.from(text, 'utf8'))]);
    },

    unseal(sealed) {
      if (!sealed.startsWith(ROW_MARK)) return ids.unseal(sealed);
      const bytes = decode(ROW_MARK, sealed);
      if (bytes === null || bytes.length < XAES_NONCE_BYTES + TAG_BYTES) return null;
      return decrypt(bytes.subarray(0, XAES_NONCE_BYTES), bytes.subarray(XAES_NONCE_BYTES))?.toString('utf8') ?? null;
    },

    digest: ids.digest,
  };
}

/**
 * Creates a sealer for identifiers: sealing a text always gives the same result. With one nonce for all texts,
 * AES-GCM-SIV reveals which of them are equal and nothing else (RFC 8452, section 1). Opens any nonce, and identifiers of
 * version 0.1.
 */
export function createIdSealer(secret: string | Buffer, purpose: string): Sealer {
  const textKey = new Uint8Array(keyOf(secret, purpose, 'gcm-siv'));
  const digestKey = keyOf(secret, purpose, 'digest');
  const nonce = new Uint8Array(NONCE_BYTES);
  const unsealFirst = createFirstUnsealer(secret, purpose);
  return {
    seal: (text) => encode(ID_MARK, [nonce, gcmsiv(textKey, nonce).encrypt(Buffer.from(text, 'utf8'))]),

    unseal(sealed) {
      if (!sealed.startsWith(ID_MARK)) return unsealFirst(sealed);
      const bytes = decode(ID_MARK, sealed);
      if (bytes === null || bytes.length < NONCE_BYTES + TAG_BYTES) return null;
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

/** Returns whether a text has the seal of version 0.1. */
export function isFirstSeal(sealed: string): boolean {
  return !sealed.startsWith(ID_MARK) && !sealed.startsWith(ROW_MARK);
}

function keyOf(secret: string | Buffer, purpose: string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `${purpose} ${use}`, KEY_BYTES));
}

function encode(mark: string, parts: readonly Uint8Array[]): string {
  return `${mark}${Buffer.concat(parts).toString('base64url')}`;
}

/** Accepts only the canonical encoding. */
function decode(mark: string, sealed: string): Buffer | null {
  const text = sealed.slice(mark.length);
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}

/** Unseals texts of version 0.1: AES-256-GCM with a nonce derived from the text. Nothing is sealed this way any more. */
function createFirstUnsealer(secret: string | Buffer, purpose: string): (sealed: string) => string | null {
  const key = keyOf(secret, purpose, 'text');
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
