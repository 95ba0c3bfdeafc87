import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { mintToken } from '../../auth/mint-token.js';
import { SESSION_ISSUER, type SessionRules } from '../../auth/token-rules.js';
import type { Clock } from '../../domain/moment.js';
import type { Identify } from '../identify.js';
import type { CountRequest } from '../limits/rate-limit.js';
import type { Logger } from '../log.js';
import { RequestRefused } from '../request-refused.js';
import { readSessionRequest } from './session-request.js';

export interface SessionParts {
  readonly rules: SessionRules;
  readonly identify: Identify;
  readonly countRequest: CountRequest;
  /** Keys of the configured accounts. */
  readonly accounts: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
}

export const SESSION_PATH = '/auth/session';

/** Serves `POST /auth/session`: exchanges a service's token for a short-lived token of one shopper. */
export function serveSessions(app: FastifyInstance, parts: SessionParts): void {
  const { rules, identify, countRequest, accounts, clock, log } = parts;

  async function serviceOf(request: FastifyRequest, reply: FastifyReply) {
    const verified = await identify(request).catch(async (error: unknown) => {
      await countRequest(request, reply, null);
      throw error;
    });
    await countRequest(request, reply, verified.actor);
    if (verified.actor.kind === 'SERVICE') return verified;
    log.warn({ requestId: request.id, kind: verified.actor.kind }, 'session refused');
    throw new RequestRefused(403, 'FORBIDDEN', 'Only the token of a service can be exchanged for a session.');
  }

  app.post(SESSION_PATH, async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    try {
      const { actor: service, expiresAtSeconds } = await serviceOf(request, reply);
      const now = clock();
      const remaining = expiresAtSeconds - Math.ceil(now.getTime() / 1_000);
      const longestSeconds = Math.min(rules.lifetimeSeconds, Math.max(remaining, 1));
      const read = readSessionRequest(request.body, { service, accounts, longestSeconds });
      if (read.outcome !== 'valid') {
        const isForbidden = read.outcome === 'forbidden';
        log.warn({ requestId: request.id, service: service.id, reason: read.message }, 'session refused');
        throw isForbidden
          ? new RequestRefused(403, 'FORBIDDEN', read.message)
          : new RequestRefused(400, 'BAD_REQUEST', read.message);
      }
      const session = randomUUID();
      const more = { jti: session, act: { sub: service.id } };
      const own = { issuer: SESSION_ISSUER, audience: SESSION_ISSUER };
      const token = await mintToken({ ...read.token, more }, own, rules.secret, now);
      const { kind, scopes, customers, orders, sub, lifetimeSeconds } = read.token;
      // The subject may be an e-mail address: its digest tells sessions of one shopper.
      const shopper = createHash('sha256').update(sub).digest('hex').slice(0, 16);
      const at = [...new Set([...Object.keys(customers), ...Object.keys(orders)])];
      log.info(
        { requestId: request.id, session, service: service.id, shopper, kind, scopes, accounts: at, lifetimeSeconds },
        'session issued',
      );
      const expiresAt = new Date((Math.floor(now.getTime() / 1_000) + lifetimeSeconds) * 1_000).toISOString();
      return await reply.code(201).send({ token, expiresAt, kind, scopes });
    } catch (error) {
      if (error instanceof GraphQLError) return sendRefusal(reply, error);
      throw error;
    }
  });
}

interface HttpExtension {
  readonly status?: number;
  readonly headers?: Iterable<readonly [string, string]>;
}

/** Sends a refusal of `identify` or of the rate limit, which Apollo Server sends for the graph. */
function sendRefusal(reply: FastifyReply, { message, extensions }: GraphQLError): FastifyReply {
  const { code } = extensions;
  const { status = 500, headers = [] }: HttpExtension = Object(extensions['http']);
  return reply
    .code(status)
    .headers(Object.fromEntries(headers))
    .send({ errors: [{ message, extensions: { code } }] });
}
