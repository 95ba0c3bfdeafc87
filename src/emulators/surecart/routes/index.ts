import type { FastifyInstance } from 'fastify';
import { Endpoints } from '../exchange.js';
import { answerRefusals, authenticate, limitRate } from '../front-door.js';
import type { SureCartWorld } from '../world.js';
import { catalogueChanges } from './catalogue-changes.js';
import { checkoutRoutes } from './checkouts.js';
import { lineItemRoutes } from './line-items.js';
import { readRoutes } from './reads.js';
import { refundRoutes } from './refunds.js';
import { subscriptionRoutes } from './subscriptions.js';
import { upcomingPeriodRoute } from './subscription-updates.js';
import { webhookEndpointRoutes } from './webhook-endpoints.js';

export function routes(app: FastifyInstance, world: SureCartWorld): void {
  limitRate(app, world);
  authenticate(app, world);
  answerRefusals(app, world);
  const endpoints = new Endpoints(app, world);
  for (const register of [
    readRoutes,
    lineItemRoutes,
    checkoutRoutes,
    subscriptionRoutes,
    upcomingPeriodRoute,
    catalogueChanges,
    refundRoutes,
    webhookEndpointRoutes,
  ]) {
    register(endpoints);
  }
}
