import type { FastifyInstance } from 'fastify';
import type { SureCartContext } from './context.js';
import { banned, tooManyRequests } from './refusals.js';

const BAN_MS = 60_000;

/**
 * Refuses requests above the rate limit. No `Retry-After` is documented.
 * See https://developer.surecart.com/api-reference/rate-limiting
 */
export function limitRate(app: FastifyInstance, context: SureCartContext): void {
  app.addHook('onRequest', async (_request, reply) => {
    const { switches, store } = context;
    store.requestsInFlight += 1;
    reply.raw.once('close', () => {
      store.requestsInFlight -= 1;
    });
    if (Date.now() < store.bannedUntil) throw banned();
    const parallel = switches.get('parallelLimit');
    const isTooFast = !store.requestRate.take('all', switches.get('rateLimit'), Date.now());
    const isTooWide = parallel > 0 && store.requestsInFlight > parallel;
    if (!isTooFast && !isTooWide) return;
    if (!switches.get('networkBan')) throw tooManyRequests();
    store.bannedUntil = Date.now() + BAN_MS;
    throw banned();
  });
}

/** Counts a request of the group that may notify people or call third parties. */
export function countSensitive({ switches, store, clock }: SureCartContext): void {
  const isWithin = store.sensitiveRate.take('all', switches.get('sensitiveLimit'), clock.now().getTime());
  if (!isWithin) throw tooManyRequests();
}
