import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SESSION_HEADER } from './shopper-session-header.js';

const ONE_DAY_SECONDS = 86_400;

/** What GraphQL clients and browser tracing send of their own accord. */
const ALLOWED_HEADERS = [
  'authorization',
  'content-type',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollographql-client-name',
  'apollographql-client-version',
  'graphql-client-name',
  'graphql-client-version',
  'traceparent',
  'tracestate',
  'baggage',
  'sentry-trace',
  SESSION_HEADER,
];

/** Allows browsers on the listed origins to call `paths`. */
export function allowOrigins(
  app: FastifyInstance,
  paths: readonly string[],
  origins: readonly (string | RegExp)[],
  moreHeaders: readonly string[] = [],
): void {
  if (origins.length === 0) return;
  const graph: FastifyCorsOptions = {
    origin: [...origins],
    methods: ['GET', 'POST'],
    allowedHeaders: [...ALLOWED_HEADERS, ...moreHeaders],
    exposedHeaders: ['ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id', SESSION_HEADER],
    maxAge: ONE_DAY_SECONDS,
  };
  void app.register(cors, {
    delegator: async (request: FastifyRequest) =>
      paths.includes(request.url.split('?', 1)[0] ?? '') ? graph : { origin: false },
  });
}
