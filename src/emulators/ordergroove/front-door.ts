import type { FastifyInstance } from 'fastify';
import { notFound, Refusal } from './refusals.js';
import type { OrdergrooveWorld } from './world.js';

const MINUTE = 60_000;

/** 429 over the documented requests per minute and address; it comes without Retry-After. */
export function limitRate(app: FastifyInstance, { switches }: OrdergrooveWorld): void {
  let windowStart = 0;
  const counts = new Map<string, number>();
  app.addHook('onRequest', async (request) => {
    const limit = switches.get('rateLimitPerMinute');
    if (limit <= 0) return;
    const now = Date.now();
    if (now - windowStart >= MINUTE) {
      windowStart = now;
      counts.clear();
    }
    const count = (counts.get(request.ip) ?? 0) + 1;
    counts.set(request.ip, count);
    if (count > limit) throw new Refusal(429, { detail: 'Request was throttled.' });
  });
}

/** Documented paths end in a slash; a redirect makes careless clients lose the method and the body. */
export function redirectToSlash(app: FastifyInstance, { switches }: OrdergrooveWorld): void {
  app.addHook('onRequest', async (request, reply) => {
    const [path = '', ...query] = request.url.split('?');
    const hasSlash = request.routeOptions.url?.endsWith('/') !== true || path.endsWith('/');
    if (hasSlash || switches.get('trailingSlashRedirect') === 'serve') return;
    await reply.redirect([`${path}/`, ...query].join('?'), 301);
  });
}

export function answerRefusals(app: FastifyInstance): void {
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Refusal)) throw error;
    return reply.code(error.status).send(error.body);
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(notFound().body));
}
