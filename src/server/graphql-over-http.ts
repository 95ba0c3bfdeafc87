import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { agreeOnType, JSON_TYPE } from './media-types.js';
import { RequestRefused } from './request-refused.js';

/** Answers differ by these headers of the request, and none is for a cache to keep. */
const VARIES_BY = 'accept, accept-encoding';

/** An `onRequest` hook. A write must not run when its answer cannot be sent. */
export async function agreeOnAnswer({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const vary = reply.getHeader('vary');
  void reply.headers({
    'cache-control': 'no-store',
    vary: vary === undefined ? VARIES_BY : `${String(vary)}, ${VARIES_BY}`,
  });
  if (agreeOnType(headers.accept) === null) {
    const message = 'Answers are sent as application/graphql-response+json or application/json.';
    throw new RequestRefused(406, 'NOT_ACCEPTABLE', message);
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    void reply.header('accept-encoding', 'identity');
    throw new RequestRefused(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the request body without compression.');
  }
}

/** An `onSend` hook. What Fastify refuses is a GraphQL answer as well, but it calls every error plain JSON. */
export async function labelRefusal({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (reply.statusCode >= 400) void reply.type(agreeOnType(headers.accept) ?? JSON_TYPE);
}

export function refuseOtherMethods(app: FastifyInstance, path: string): void {
  app.route({
    method: ['HEAD', 'PUT', 'PATCH', 'DELETE'],
    url: path,
    async handler({ method }, reply) {
      void reply.header('allow', 'GET, POST');
      throw new RequestRefused(405, 'METHOD_NOT_ALLOWED', `The graph answers GET and POST, not ${method}.`);
    },
  });
}
