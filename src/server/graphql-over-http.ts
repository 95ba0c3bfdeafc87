import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import Negotiator from 'negotiator';
import { RequestRefused } from './request-refused.js';

/** Request headers that responses vary by. */
const VARIES_BY = 'accept, accept-encoding, accept-language';

/** Rejects a request whose response could not be sent, before a write can run; an `onRequest` hook. */
export async function negotiateResponse({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const vary = reply.getHeader('vary');
  void reply.headers({
    'cache-control': 'no-store',
    vary: vary === undefined ? VARIES_BY : `${String(vary)}, ${VARIES_BY}`,
  });
  if (negotiateType(headers.accept) === null && !prefersEventStream(headers.accept)) {
    const message =
      'Responses are sent as application/graphql-response+json or application/json, and as text/event-stream.';
    throw new RequestRefused(406, 'NOT_ACCEPTABLE', message);
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    void reply.header('accept-encoding', 'identity');
    throw new RequestRefused(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the request body without compression.');
  }
}

/** Sets the negotiated type on errors of Fastify, which sends all of them as plain JSON; an `onSend` hook. */
export async function setErrorType({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (reply.statusCode >= 400) void reply.type(negotiateType(headers.accept) ?? JSON_TYPE);
}

export function refuseOtherMethods(app: FastifyInstance, path: string): void {
  app.route({
    method: ['HEAD', 'PUT', 'PATCH', 'DELETE'],
    url: path,
    async handler({ method }, reply) {
      void reply.header('allow', 'GET, POST');
      throw new RequestRefused(405, 'METHOD_NOT_ALLOWED', `The graph accepts GET and POST, not ${method}.`);
    },
  });
}

/** Errors that GraphQL finds in a document or its variables. */
const REQUEST_ERRORS = new Set<unknown>([
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE,
  ApolloServerErrorCode.BAD_USER_INPUT,
]);

/**
 * Sets status 200 on GraphQL errors sent as `application/json`, where the status describes HTTP alone. Apollo Server sets
 * 400 for both types, which is right only for `application/graphql-response+json`.
 */
export function useJsonStatus<Context extends BaseContext>(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ request, response: { http, body } }) {
        if (http.status !== 400 || body.kind !== 'single') return;
        const { errors = [] } = body.singleResult;
        if (!errors.every(({ extensions }) => REQUEST_ERRORS.has(extensions?.['code']))) return;
        if (negotiateType(request.http?.headers.get('accept')) === JSON_TYPE) http.status = 200;
      },
    }),
  };
}

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

/** Returns the media type of the response; null when the client accepts none of ours. */
function negotiateType(accept: string | undefined): string | null {
  if (!accept) return JSON_TYPE;
  return new Negotiator({ headers: { accept } }).mediaType([JSON_TYPE, GRAPHQL_RESPONSE_TYPE]) ?? null;
}

const EVENT_STREAM_TYPE = 'text/event-stream';

/** Returns whether a client prefers events to a single response. */
export function prefersEventStream(accept: string | undefined): boolean {
  if (!accept?.includes(EVENT_STREAM_TYPE)) return false;
  const types = [JSON_TYPE, GRAPHQL_RESPONSE_TYPE, EVENT_STREAM_TYPE];
  return new Negotiator({ headers: { accept } }).mediaType(types) === EVENT_STREAM_TYPE;
}
