import type { FastifyInstance } from 'fastify';
import { ControlInputError, fields, oneOf, takes, text } from '../kit/control-input.js';
import type { AppstleContext } from './context.js';
import { BILLING_OUTCOMES } from './renewals.js';

interface BillingBody {
  readonly attempt: string;
  readonly outcome: (typeof BILLING_OUTCOMES)[number];
}

/** Registers `POST /__emulator/billings`, which scripts how the billing of one attempt ends. */
export function controls(app: FastifyInstance, context: AppstleContext): void {
  const body = fields({ attempt: text, outcome: oneOf(BILLING_OUTCOMES) }, ['attempt', 'outcome']);
  app.post<{ Body: BillingBody }>('/billings', takes(body), ({ body: { attempt, outcome } }) => {
    if (!context.store.attempts.get(attempt)) throw new ControlInputError(`There is no attempt ${attempt}.`);
    context.store.scriptedOutcomes.set(attempt, outcome);
    return { attempt, outcome };
  });
}
