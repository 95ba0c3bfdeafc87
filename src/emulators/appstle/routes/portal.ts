import type { FastifyInstance } from 'fastify';
import { portalCustomer } from '../authentication.js';
import { utcText } from '../dates.js';
import { sendJson } from '../exchange.js';
import { findOneOff } from '../one-off-changes.js';
import { Parameters } from '../parameters.js';
import { oneOffPayload } from '../payloads.js';
import { problem } from '../refusals.js';
import type { AppstleWorld } from '../world.js';

/** The shop's app proxy. Changing the quantity of a one-off was seen here only; it answers one record, not a list. */
export function portal(app: FastifyInstance, world: AppstleWorld): void {
  app.put('/apps/subscriptions/cp/api/subscription-contract-one-offs-update-quantity', async (request, reply) => {
    const { store, clock } = world;
    const { searchParams } = new URL(request.url, 'http://emulator');
    const customerId = portalCustomer(request.headers, searchParams, store, clock.now());
    const parameters = new Parameters(searchParams);
    const contract = store.contracts.get(parameters.id('contractId'));
    const [attemptId, variantId] = [parameters.id('billingAttemptId'), parameters.id('variantId')];
    const quantity = parameters.integer('quantity', 1, 999);
    const row = contract?.customerId === customerId ? findOneOff(store, contract.id, attemptId, variantId) : undefined;
    if (!row) throw problem(404, 'One-time product not found');
    row.quantity = quantity;
    row.updatedAt = utcText(clock.now());
    return sendJson(reply, oneOffPayload(world, row));
  });
}
