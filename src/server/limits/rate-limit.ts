import { HeaderMap } from '@apollo/server';
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { RateLimits } from '../../config/limits.js';
import type { Actor } from '../../domain/actor.js';
import type { SharedStates } from '../../domain/shared-states.js';
import { SharedCounts } from './shared-counts.js';

/** Counts the operations of a request for its actor, or for its address without one. Throws above the limit. */
export type CountRequest = (request: FastifyRequest, reply: FastifyReply, actor: Actor | null) => Promise<void>;

/** Returns the provider calls made for an actor since they were last taken. */
export type TakeCalls = (actorId: string) => number;

type Policy = Exclude<keyof RateLimits, 'windowSeconds'>;

/** Number of most recent callers counted per policy. */
const REMEMBERED_CALLERS = 50_000;

/**
 * Limits requests per time window, of all processes that share `states`, and reports the rest in response headers. A shopper is
 * charged for provider calls as well: a request counts as the calls that the one before it made, and as one at least.
 */
export async function limitRate(
  app: FastifyInstance,
  limits: RateLimits,
  takeCalls: TakeCalls = () => 0,
  states: SharedStates | null = null,
): Promise<CountRequest> {
  const { windowSeconds } = limits;
  const shared = states && new SharedCounts(states, windowSeconds * 1_000);
  const callers = new WeakMap<FastifyRequest, string>();
  await app.register(rateLimit, { global: false, cache: REMEMBERED_CALLERS, timeWindow: windowSeconds * 1_000 });
  const keyGenerator = (request: FastifyRequest) => callers.get(request) ?? '';
  const counters = {
    shopper: app.createRateLimit({ max: limits.shopper, keyGenerator }),
    service: app.createRateLimit({ max: limits.service, keyGenerator }),
    anonymous: app.createRateLimit({ max: limits.anonymous, keyGenerator }),
  };

  return async (request, reply, actor) => {
    const policy = policyOf(actor);
    if (limits[policy] === 0) return;
    const caller = actor?.id ?? normalizeIP(request.ip);
    callers.set(request, caller);
    const operations = Array.isArray(request.body) ? request.body.length : 1;
    // The first call of a request is part of it.
    const calls = policy === 'shopper' && actor ? Math.max(takeCalls(actor.id) - 1, 0) : 0;
    const charged = Math.min(operations + calls, limits[policy] + 1);
    for (let counted = 1; counted < charged; counted += 1) await counters[policy](request);
    const count = await counters[policy](request);
    if (count.isAllowed) return;
    const { max, ttlInSeconds } = count;
    const elsewhere = shared?.add(`${policy} ${caller}`, charged, max) ?? 0;
    const isExceeded = count.isExceeded || elsewhere > count.remaining;
    const remaining = Math.max(count.remaining - elsewhere, 0);
    // https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    void reply.header('ratelimit-policy', `"${policy}";q=${max};w=${windowSeconds}`);
    void reply.header('ratelimit', `"${policy}";r=${remaining};t=${ttlInSeconds}`);
    if (isExceeded) throw tooManyRequests(ttlInSeconds);
  };
}

function policyOf(actor: Actor | null): Policy {
  if (!actor) return 'anonymous';
  return actor.kind === 'SERVICE' ? 'service' : 'shopper';
}

function tooManyRequests(seconds: number): GraphQLError {
  const headers = new HeaderMap([['retry-after', String(seconds)]]);
  return new GraphQLError(`Too many requests. Try again in ${seconds} s; nothing was done.`, {
    extensions: { code: 'RATE_LIMIT_EXCEEDED', http: { status: 429, headers } },
  });
}
