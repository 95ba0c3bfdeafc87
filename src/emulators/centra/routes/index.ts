import type { FastifyInstance } from 'fastify';
import { handleErrors } from '../../kit/refusal.js';
import type { CentraContext } from '../context.js';
import { BASES, createEndpoints } from '../endpoints.js';
import { amend, deeds } from '../misbehaviours.js';
import { errorFormat } from '../refusals.js';
import { accounts } from './accounts.js';
import { baskets } from './baskets.js';
import { checkouts } from './checkouts.js';
import { integration } from './integration.js';
import { orders } from './orders.js';
import { paymentProviderRoutes } from './payment-provider-routes.js';
import { products } from './products.js';
import { storefront } from './storefront.js';
import { subscriptionRoutes } from './subscription-routes.js';

export function routes(app: FastifyInstance, context: CentraContext): void {
  handleErrors(app, errorFormat);
  refuseSecretsFromBrowsers(app);

  for (const dialect of ['checkout', 'shop'] as const) {
    const endpoints = createEndpoints(app, context, dialect, { amend, deeds });
    for (const register of [baskets, products, checkouts, orders, accounts, subscriptionRoutes]) {
      register(endpoints, dialect);
    }
  }
  paymentProviderRoutes(app, context);
  storefront(app, context);
  integration(app, context);
}

/** Refuses the preflight of a call with the secret, on purpose: a browser must never hold the secret. */
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
