import type { FastifyInstance } from 'fastify';
import { handleErrors } from '../../kit/refusal.js';
import type { AppstleContext } from '../context.js';
import { createEndpoints } from '../endpoints.js';
import { amend, deeds } from '../misbehaviours.js';
import { errorFormat } from '../refusals.js';
import { attemptChanges } from './attempt-changes.js';
import { attemptReads } from './attempts.js';
import { contractChanges } from './contract-changes.js';
import { contractReads } from './contracts.js';
import { lines } from './lines.js';
import { oneOffs } from './one-offs.js';
import { replaceVariants } from './replace-variants.js';

export function routes(app: FastifyInstance, context: AppstleContext): void {
  handleErrors(app, errorFormat);
  const endpoints = createEndpoints(app, context, { amend: (call, kind) => amend(context, call, kind), deeds });
  for (const register of [oneOffs, attemptReads, contractReads]) register(endpoints);
  for (const register of [attemptChanges, contractChanges, lines, replaceVariants]) register(endpoints);
}
