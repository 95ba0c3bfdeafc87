import type { Exchange } from './endpoints.js';
import type { AttemptRecord, ContractRecord, VariantRecord } from './records.js';
import { badRequest, problem, userError } from './refusals.js';

/** Records by id; another shop's answers like a missing one. */

function findContract({ context, shop }: Exchange, id: string): ContractRecord | null {
  const contract = context.store.contracts.get(id);
  return contract?.shop === shop.domain ? contract : null;
}

export function contractById(exchange: Exchange, id: string): ContractRecord {
  const contract = findContract(exchange, id);
  if (contract) return contract;
  const isBadRequest = exchange.context.switches.get('unknownContract') === '400';
  throw problem(isBadRequest ? 400 : 404, 'Subscription contract not found');
}

/** Returns the contract to list by, or null where an unknown one is answered with nothing. */
export function listedContract(exchange: Exchange, id: string): ContractRecord | null {
  const isEmpty = exchange.context.switches.get('unknownContract') === 'empty';
  return isEmpty ? findContract(exchange, id) : contractById(exchange, id);
}

export function attemptById({ context, shop }: Exchange, id: string): AttemptRecord {
  const attempt = context.store.attempts.get(id);
  if (attempt?.shop !== shop.domain) throw problem(404, 'Billing attempt not found');
  return attempt;
}

/** Returns the attempt to change, and refuses all but QUEUED ones. */
export function queuedAttemptById(exchange: Exchange, id: string): AttemptRecord {
  const attempt = attemptById(exchange, id);
  if (attempt.status !== 'QUEUED') throw badRequest(`Billing attempt is ${attempt.status}, not QUEUED`);
  return attempt;
}

export function variantById({ context, shop }: Exchange, id: string): VariantRecord {
  const variant = context.store.variants.get(id);
  if (variant?.shop !== shop.domain) throw userError('The product variant is not valid for this shop.');
  return variant;
}

/** Returns the contract to change, and refuses one that is frozen until its minimum of cycles succeeded. */
export function openContractById(exchange: Exchange, id: string): ContractRecord {
  const contract = contractById(exchange, id);
  if (isFrozen(exchange, contract)) {
    throw userError('The subscription contract is frozen until its minimum number of cycles is completed.');
  }
  return contract;
}

function isFrozen({ context }: Exchange, { minCycles, successfulOrders }: ContractRecord): boolean {
  return context.switches.get('freezeUntilMinCycles') && minCycles !== null && successfulOrders < minCycles;
}
