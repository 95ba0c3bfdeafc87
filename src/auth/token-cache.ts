import { LRUCache } from 'lru-cache';
import type { Actor } from '../domain/actor.js';

/** Caches the actors of verified tokens until the tokens expire. */
export interface TokenCache {
  get(token: string, now: Date): Actor | null;
  put(token: string, actor: Actor, expiresAtSeconds: number | undefined): void;
}

/** Bounds how long a token outlives the withdrawal of its signing key. */
const MAX_AGE_MS = 60_000;

const MAX_CHARACTERS = 4 * 1024 * 1024;

export function createTokenCache(clockToleranceSeconds: number): TokenCache {
  const tokens = new LRUCache<string, { readonly actor: Actor; readonly endsAtSeconds: number }>({
    ttl: MAX_AGE_MS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_verified, token) => token.length,
  });
  return {
    get(token, now) {
      const verified = tokens.get(token);
      const isValid = verified && Math.floor(now.getTime() / 1000) < verified.endsAtSeconds;
      return isValid ? verified.actor : null;
    },
    put(token, actor, expiresAtSeconds = 0) {
      tokens.set(token, { actor, endsAtSeconds: expiresAtSeconds + clockToleranceSeconds });
    },
  };
}
