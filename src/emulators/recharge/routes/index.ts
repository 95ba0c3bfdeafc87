import type { FastifyInstance } from 'fastify';
import { handleErrors } from '../../kit/refusal.js';
import type { RechargeContext } from '../context.js';
import { createEndpoints } from '../endpoints.js';
import { amend, deeds } from '../misbehaviours.js';
import { errorFormat } from '../refusals.js';
import { catalogue } from './catalogue.js';
import { chargeChanges } from './charge-changes.js';
import { charges } from './charges.js';
import { onetimes } from './onetimes.js';
import { people } from './people.js';
import { registrations } from './registrations.js';
import { subscriptionChanges } from './subscription-changes.js';
import { subscriptions } from './subscriptions.js';

export function routes(app: FastifyInstance, context: RechargeContext): void {
  handleErrors(app, errorFormat);
  const endpoints = createEndpoints(app, context, { amend, deeds });
  const all = [charges, chargeChanges, onetimes, subscriptions, subscriptionChanges, catalogue, people, registrations];
  for (const register of all) register(endpoints);
}
