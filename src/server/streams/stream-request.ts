import { type HTTPGraphQLRequest, HeaderMap } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { RequestRefused } from '../request-refused.js';

/** Describes a request to Apollo Server, which refuses subscriptions by GET and streams, as the POST that means the same. */
export function toPostRequest(request: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, String(value));
  }
  headers.set('accept', 'application/graphql-response+json');
  const body = request.method === 'GET' ? bodyOf(request.url) : request.body;
  return { method: 'POST', headers, body, search: '' };
}

function bodyOf(url: string): Readonly<Record<string, unknown>> {
  const parameters = new URLSearchParams(url.split(/\?(.*)/s)[1]);
  const text = (name: string) => parameters.get(name) ?? undefined;
  return Object.fromEntries(
    Object.entries({
      query: text('query'),
      operationName: text('operationName'),
      variables: json(text('variables'), 'variables'),
      extensions: json(text('extensions'), 'extensions'),
    }).filter(([, value]) => value !== undefined),
  );
}

function json(text: string | undefined, name: string): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestRefused(400, 'BAD_REQUEST', `The parameter ${name} is not valid JSON.`);
  }
}
