import { createClient } from '@redis/client';
import type { SharedStates } from '../domain/shared-states.js';
import { replaceUnchanged } from './replace-unchanged.js';

/** States that nobody changed for this long are of no use any more. */
const KEPT_MS = 24 * 3_600_000;

const RECONNECT_MS = 1_000;

/** Replaces a state only while it is as it was read; an absent one reads as nothing. */
const REPLACE = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
`;

export interface RedisSharedStates extends SharedStates {
  close(): Promise<void>;
}

/**
 * Keeps states in Redis. Connects at once and again whenever the connection is lost; meanwhile each change fails without
 * delay, and says why.
 */
export function createRedisSharedStates(url: string, timeoutMs: number): RedisSharedStates {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    commandOptions: { timeout: timeoutMs },
    socket: { connectTimeout: timeoutMs, reconnectStrategy: () => RECONNECT_MS },
  });
  // Unheard, it would end the process: https://github.com/redis/node-redis#events
  let lastFault: unknown;
  client.on('error', (fault) => void (lastFault = fault));
  // It goes on trying by itself, and tells each failure by the event.
  client.connect().catch(() => {});

  return {
    async change(name, compute) {
      if (!client.isReady) throw new Error('There is no connection to Redis.', { cause: lastFault });
      const key = `upsell-graph:${name}`;
      return replaceUnchanged(async () => {
        const [before, now] = await Promise.all([client.get(key), client.time().then(millisecondsOf)]);
        const { state, result } = compute(before, now);
        const texts = [before ?? '', state, String(KEPT_MS)];
        return (await client.eval(REPLACE, { keys: [key], arguments: texts })) === 1 ? { result } : null;
      });
    },
    async close() {
      client.destroy();
    },
  };
}

/**
 * Converts `TIME` of Redis: seconds, and microseconds of the present one.
 * See https://redis.io/docs/latest/commands/time/
 */
function millisecondsOf([seconds, micros]: readonly string[]): number {
  return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
}
