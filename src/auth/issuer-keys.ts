import type { JWTPayload } from 'jose';
import { decodeProtectedHeader } from 'jose/decode/protected_header';
import * as errors from 'jose/errors';
import { createLocalJWKSet } from 'jose/jwks/local';
import { jwtVerify, type JWTVerifyOptions } from 'jose/jwt/verify';
import { fetchKeySet } from './fetch-key-set.js';
import { KeysUnavailable } from './unauthenticated.js';

/** A set is believed that long. */
const BELIEVED_MS = 600_000;
/** A set is not asked for again sooner, whatever tokens say: an issuer is not flooded by those who forge them. */
const LEAST_AGE_MS = 5_000;
/** Keys of the set that one token is tried with. */
const MAX_CANDIDATES = 8;

export interface IssuerKeys {
  verify(token: string, options: JWTVerifyOptions): Promise<JWTPayload>;
  /** Throws `KeysUnavailable` when no token could be verified now. */
  check(): Promise<void>;
}

type KeyOf = ReturnType<typeof createLocalJWKSet>;

interface KeySet {
  readonly keyOf: KeyOf;
  readonly askedAt: number;
}

/**
 * Creates the keys of an issuer, which are fetched when they are first needed and when a token may have been signed
 * with a newer one.
 */
export function createIssuerKeys(issuer: string, url: string): IssuerKeys {
  let latest: KeySet | null = null;
  let underWay: Promise<KeySet> | null = null;

  function load(): Promise<KeySet> {
    underWay ??= loadKeySet(issuer, url)
      .then((keys) => (latest = keys))
      .finally(() => (underWay = null));
    return underWay;
  }

  function ageOf({ askedAt }: KeySet): number {
    return Date.now() - askedAt;
  }

  function current(): KeySet | Promise<KeySet> {
    return latest && ageOf(latest) < BELIEVED_MS ? latest : load();
  }

  return {
    async verify(token, options) {
      const begunAt = Date.now();
      const keys = await current();
      try {
        return await verifyWith(keys.keyOf, token, options);
      } catch (error) {
        // What was asked for after the token came says it for good.
        if (!mayBeOfNewerKey(error) || keys.askedAt >= begunAt) throw error;
        if (ageOf(keys) >= LEAST_AGE_MS) return verifyWith((await load()).keyOf, token, options);
        if (mayNameNewerKey(token, keys)) throw new KeysUnavailable('too early', issuer, { cause: error });
        throw error;
      }
    },
    async check() {
      await current();
    },
  };
}

async function loadKeySet(issuer: string, url: string): Promise<KeySet> {
  const askedAt = Date.now();
  try {
    return { keyOf: createLocalJWKSet(await fetchKeySet(url)), askedAt };
  } catch (cause) {
    throw new KeysUnavailable('fault', issuer, { cause });
  }
}

/** Tries each key that fits: a token need not say which one it was signed with, and issuers give one name to several. */
async function verifyWith(keyOf: KeyOf, token: string, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keyOf, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    let tried = 0;
    let last: unknown = new errors.JWSSignatureVerificationFailed();
    for await (const key of error) {
      tried += 1;
      if (tried > MAX_CANDIDATES) break;
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
        last = failure;
      }
    }
    throw last;
  }
}

function mayBeOfNewerKey(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed;
}

/** Whether a newer key may fit: the token names none, or none that is known. */
function mayNameNewerKey(token: string, { keyOf }: KeySet): boolean {
  const { kid } = decodeProtectedHeader(token);
  return kid === undefined || !keyOf.jwks().keys.some((key) => key.kid === kid);
}
