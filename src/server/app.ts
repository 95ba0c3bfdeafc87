import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { defaultLimits } from '../config/limits.js';
import type { ServerConfig } from '../config/listen.js';
import { refuseConnection } from './connection-errors.js';
import { releaseConnections } from './drain.js';
import { keepDigits } from './keep-digits.js';
import type { Logger } from './log.js';
import { unexpectedError } from './mask-error.js';
import { RequestRefused } from './request-refused.js';

/** Interval at which Node checks for requests that do not arrive. */
const ARRIVAL_CHECK_MS = 1_000;

/** Time after which a client that takes nothing of its answer is disconnected. */
const STUCK_MS = 30_000;

type AppSettings = Pick<ServerConfig, 'limits' | 'trustedProxies'>;

/** Creates an HTTP server without routes: limits, request ids, and errors in the shape of GraphQL. */
export function createApp(
  log: Logger,
  { limits, trustedProxies }: AppSettings = { limits: defaultLimits, trustedProxies: [] },
  stuckMs = STUCK_MS,
): FastifyInstance {
  const arrivalMs = limits.requestSeconds * 1_000;
  const app = fastify({
    bodyLimit: limits.bodyKiB * 1024,
    requestTimeout: arrivalMs,
    // Node uses the longer of the two for the whole request.
    http: { headersTimeout: arrivalMs, connectionsCheckingInterval: ARRIVAL_CHECK_MS },
    clientErrorHandler: refuseConnection,
    genReqId: () => randomUUID(),
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
  });
  // A form of any other site can send plain text without a preflight request.
  app.removeContentTypeParser('text/plain');
  keepDigits(app);

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });

  app.addHook('onSend', async (_request, { raw }) => {
    const { socket } = raw;
    // A request that is injected has none.
    if (!(socket instanceof Socket)) return;
    // A reset, because the kernel would go on trying to send what it holds.
    raw.setTimeout(stuckMs, () => socket.resetAndDestroy());
  });

  releaseConnections(app);

  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(problem('NOT_FOUND', `No route matches ${request.method} on this path.`)),
  );

  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (error instanceof RequestRefused) return reply.code(status).send(problem(error.code, error.message));
    if (status < 500) return reply.code(status).send(refusal(status, limits.bodyKiB));
    log.error({ err: error, requestId: request.id }, 'unexpected error');
    return reply.code(500).send({ errors: [unexpectedError(request.id)] });
  });

  return app;
}

function statusOf(error: unknown): number {
  const status: unknown =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : null;
  return typeof status === 'number' && status >= 400 ? status : 500;
}

function refusal(status: number, bodyKiB: number) {
  switch (status) {
    case 413:
      return problem('PAYLOAD_TOO_LARGE', `The request body is larger than ${bodyKiB} KiB.`);
    case 415:
      return problem('UNSUPPORTED_MEDIA_TYPE', 'Send the request as application/json.');
    default:
      return problem('BAD_REQUEST', 'The request body is not valid JSON.');
  }
}

function problem(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}
