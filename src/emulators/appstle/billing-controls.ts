import type { FastifyInstance } from 'fastify';
import { ControlInputError, knownKeysOnly, objectInput, textInput } from '../kit/control-input.js';
import { BILLING_OUTCOMES } from './billing.js';
import type { AppstleWorld } from './world.js';

/** `POST /__emulator/billings`: how the billing of one attempt will end. */
export function billingControls(app: FastifyInstance, world: AppstleWorld): void {
  app.post('/billings', (request) => {
    const input = objectInput(request.body, 'The body');
    knownKeysOnly(input, ['attempt', 'outcome'], 'A billing');
    const attempt = textInput(input['attempt'], 'attempt');
    const outcome = BILLING_OUTCOMES.find((each) => each === input['outcome']);
    if (!world.store.attempts.get(attempt)) throw new ControlInputError(`There is no attempt ${attempt}.`);
    if (!outcome) throw new ControlInputError(`outcome must be one of ${BILLING_OUTCOMES.join(', ')}.`);
    world.store.scriptedOutcomes.set(attempt, outcome);
    return { attempt, outcome };
  });
}
