import { LRUCache } from 'lru-cache';
import type { Actor } from '../domain/actor.js';

/** Tokens that were verified, as long as they are valid themselves. */
export interface VerifiedTokens {
  get(token: string, now: Date): Actor | null;
  put(token: string, actor: Actor, expiresAtSeconds: number | undefined): void;
}

/** A key that its issuer withdraws is trusted that much longer. */
const REMEMBERED_MS = 60_000;

const MAX_CHARACTERS = 4 * 1024 * 1024;

export function rememberVerified(clockToleranceSeconds: number): VerifiedTokens {
  const known = new LRUCache<string, { readonly actor: Actor; readonly endsAtSeconds: number }>({
    ttl: REMEMBERED_MS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_verified, token) => token.length,
  });
  return {
    get(token, now) {
      const verified = known.get(token);
      const isValid = verified && Math.floor(now.getTime() / 1000) < verified.endsAtSeconds;
      return isValid ? verified.actor : null;
    },
    put(token, actor, expiresAtSeconds = 0) {
      known.set(token, { actor, endsAtSeconds: expiresAtSeconds + clockToleranceSeconds });
    },
  };
}
