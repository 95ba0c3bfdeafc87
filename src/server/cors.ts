import type { FastifyInstance } from 'fastify';
import { SESSION_HEADER } from './shopper-session-header.js';

const ONE_DAY_SECONDS = '86400';

/** Lets browsers on the listed origins call the graph at `path`. */
export function allowOrigins(app: FastifyInstance, path: string, origins: readonly string[]): void {
  if (origins.length === 0) return;

  app.addHook('onRequest', async (request, reply) => {
    if (request.url.split('?', 1)[0] !== path) return;
    const { origin } = request.headers;
    void reply.header('vary', 'origin');
    if (origin !== undefined && origins.includes(origin)) {
      void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': SESSION_HEADER });
    }
  });

  app.options(path, (_request, reply) =>
    reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': `authorization, content-type, apollo-require-preflight, x-apollo-operation-name, ${SESSION_HEADER}`,
        'access-control-max-age': ONE_DAY_SECONDS,
      })
      .send(),
  );
}
