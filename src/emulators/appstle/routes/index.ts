import type { FastifyInstance } from 'fastify';
import { Endpoints } from '../exchange.js';
import { acceptExactJson, answerRefusals } from '../front-door.js';
import type { AppstleWorld } from '../world.js';
import { attemptChanges } from './attempt-changes.js';
import { attemptReads } from './attempts.js';
import { contractChanges } from './contract-changes.js';
import { contractReads } from './contracts.js';
import { customers } from './customers.js';
import { details } from './details.js';
import { lines } from './lines.js';
import { oneOffs } from './one-offs.js';
import { plans } from './plans.js';
import { portal } from './portal.js';
import { replaceVariants } from './replace-variants.js';

export function routes(app: FastifyInstance, world: AppstleWorld): void {
  acceptExactJson(app);
  answerRefusals(app);
  const endpoints = new Endpoints(app, world);
  for (const register of [oneOffs, attemptReads, contractReads, details, customers, plans]) register(endpoints);
  for (const register of [attemptChanges, contractChanges, lines, replaceVariants]) register(endpoints);
  portal(app, world);
}
