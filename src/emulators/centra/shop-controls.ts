import type { FastifyInstance } from 'fastify';
import { ControlInputError, knownKeysOnly, objectInput, textInput, wholeNumber } from '../kit/control-input.js';
import type { ContractPaymentStatus, PaymentOrderRecord } from './records.js';
import type { CentraWorld } from './world.js';

const PAYMENT_ORDER_STATUSES: readonly PaymentOrderRecord['status'][] = [
  'AUTHORIZED',
  'CAPTURED',
  'CANCELLED',
  'EXPIRED',
];
const CONTRACT_PAYMENT_STATUSES: readonly ContractPaymentStatus[] = ['ACTIVE', 'SUSPENDED', 'REVOKED'];

/** What the people of a shop, its customers and its payment provider do meanwhile. */
export function shopControls(app: FastifyInstance, world: CentraWorld): void {
  app.post('/stock', ({ body }) => {
    const input = fieldsOf(body, ['item', 'stock']);
    const found = existing(world.store.findItem(textInput(input['item'], 'item')), 'item');
    found.size.stock = wholeNumber(input['stock'], 'stock', 0);
    return found.size;
  });

  app.post('/plans', ({ body }) => {
    const input = fieldsOf(body, ['plan', 'discountPercent']);
    const plan = existing(world.store.plans.get(textInput(input['plan'], 'plan')), 'plan');
    const edited = { ...plan, discountPercent: wholeNumber(input['discountPercent'], 'discountPercent', 0) };
    world.store.plans.set(plan.id, edited);
    return edited;
  });

  app.post('/contract-payments', ({ body }) => {
    const input = fieldsOf(body, ['contract', 'status']);
    const contract = existing(world.store.contracts.get(wholeNumber(input['contract'], 'contract', 1)), 'contract');
    existing(contract.payment, 'payment of this contract').status = oneOf(CONTRACT_PAYMENT_STATUSES, input['status']);
    return contract;
  });

  app.post('/payment-orders', ({ body }) => {
    const input = fieldsOf(body, ['order_id', 'status']);
    const order = existing(world.store.paymentOrders.get(textInput(input['order_id'], 'order_id')), 'payment order');
    order.status = oneOf(PAYMENT_ORDER_STATUSES, input['status']);
    return order;
  });
}

function fieldsOf(body: unknown, known: readonly string[]) {
  const input = objectInput(body, 'The body');
  knownKeysOnly(input, known, 'This control');
  return input;
}

function existing<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new ControlInputError(`There is no such ${what}.`);
  return value;
}

function oneOf<Value extends string>(choices: readonly Value[], value: unknown): Value {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new ControlInputError(`status must be one of ${choices.join(', ')}.`);
  return found;
}
