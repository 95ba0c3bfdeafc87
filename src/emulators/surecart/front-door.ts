import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { NotFound, Refusal, statusWord, tooManyRequests, unauthorized } from './refusals.js';
import type { SureCartWorld } from './world.js';

const RATE_WINDOW_MS = 10_000;
const BAN_MS = 60_000;

/** What the network in front answers: no JSON. */
class Banned extends Error {}

/** https://developer.surecart.com/api-reference/rate-limiting; no `Retry-After` is documented. */
export function limitRate(app: FastifyInstance, world: SureCartWorld): void {
  const counted = new WeakMap<FastifyRequest, SureCartWorld['store']['rates']>();

  app.addHook('onRequest', async (request, reply) => {
    const { switches, store } = world;
    const { rates } = store;
    rates.inFlight += 1;
    counted.set(request, rates);
    reply.raw.once('close', () => {
      if (counted.delete(request)) rates.inFlight -= 1;
    });
    if (Date.now() < rates.bannedUntil) throw new Banned();
    const limit = switches.get('rateLimit');
    const parallel = switches.get('parallelLimit');
    const isTooFast = limit > 0 && !rates.admits('all', limit, RATE_WINDOW_MS, Date.now());
    const isTooWide = parallel > 0 && rates.inFlight > parallel;
    if (!isTooFast && !isTooWide) return;
    if (!switches.get('networkBan')) throw tooManyRequests();
    rates.bannedUntil = Date.now() + BAN_MS;
    throw new Banned();
  });
}

export function authenticate(app: FastifyInstance, world: SureCartWorld): void {
  app.addHook('onRequest', async ({ headers }) => {
    if (!isToken(headers.authorization, world.store.token)) throw unauthorized();
  });
}

export function answerRefusals(app: FastifyInstance, { switches }: SureCartWorld): void {
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Banned) return reply.code(429).type('text/html').send(BAN_PAGE);
    if (error instanceof NotFound) {
      const status = switches.get('notFoundStatus');
      return reply.code(status).send({
        http_status: statusWord(status),
        type: 'not_found',
        code: `${error.object}.not_found`,
        message: error.message,
        ...plainErrors(switches.get('plainValidationErrors')),
      });
    }
    if (!(error instanceof Refusal)) throw error;
    const { status, type, code, message, validationErrors } = error;
    return reply.code(status).send({
      http_status: statusWord(status),
      type,
      code,
      message,
      ...(validationErrors
        ? { validation_errors: validationErrors }
        : plainErrors(switches.get('plainValidationErrors'))),
    });
  });
  app.setNotFoundHandler(() => {
    throw new NotFound('resource');
  });
}

function plainErrors(shape: 'object' | 'missing' | 'list'): { validation_errors?: object } {
  if (shape === 'missing') return {};
  return { validation_errors: shape === 'list' ? [] : {} };
}

function isToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

const BAN_PAGE =
  '<!DOCTYPE html><html><head><title>Access denied</title></head><body><h1>Error 1015</h1><p>You are being rate limited.</p></body></html>';
