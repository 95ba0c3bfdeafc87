import { LRUCache } from 'lru-cache';
import type { Actor } from '../domain/actor.js';

/** The actor of a verified token. */
export interface VerifiedActor {
  readonly actor: Actor;
  readonly expiresAtSeconds: number;
}

/** Caches the actors of verified tokens until the tokens expire. */
export interface TokenCache {
  get(token: string, now: Date): VerifiedActor | null;
  put(token: string, verified: VerifiedActor, clockToleranceSeconds: number): void;
}

/** Bounds how long a token outlives the withdrawal of its signing key. */
const MAX_AGE_MS = 60_000;

const MAX_CHARACTERS = 4 * 1024 * 1024;

export function createTokenCache(): TokenCache {
  const tokens = new LRUCache<string, { readonly verified: VerifiedActor; readonly endsAtSeconds: number }>({
    ttl: MAX_AGE_MS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_verified, token) => token.length,
  });
  return {
    get(token, now) {
      const cached = tokens.get(token);
      return cached && Math.floor(now.getTime() / 1000) < cached.endsAtSeconds ? cached.verified : null;
    },
    put(token, verified, clockToleranceSeconds) {
      tokens.set(token, { verified, endsAtSeconds: verified.expiresAtSeconds + clockToleranceSeconds });
    },
  };
}
