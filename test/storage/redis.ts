import { whenThere } from './postgres.js';

/** CI has a server; elsewhere UPSELL_GRAPH_TEST_REDIS_URL may name one. */
export const redisUrl = process.env['UPSELL_GRAPH_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';

export const whenRedis = await whenThere('Redis', redisUrl, 6379);
