import type { JWTPayload } from 'jose';
import * as errors from 'jose/errors';
import { createRemoteJWKSet } from 'jose/jwks/remote';
import { jwtVerify, type JWTVerifyOptions } from 'jose/jwt/verify';
import type { Actor } from '../domain/actor.js';
import type { Clock } from '../domain/moment.js';
import { toActor } from './claims.js';
import { rememberVerified } from './remember-verified.js';
import { SECRET_ALGORITHM, type TokenRules } from './token-rules.js';
import { KeysUnavailable, Unauthenticated } from './unauthenticated.js';

/** The actor behind an `Authorization` header. Throws `Unauthenticated` or `KeysUnavailable`. */
export type Authenticate = (authorization: string | undefined) => Promise<Actor>;

/** Pinned too, and none is symmetric: a published key is no secret. */
const KEY_PAIR_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

const KEYS_TIMEOUT_MS = 5000;

/** Verifies bearer tokens; one that was is known again for a minute, because shoppers ask again and again. */
export function createAuthenticator(rules: TokenRules, clock: Clock): Authenticate {
  const verify = createVerifier(rules);
  const known = rememberVerified(rules.clockToleranceSeconds);
  return async (authorization) => {
    const token = bearerToken(authorization);
    if (token === null) throw new Unauthenticated();
    const now = clock();
    const again = known.get(token, now);
    if (again) return again;
    const claims = await verify(token, { currentDate: now });
    const actor = toActor(claims);
    if (!actor) throw new Unauthenticated(undefined, { cause: new Error('a claim is malformed') });
    known.put(token, actor, claims.exp);
    return actor;
  };
}

/** Sandbox mode: whoever asks is the demo shopper. */
export function createSandboxAuthenticator(shopper: Actor): Authenticate {
  return async (authorization) => {
    if (authorization === undefined) return shopper;
    throw new Unauthenticated('Sandbox mode knows no tokens: leave the Authorization header out.');
  };
}

function createVerifier({ key, issuer, audience, clockToleranceSeconds }: TokenRules) {
  const common: JWTVerifyOptions = {
    issuer,
    audience,
    clockTolerance: clockToleranceSeconds,
    requiredClaims: ['exp', 'sub'],
  };
  const verify = key.kind === 'secret' ? withSecret(key.secret) : withKeysAt(key.url);
  return async (token: string, options: JWTVerifyOptions): Promise<JWTPayload> => {
    try {
      return await verify(token, { ...common, ...options });
    } catch (cause) {
      throw isFaultOfToken(cause) ? new Unauthenticated(undefined, { cause }) : new KeysUnavailable({ cause });
    }
  };
}

type Verify = (token: string, options: JWTVerifyOptions) => Promise<JWTPayload>;

function withSecret(secret: string): Verify {
  const key = new TextEncoder().encode(secret);
  return async (token, options) =>
    (await jwtVerify(token, key, { ...options, algorithms: [SECRET_ALGORITHM] })).payload;
}

/** Keys are fetched when a token first needs them, and again when one is signed with an unknown key. */
function withKeysAt(url: string): Verify {
  const keys = createRemoteJWKSet(new URL(url), { timeoutDuration: KEYS_TIMEOUT_MS });
  return async (token, options) =>
    (await jwtVerify(token, keys, { ...options, algorithms: KEY_PAIR_ALGORITHMS })).payload;
}

/** Of jose's errors only these speak of the key set as such; anything else that is not jose's is the network. */
function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== errors.JOSEError.code
  );
}

function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1] ?? null;
}
