import type { JWTPayload } from 'jose';
import * as errors from 'jose/errors';
import { jwtVerify, type JWTVerifyOptions } from 'jose/jwt/verify';
import type { Actor } from '../domain/actor.js';
import type { Clock } from '../domain/moment.js';
import { toActor } from './claims.js';
import { createIssuerKeys, type IssuerKeys } from './issuer-keys.js';
import { createTokenCache } from './token-cache.js';
import { SECRET_ALGORITHM, type TokenRules } from './token-rules.js';
import { KeysUnavailable, Unauthenticated } from './unauthenticated.js';

/** Resolves the actor of an `Authorization` header. Throws `Unauthenticated` or `KeysUnavailable`. */
export interface Authenticate {
  (authorization: string | undefined): Promise<Actor>;
}

export interface Authenticator extends Authenticate {
  /** Throws `KeysUnavailable` when tokens cannot be verified at present. */
  checkKeys(): Promise<void>;
}

/** Algorithms accepted with published keys. None is symmetric: a published key is no secret. */
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

/** Verifies bearer tokens. Caches verified tokens for a minute, because shoppers send many requests. */
export function createAuthenticator(rules: TokenRules, clock: Clock): Authenticator {
  const { verify, check } = createVerifier(rules);
  const cache = createTokenCache(rules.clockToleranceSeconds);
  const authenticate: Authenticate = async (authorization) => {
    const token = bearerToken(authorization);
    if (token === null) throw new Unauthenticated();
    const now = clock();
    const cached = cache.get(token, now);
    if (cached) return cached;
    const claims = await verify(token, { currentDate: now });
    const actor = toActor(claims);
    if (!actor) throw new Unauthenticated(undefined, { cause: new Error('a claim is malformed') });
    cache.put(token, actor, claims.exp);
    return actor;
  };
  return Object.assign(authenticate, { checkKeys: check });
}

/** Authenticates every request as the demo shopper, in sandbox mode. */
export function createSandboxAuthenticator(shopper: Actor): Authenticator {
  const authenticate: Authenticate = async (authorization) => {
    if (authorization === undefined) return shopper;
    throw new Unauthenticated('Sandbox mode accepts no tokens: omit the Authorization header.');
  };
  return Object.assign(authenticate, { checkKeys: async () => {} });
}

function createVerifier({ key, issuer, audience, clockToleranceSeconds }: TokenRules) {
  const common: JWTVerifyOptions = {
    issuer,
    audience,
    clockTolerance: clockToleranceSeconds,
    requiredClaims: ['exp', 'sub'],
  };
  const keys = key.kind === 'secret' ? withSecret(key.secret) : createIssuerKeys(key.url);
  const algorithms = key.kind === 'secret' ? [SECRET_ALGORITHM] : KEY_PAIR_ALGORITHMS;
  return {
    check: keys.check,
    async verify(token: string, options: JWTVerifyOptions): Promise<JWTPayload> {
      try {
        return await keys.verify(token, { ...common, ...options, algorithms });
      } catch (cause) {
        if (cause instanceof KeysUnavailable) throw cause;
        throw isFaultOfToken(cause)
          ? new Unauthenticated(undefined, { cause })
          : new KeysUnavailable('fault', { cause });
      }
    },
  };
}

function withSecret(secret: string): IssuerKeys {
  const key = new TextEncoder().encode(secret);
  return {
    verify: async (token, options) => (await jwtVerify(token, key, options)).payload,
    check: async () => {},
  };
}

/** Errors outside jose mean an unusable key; of jose's own, only one concerns the key set. */
function isFaultOfToken(error: unknown): boolean {
  return error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid);
}

function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1] ?? null;
}
