import { normalizeIP } from '@fastify/rate-limit';
import { LRUCache } from 'lru-cache';

const WINDOW_MS = 60_000;
/** Refused deliveries of one address in a window, beyond which there are many. */
const MAX_REFUSALS = 120;
const REMEMBERED_ADDRESSES = 10_000;

/** Counts refused deliveries by address. */
export function createRefusalCounter() {
  const counts = new LRUCache<string, { count: number }>({ max: REMEMBERED_ADDRESSES, ttl: WINDOW_MS });
  return {
    areMany: (address: string): boolean => (counts.get(normalizeIP(address))?.count ?? 0) >= MAX_REFUSALS,
    count(address: string): void {
      const key = normalizeIP(address);
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { count: 1 });
    },
  };
}
