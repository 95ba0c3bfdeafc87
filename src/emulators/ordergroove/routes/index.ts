import type { FastifyInstance } from 'fastify';
import { Endpoints } from '../exchange.js';
import { answerRefusals, limitRate, redirectToSlash } from '../front-door.js';
import type { OrdergrooveWorld } from '../world.js';
import { graphql } from './graphql.js';
import { itemChanges } from './item-changes.js';
import { itemReads } from './items.js';
import { offersHost } from './offers-host.js';
import { oneClick } from './one-click.js';
import { orderActions } from './order-actions.js';
import { orderReads } from './orders.js';
import { peopleReads, useForAll } from './people.js';
import { prepaidChanges } from './prepaid-changes.js';
import { productReads } from './products.js';
import { promotionReads } from './promotions.js';
import { subscriptionChanges } from './subscription-changes.js';
import { subscriptionCreation } from './subscription-creation.js';
import { subscriptionReads } from './subscriptions.js';

export function routes(app: FastifyInstance, world: OrdergrooveWorld): void {
  limitRate(app, world);
  redirectToSlash(app, world);
  answerRefusals(app);

  const endpoints = new Endpoints(app, world);
  for (const register of [
    orderReads,
    itemReads,
    subscriptionReads,
    productReads,
    peopleReads,
    promotionReads,
    graphql,
  ]) {
    register(endpoints);
  }
  for (const register of [
    orderActions,
    itemChanges,
    subscriptionCreation,
    subscriptionChanges,
    prepaidChanges,
    useForAll,
  ]) {
    register(endpoints);
  }
  oneClick(app, world);
  offersHost(app, world);
}
