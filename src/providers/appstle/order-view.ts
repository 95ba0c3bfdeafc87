import type { LineItem } from '../../domain/line-item.js';
import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { problem, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import type { Decoded } from '../kit/decode.js';
import { attempt, attemptLookup } from '../kit/lookups.js';
import { isAmong } from '../kit/ownership.js';
import { type OneOffScope } from './client.js';
import { readContract, readQueue, type RecordSources } from './contract-reads.js';
import type { OrderKey } from './keys.js';
import { billedTotals, contractLine, estimatedTotals, oneOffLine, toOrder } from './mapping.js';
import type { WireAttempt, WireOneOff } from './wire.js';
import type { WireContract } from './wire-contract.js';

/** An order put together from its attempt, its contract and the one-offs of the contract. */
export interface OrderView {
  readonly key: OrderKey;
  readonly attempt: WireAttempt;
  readonly order: Order;
  readonly lines: Lookup<readonly LineItem[]>;
  readonly contract: Lookup<WireContract>;
  /** As read: of the next order or of all. Missing for an order that is not queued. */
  readonly oneOffs: Lookup<readonly WireOneOff[]>;
  /** All queued attempts of the contract, the soonest first. */
  readonly queue: readonly WireAttempt[];
}

/** Whether the order is still to come, so that its one-offs could be asked for. */
export function isQueued({ oneOffs }: Pick<OrderView, 'oneOffs'>): boolean {
  return oneOffs.state !== 'missing';
}

/** Returns why an order lacks what its contract or its one-offs would tell. */
export function gapIn({ contract, lines, oneOffs }: OrderView): ProviderProblem | null {
  if (contract.state === 'failed') return contract.problem;
  return oneOffs.state !== 'missing' && lines.state === 'failed' ? lines.problem : null;
}

/** `customerId`: whose orders are looked through; null looks at the contract by itself. */
export interface ViewOf {
  readonly key: OrderKey;
  readonly customerId: string | null;
}

/** Reads an order with all that belongs to it. */
export function readView(sources: RecordSources, { key, customerId }: ViewOf): Promise<Lookup<OrderView>> {
  return attemptLookup(async () => {
    const [queued, contract] = await Promise.all([
      attempt(() => readQueue(sources, key.contractId, customerId)),
      readContract(sources, key.contractId, customerId),
    ]);
    // Whatever the queue of a contract that does not exist is answered with.
    if (contract.state === 'missing' || !isAmong(sources.onlyOrders, key.attemptId)) return missing;
    if (queued.state !== 'found') return queued;
    const queue = queued.value;
    // A list that showed somebody else's contracts says nothing of whose order this is.
    if (contract.state === 'failed' && contract.problem.kind === 'CONTRACT_DRIFT') return contract;
    const upcoming = queue.records.find(({ id }) => id === key.attemptId);
    const wire = upcoming ?? (await readPast(sources, key, queue, contract));
    if (wire === null) return missing;
    const oneOffs = upcoming ? await readOneOffs(sources, key, queue.records) : missing;
    return found(toView(sources, { attempt: wire, contract, oneOffs, queue: queue.records, customerId }));
  });
}

/** Reads an order that left the queue, once it is certain whose contract it is. */
async function readPast(
  { reads }: RecordSources,
  { contractId, attemptId }: OrderKey,
  queue: Decoded<WireAttempt>,
  contract: Lookup<WireContract>,
): Promise<WireAttempt | null> {
  if (contract.state === 'failed') throw new ProviderFailure(contract.problem);
  const past = await reads.pastOfContract.get(contractId);
  const attempt = past.records.find(({ id }) => id === attemptId) ?? null;
  const unread = queue.problem ?? past.problem;
  if (attempt === null && unread) throw new ProviderFailure(unread);
  return attempt;
}

/** Reads the one-offs of a contract: the documented read of the next order when it is the only one, of all orders otherwise. */
export async function readOneOffs(
  { reads }: RecordSources,
  { contractId, attemptId }: Pick<OrderKey, 'contractId'> & { readonly attemptId: string | null },
  queue: readonly WireAttempt[],
): Promise<Lookup<readonly WireOneOff[]>> {
  const scope: OneOffScope = queue.length === 1 ? 'next' : 'all';
  return attemptLookup(async () => {
    const { records, unread } = await reads.oneOffs.get({ contractId, scope });
    // Null: the rows of all its orders have to be readable.
    const gap = attemptId === null ? [...unread.values()][0] : (unread.get(attemptId) ?? unread.get(null));
    return gap ? failed(gap) : found(records.map((row) => withAttempt(row, queue, scope)));
  });
}

/** Fills in a row's attempt, which the schema lets it leave out and only the read of the next order makes up for. */
function withAttempt(row: WireOneOff, queue: readonly WireAttempt[], scope: OneOffScope): WireOneOff {
  if (row.attemptId !== null) return row;
  if (scope === 'next' && queue[0]) return { ...row, attemptId: queue[0].id };
  throw new ProviderFailure(problem('CONTRACT_DRIFT', 'A one-time product does not say which order it is on.'));
}

interface Parts {
  readonly attempt: WireAttempt;
  readonly contract: Lookup<WireContract>;
  readonly oneOffs: Lookup<readonly WireOneOff[]>;
  readonly queue: readonly WireAttempt[];
  readonly customerId: string | null;
}

function toView(
  { account, clock }: RecordSources,
  { attempt, contract, oneOffs, queue, customerId }: Parts,
): OrderView {
  const key = { contractId: attempt.contractId, attemptId: attempt.id };
  const owner = (contract.state === 'found' ? contract.value.customerId : null) ?? customerId;
  const order = toOrder(attempt, owner, account, clock());
  const lines = linesOf();
  const isBilled = oneOffs.state === 'missing';
  const totals = isBilled ? billedTotals(attempt, contract) : estimatedTotals(lines, contract);
  return { key, attempt, order: { ...order, totals }, lines, contract, oneOffs, queue };

  function linesOf(): Lookup<readonly LineItem[]> {
    if (oneOffs.state === 'missing') return failed(contentsUnstated);
    if (oneOffs.state === 'failed') return oneOffs;
    if (contract.state !== 'found') return contract;
    if (contract.value.lines.problem) return failed(contract.value.lines.problem);
    const isNext = queue[0]?.id === attempt.id;
    const ofContract = contract.value.lines.records.filter(({ oneTime }) => isNext || !oneTime);
    const ofOrder = oneOffs.value.filter(({ attemptId }) => attemptId === attempt.id);
    return found([
      ...ofContract.map((line) => contractLine(line, contract.value, key, order, account)),
      ...ofOrder.map((row) => oneOffLine(row, key, order, account)),
    ]);
  }
}

const contentsUnstated = problem(
  'REJECTED',
  'Appstle does not state which items of an order that is no longer upcoming recurred and which did not.',
);
