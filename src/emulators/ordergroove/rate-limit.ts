import type { FastifyInstance } from 'fastify';
import type { OrdergrooveContext } from './context.js';
import { throttled } from './refusals.js';

/** Answers 429 over the documented requests per minute and address. */
export function limitRate(app: FastifyInstance, context: OrdergrooveContext): void {
  app.addHook('onRequest', async (request) => {
    const limit = context.switches.get('rateLimitPerMinute');
    if (!context.store.requestRate.take(request.ip, limit, Date.now())) throw throttled();
  });
}
