import type { JWTPayload } from 'jose';
import * as errors from 'jose/errors';
import { decodeJwt } from 'jose/jwt/decode';
import { jwtVerify, type JWTVerifyOptions } from 'jose/jwt/verify';
import type { Actor } from '../domain/actor.js';
import type { Clock } from '../domain/moment.js';
import { isMeantFor, toActor } from './claims.js';
import { createIssuerKeys, type IssuerKeys } from './issuer-keys.js';
import { createTokenCache, type VerifiedActor } from './token-cache.js';
import { type AuthRules, SECRET_ALGORITHM, sessionTokens, type TokenKey, type TokenRules } from './token-rules.js';
import { KeysUnavailable, Unauthenticated } from './unauthenticated.js';

/** Resolves the actor of an `Authorization` header. Throws `Unauthenticated` or `KeysUnavailable`. */
export interface Authenticate {
  (authorization: string | undefined): Promise<Actor>;
}

export interface Authenticator extends Authenticate {
  /** Resolves the actor with the end of the token. Throws as `Authenticate` does. */
  verify(authorization: string | undefined): Promise<VerifiedActor>;
  /** Resolves the issuers whose keys are missing. Throws `KeysUnavailable` when all are. */
  checkKeys(): Promise<readonly string[]>;
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
export function createAuthenticator({ issuers, session }: AuthRules, clock: Clock): Authenticator {
  const [first, ...others] = issuers.map(createVerifier);
  const own = session ? [createVerifier(sessionTokens(session))] : [];
  const verifiers = first ? [first, ...others, ...own] : own;
  const prefixOf = ({ rules }: Verifier) => (rules.issuer === first?.rules.issuer ? '' : `${rules.issuer} `);
  const prefixes = verifiers.map(prefixOf).filter((prefix) => prefix !== '');
  const cache = createTokenCache();

  async function verify(authorization: string | undefined): Promise<VerifiedActor> {
    const token = bearerToken(authorization);
    if (token === null) throw new Unauthenticated();
    const now = clock();
    const cached = cache.get(token, now);
    if (cached) return cached;
    const verifier = selectVerifier(verifiers, token);
    const { claims: read, clockToleranceSeconds } = verifier.rules;
    const claims = await verifier.verify(token, { currentDate: now });
    const actor = toActor(claims, read);
    if (!actor || claims.exp === undefined) throw refusedFor('a claim is malformed or missing');
    // Two issuers may give different people the same subject.
    if (prefixes.some((prefix) => actor.id.startsWith(prefix)))
      throw refusedFor('the subject is one of another issuer');
    const verified = { actor: { ...actor, id: prefixOf(verifier) + actor.id }, expiresAtSeconds: claims.exp };
    cache.put(token, verified, clockToleranceSeconds);
    return verified;
  }

  const authenticate: Authenticate = async (authorization) => (await verify(authorization)).actor;
  return Object.assign(authenticate, { verify, checkKeys: () => checkKeys(first ? [first, ...others] : []) });
}

/** Returns when the verified token of a header expires; null without a token. */
export function tokenExpiry(authorization: string | undefined): Date | null {
  const token = bearerToken(authorization);
  const { exp } = token === null ? {} : decodeJwt(token);
  return exp === undefined ? null : new Date(exp * 1_000);
}

/** Authenticates requests of sandbox mode: without a token as the demo shopper, else by the sandbox's own tokens. */
export function createSandboxAuthenticator(shopper: Actor, rules: TokenRules, clock: Clock): Authenticator {
  const own = createAuthenticator({ issuers: [rules], session: null }, clock);
  async function verify(authorization: string | undefined): Promise<VerifiedActor> {
    if (authorization === undefined) return { actor: shopper, expiresAtSeconds: Number.POSITIVE_INFINITY };
    try {
      return await own.verify(authorization);
    } catch (cause) {
      if (!(cause instanceof Unauthenticated)) throw cause;
      throw new Unauthenticated(
        'The sandbox takes the tokens of its /sandbox page, which change with each start. Without a token you are the demo shopper.',
        { cause },
      );
    }
  }
  const authenticate: Authenticate = async (authorization) => (await verify(authorization)).actor;
  return Object.assign(authenticate, { verify, checkKeys: own.checkKeys });
}

async function checkKeys(verifiers: readonly Verifier[]): Promise<readonly string[]> {
  const faults: KeysUnavailable[] = [];
  for (const fault of await Promise.all(verifiers.map(({ check }) => check().then(() => null, asFault)))) {
    if (fault) faults.push(fault);
  }
  const [fault] = faults;
  if (fault && faults.length === verifiers.length) throw fault;
  return [...new Set(faults.map(({ issuer }) => issuer))];
}

function asFault(error: unknown): KeysUnavailable {
  if (error instanceof KeysUnavailable) return error;
  throw error;
}

interface Verifier {
  readonly rules: TokenRules;
  verify(token: string, options: JWTVerifyOptions): Promise<JWTPayload>;
  check(): Promise<void>;
}

function createVerifier(rules: TokenRules): Verifier {
  const { key, issuer, clockToleranceSeconds } = rules;
  const common: JWTVerifyOptions = { issuer, clockTolerance: clockToleranceSeconds, requiredClaims: ['exp'] };
  const keys = key.kind === 'secret' ? withSecret(key) : createIssuerKeys(issuer, key.url);
  const algorithms = key.kind === 'secret' ? [SECRET_ALGORITHM] : KEY_PAIR_ALGORITHMS;
  return {
    rules,
    check: keys.check,
    async verify(token, options) {
      try {
        return await keys.verify(token, { ...common, ...options, algorithms });
      } catch (cause) {
        if (cause instanceof KeysUnavailable) throw cause;
        throw isFaultOfToken(cause)
          ? new Unauthenticated(undefined, { cause })
          : new KeysUnavailable('fault', issuer, { cause });
      }
    },
  };
}

/** Selects by what the token says, not yet verified: the issuer, and the audience, for each of which one entry exists. */
function selectVerifier(verifiers: readonly Verifier[], token: string): Verifier {
  const claims = decode(token);
  const ofIssuer = verifiers.filter(({ rules }) => rules.issuer === claims.iss);
  if (ofIssuer.length === 0) throw refusedFor('the issuer is not configured');
  const verifier = ofIssuer.find(({ rules }) => isMeantFor(claims, rules.claims, rules.audience));
  if (!verifier) throw refusedFor('the token was made for another audience');
  return verifier;
}

function decode(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch (cause) {
    throw new Unauthenticated(undefined, { cause });
  }
}

function refusedFor(reason: string): Unauthenticated {
  return new Unauthenticated(undefined, { cause: new Error(reason) });
}

function withSecret({ secret, previousSecret }: Extract<TokenKey, { readonly kind: 'secret' }>): IssuerKeys {
  const keys = [secret, previousSecret].flatMap((text) => (text === undefined ? [] : [new TextEncoder().encode(text)]));
  return {
    async verify(token, options) {
      let failure: unknown = new errors.JWSSignatureVerificationFailed();
      for (const key of keys) {
        try {
          return (await jwtVerify(token, key, options)).payload;
        } catch (error) {
          if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
          failure = error;
        }
      }
      throw failure;
    },
    check: async () => {},
  };
}

/** Whether the token is at fault. Errors outside jose mean an unusable key; of jose's own, one concerns the key set. */
function isFaultOfToken(error: unknown): boolean {
  return error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid);
}

function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1] ?? null;
}
