import { createCipheriv, createDecipheriv } from 'node:crypto';

export const XAES_NONCE_BYTES = 24;

const BLOCK_BYTES = 16;
/** What the nonce is cut into: for the key of one message, and for its cipher. */
const NONCE_HALF = 12;

/**
 * Creates XAES-256-GCM: AES-256-GCM under a key made of each nonce, so that random nonces never run out
 * (https://c2sp.org/XAES-256-GCM). The cipher is that of Node.
 */
export function createXaes(key: Buffer) {
  const blocks = (plain: Buffer) => createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(plain);
  const subkey = doubled(blocks(Buffer.alloc(BLOCK_BYTES)));

  function messageKey(nonce: Uint8Array): Buffer {
    const input = Buffer.alloc(2 * BLOCK_BYTES);
    for (const half of [0, 1]) {
      const block = input.subarray(half * BLOCK_BYTES, (half + 1) * BLOCK_BYTES);
      block.set([0, half + 1, 0x58, 0]);
      block.set(nonce.subarray(0, NONCE_HALF), 4);
      for (const [at, byte] of subkey.entries()) block[at] = (block[at] ?? 0) ^ byte;
    }
    return blocks(input);
  }

  return {
    /** Encrypts; the tag follows the text. */
    encrypt(nonce: Uint8Array, plain: Uint8Array): Buffer {
      const cipher = createCipheriv('aes-256-gcm', messageKey(nonce), nonce.subarray(NONCE_HALF));
      return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },

    /** Decrypts; null when the text or its nonce was changed. */
    decrypt(nonce: Uint8Array, sealed: Uint8Array): Buffer | null {
      const end = sealed.length - BLOCK_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', messageKey(nonce), nonce.subarray(NONCE_HALF));
      decipher.setAuthTag(sealed.subarray(end));
      const plain = decipher.update(sealed.subarray(0, end));
      try {
        return Buffer.concat([plain, decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}

/** Doubles a block in the field of CMAC: NIST SP 800-38B, section 6.1. */
function doubled(block: Buffer): Buffer {
  const carries = ((block[0] ?? 0) & 0x80) !== 0;
  const shifted = block.map((byte, at) => ((byte << 1) | ((block[at + 1] ?? 0) >> 7)) & 0xff);
  const last = BLOCK_BYTES - 1;
  if (carries) shifted[last] = (shifted[last] ?? 0) ^ 0x87;
  return Buffer.from(shifted);
}
