import { randomUUID } from 'node:crypto';
import { fastify, type FastifyInstance } from 'fastify';
import { releaseConnections } from './drain.js';
import type { Logger } from './log.js';
import { unexpectedError } from './mask-error.js';

const BODY_LIMIT_KIB = 256;

/** HTTP without any page: limits, request ids, and errors in the shape GraphQL clients know. */
export function createApp(log: Logger): FastifyInstance {
  const app = fastify({ bodyLimit: BODY_LIMIT_KIB * 1024, genReqId: () => randomUUID(), trustProxy: false });

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });

  releaseConnections(app);

  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(problem('NOT_FOUND', `There is nothing at this path for ${request.method}.`)),
  );

  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status < 500) return reply.code(status).send(refusal(status));
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

function refusal(status: number) {
  switch (status) {
    case 413:
      return problem('PAYLOAD_TOO_LARGE', `The request body is larger than ${BODY_LIMIT_KIB} KiB.`);
    case 415:
      return problem('UNSUPPORTED_MEDIA_TYPE', 'Send the request as application/json.');
    default:
      return problem('BAD_REQUEST', 'The request body is not valid JSON.');
  }
}

function problem(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}
