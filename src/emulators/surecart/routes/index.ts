import type { FastifyInstance } from 'fastify';
import { handleErrors } from '../../kit/refusal.js';
import type { SureCartContext } from '../context.js';
import { createEndpoints } from '../endpoints.js';
import { amend, deeds } from '../misbehaviours.js';
import { errorFormat } from '../error-format.js';
import { limitRate } from '../rate-limit.js';
import { catalogueChanges } from './catalogue-changes.js';
import { checkoutRoutes } from './checkouts.js';
import { lineItemRoutes } from './line-items.js';
import { readRoutes } from './reads.js';
import { upcomingPeriodRoute } from './subscription-updates.js';
import { subscriptionRoutes } from './subscriptions.js';
import { webhookEndpointRoutes } from './webhook-endpoints.js';

export function routes(app: FastifyInstance, context: SureCartContext): void {
  limitRate(app, context);
  handleErrors(app, errorFormat(context));
  const endpoints = createEndpoints(app, context, { amend, deeds });
  readRoutes(endpoints, context);
  webhookEndpointRoutes(endpoints, context);
  for (const register of [lineItemRoutes, checkoutRoutes, subscriptionRoutes, upcomingPeriodRoute, catalogueChanges]) {
    register(endpoints);
  }
}
