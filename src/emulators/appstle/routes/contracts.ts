import type { Endpoints } from '../exchange.js';
import { contractById } from '../lookups.js';
import { rawContract } from '../payloads.js';

/** Raw contracts, which lag behind writes when switched. */
export function contractReads(endpoints: Endpoints): void {
  endpoints.read('subscription-contracts/contract-external/:id', (exchange) => {
    const { store } = exchange.world;
    return rawContract(exchange.world, store.shown.of(contractById(exchange, exchange.part('id'))));
  });
  endpoints.read('contract-raw-response', (exchange) => {
    const { store } = exchange.world;
    const contract = store.shown.of(contractById(exchange, exchange.parameters.id('contractId')));
    return { subscriptionContract: rawContract(exchange.world, contract) };
  });
}
