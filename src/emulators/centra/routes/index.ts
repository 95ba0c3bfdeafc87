import type { FastifyInstance } from 'fastify';
import { Api, BASES } from '../exchange.js';
import { Refusal } from '../refusals.js';
import type { CentraWorld } from '../world.js';
import { accounts } from './accounts.js';
import { baskets } from './baskets.js';
import { checkouts } from './checkouts.js';
import { integration } from './integration.js';
import { orders } from './orders.js';
import { paymentProviderRoutes } from './payment-provider-routes.js';
import { products } from './products.js';
import { storefront } from './storefront.js';
import { subscriptionRoutes } from './subscription-routes.js';

export function routes(app: FastifyInstance, world: CentraWorld): void {
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).send({ errors: error.errors });
    if (error instanceof SyntaxError || Reflect.get(Object(error), 'statusCode') === 400) {
      return reply.code(400).send({ errors: { body: 'malformed' } });
    }
    throw error;
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ errors: { uri: 'not found' } }));
  refuseSecretsFromBrowsers(app);

  for (const dialect of ['checkout', 'shop'] as const) {
    const api = new Api(app, world, dialect);
    for (const register of [baskets, products, checkouts, orders, accounts, subscriptionRoutes]) register(api);
  }
  paymentProviderRoutes(app, world);
  storefront(app, world);
  integration(app, world);
}

/** A browser must never hold the secret: the preflight of a call with it fails on purpose. */
function refuseSecretsFromBrowsers(app: FastifyInstance): void {
  app.options<{ Params: { '*': string } }>(`${BASES.checkout}/*`, (request, reply) => {
    const asked = (request.headers['access-control-request-headers'] ?? '').toLowerCase();
    if (/(?:^|[\s,])(?:api-)?authorization(?:$|[\s,])/u.test(asked)) return reply.code(403).send();
    return reply
      .header('access-control-allow-origin', request.headers.origin ?? '*')
      .header('access-control-allow-methods', 'GET, POST, PUT, DELETE')
      .header('access-control-allow-headers', 'api-token, content-type')
      .code(204)
      .send();
  });
}
