import type { FastifyInstance } from 'fastify';
import { handleErrors } from '../../kit/refusal.js';
import type { OrdergrooveContext } from '../context.js';
import { createEndpoints } from '../endpoints.js';
import { amend, deeds } from '../misbehaviours.js';
import { limitRate } from '../rate-limit.js';
import { errorFormat } from '../refusals.js';
import { itemChanges } from './item-changes.js';
import { itemReads } from './items.js';
import { offersHost } from './offers-host.js';
import { orderActions } from './order-actions.js';
import { orderReads } from './orders.js';
import { peopleReads } from './people.js';
import { productReads } from './products.js';
import { subscriptionChanges } from './subscription-changes.js';
import { subscriptionCreation } from './subscription-creation.js';
import { subscriptionReads } from './subscriptions.js';

export function routes(app: FastifyInstance, context: OrdergrooveContext): void {
  limitRate(app, context);
  redirectToSlash(app, context);
  handleErrors(app, errorFormat);

  const endpoints = createEndpoints(app, context, { amend: (call, kind) => amend(context, call, kind), deeds });
  for (const register of [orderReads, itemReads, subscriptionReads, productReads, peopleReads]) register(endpoints);
  for (const register of [orderActions, itemChanges, subscriptionCreation, subscriptionChanges]) register(endpoints);
  offersHost(app, context);
}

/** Redirects to the documented path with a slash, which makes careless clients lose the method and the body. */
function redirectToSlash(app: FastifyInstance, { switches }: OrdergrooveContext): void {
  app.addHook('onRequest', async (request, reply) => {
    const [path = '', ...query] = request.url.split('?');
    const hasSlash = request.routeOptions.url?.endsWith('/') !== true || path.endsWith('/');
    if (hasSlash || switches.get('trailingSlashRedirect') === 'serve') return;
    await reply.redirect([`${path}/`, ...query].join('?'), 301);
  });
}
