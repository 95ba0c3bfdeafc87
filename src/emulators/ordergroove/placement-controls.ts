import type { FastifyInstance } from 'fastify';
import { ControlInputError, knownKeysOnly, objectInput, textInput } from '../kit/control-input.js';
import { PLACEMENT_OUTCOMES } from './placement.js';
import type { OrdergrooveWorld } from './world.js';

/** `POST /__emulator/placements`: how the next placement of one order will end. */
export function placementControls(app: FastifyInstance, world: OrdergrooveWorld): void {
  app.post('/placements', (request) => {
    const input = objectInput(request.body, 'The body');
    knownKeysOnly(input, ['order', 'outcome'], 'A placement');
    const order = textInput(input['order'], 'order');
    const outcome = PLACEMENT_OUTCOMES.find((each) => each === input['outcome']);
    if (!world.store.orders.get(order)) throw new ControlInputError(`There is no order ${order}.`);
    if (outcome === undefined) throw new ControlInputError(`outcome must be one of ${PLACEMENT_OUTCOMES.join(', ')}.`);
    world.store.scriptedOutcomes.set(order, outcome);
    return { order, outcome };
  });
}
