import type { FastifyInstance } from 'fastify';
import { ControlInputError, fields, oneOf, takes, text } from '../kit/control-input.js';
import type { OrdergrooveContext } from './context.js';
import { PLACEMENT_OUTCOMES, type PlacementOutcome } from './records.js';

interface PlacementBody {
  readonly order: string;
  readonly outcome: PlacementOutcome;
}

/** Registers `POST /__emulator/placements`, which scripts how the next placement of one order ends. */
export function controls(app: FastifyInstance, context: OrdergrooveContext): void {
  const body = fields({ order: text, outcome: oneOf(PLACEMENT_OUTCOMES) }, ['order', 'outcome']);
  app.post<{ Body: PlacementBody }>('/placements', takes(body), ({ body: { order, outcome } }) => {
    if (!context.store.orders.get(order)) throw new ControlInputError(`There is no order ${order}.`);
    context.store.scriptedOutcomes.set(order, outcome);
    return { order, outcome };
  });
}
