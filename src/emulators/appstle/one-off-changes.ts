import { misbehaves } from '../kit/endpoints.js';
import { utcText } from './dates.js';
import type { Exchange } from './endpoints.js';
import { openContractById, variantById } from './lookups.js';
import { reducedBy } from './pricing.js';
import type { AttemptRecord, ContractRecord, OneOffRecord, VariantRecord } from './records.js';
import { problem } from './refusals.js';
import { queuedOf } from './schedule.js';
import type { AppstleStore } from './store.js';

export interface WantedOneOff {
  readonly contractId: string;
  readonly attemptId: string;
  readonly variantId: string;
  readonly variantHandle: string;
  readonly quantity: number;
}

/** Adds to the attempt asked for, or silently to the next order when that one is not queued. */
export function addOneOff(exchange: Exchange, wanted: WantedOneOff): ContractRecord {
  const { context } = exchange;
  const contract = openContractById(exchange, wanted.contractId);
  const variant = variantById(exchange, wanted.variantId);
  const attempt = targetAttempt(exchange, contract, wanted.attemptId);
  const existing = findOneOff(context.store, contract.id, attempt.id, variant.id);
  if (!existing) insertOneOff(exchange, { contract, attempt, variant }, wanted);
  else if (misbehaves(exchange, 'mergeLine')) existing.quantity += wanted.quantity;
  else if (context.switches.get('repeatedOneOff') === 'overwrite') existing.quantity = wanted.quantity;
  return contract;
}

function findOneOff(store: AppstleStore, contractId: string, attemptId: string, variantId: string) {
  return store.oneOffs.find(
    (row) => row.contractId === contractId && row.attemptId === attemptId && row.variantId === variantId,
  );
}

function targetAttempt({ context }: Exchange, contract: ContractRecord, asked: string): AttemptRecord {
  const queued = queuedOf(context.store, contract.id);
  const isHonoured = context.switches.get('oneOffTarget') === 'asked';
  const attempt = (isHonoured ? queued.find(({ id }) => id === asked) : undefined) ?? queued[0];
  if (!attempt) throw problem(context.switches.get('noQueuedAttemptStatus'), 'No value present');
  return attempt;
}

interface Target {
  readonly contract: ContractRecord;
  readonly attempt: AttemptRecord;
  readonly variant: VariantRecord;
}

/** Inserts a one-off at the price the server sets. */
function insertOneOff(
  { context }: Exchange,
  { contract, attempt, variant }: Target,
  { variantHandle, quantity }: WantedOneOff,
): OneOffRecord {
  const now = utcText(context.clock.now());
  const percent = context.switches.get('oneOffPrice') === 'discounted' ? 10 : 0;
  return context.store.oneOffs.add({
    id: context.store.identifiers.next('oneOff'),
    shop: contract.shop,
    contractId: contract.id,
    attemptId: attempt.id,
    variantId: variant.id,
    variantHandle,
    quantity,
    price: reducedBy(variant.price, percent),
    createdAt: now,
    updatedAt: now,
  });
}

/** Deletes a one-off while its attempt is queued. An absent row is fine. */
export function deleteOneOff(store: AppstleStore, contractId: string, attemptId: string, variantId: string): void {
  const row = findOneOff(store, contractId, attemptId, variantId);
  if (row && store.attempts.get(attemptId)?.status === 'QUEUED') store.oneOffs.delete(row.id);
}
