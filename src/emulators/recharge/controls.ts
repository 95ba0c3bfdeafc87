import type { FastifyInstance } from 'fastify';
import { ControlInputError, fields, oneOf, takes, wholeNumber } from '../kit/control-input.js';
import type { RechargeContext } from './context.js';

const OUTCOMES = ['success', 'error'] as const;

interface OutcomeBody {
  readonly charge: number;
  readonly outcome: (typeof OUTCOMES)[number];
}

/** Serves `POST /__emulator/charges`, which scripts how the processing of one charge ends. */
export function controls(app: FastifyInstance, context: RechargeContext): void {
  const body = fields({ charge: wholeNumber(1), outcome: oneOf(OUTCOMES) }, ['charge', 'outcome']);
  app.post<{ Body: OutcomeBody }>('/charges', takes(body), ({ body: { charge, outcome } }) => {
    if (!context.store.charges.get(charge)) throw new ControlInputError(`There is no charge ${charge}.`);
    context.store.scriptedOutcomes.set(charge, outcome);
    return { charge, outcome };
  });
}
