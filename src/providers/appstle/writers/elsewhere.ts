import type { LineItem } from '../../../domain/line-item.js';
import type { Listing, Lookup } from '../../../domain/lookup.js';
import { joinProblems, problem, type ProviderProblem } from '../../../domain/problem.js';
import { unknownWindow } from '../../../domain/window.js';
import type { LineBefore } from '../../../domain/write.js';
import { wholeListing } from '../../kit/order-view.js';
import { readQueue } from '../contract-reads.js';
import { contractLineKey, type OrderKey, toOrderKey } from '../keys.js';
import { contractLine, oneOffLine, type OrderState, toOrder } from '../mapping.js';
import { isQueued, type OrderView, readOneOffs } from '../order-view.js';
import type { Session } from '../session.js';
import type { WireAttempt, WireOneOff } from '../wire.js';
import type { WireContract, WireLine } from '../wire-contract.js';
import { billedLines, linesOn } from './billed-lines.js';
import type { WriteContext } from './write-context.js';

/** An order that is looked at after a write. */
export interface LookedAt {
  readonly context: WriteContext;
  readonly view: Lookup<OrderView>;
  readonly contract: Lookup<WireContract>;
  /** The one-time item the write is about. */
  readonly item: { readonly key: string; readonly variantId: string };
  /** Lines of all orders of the contract before the write, as far as they were read. */
  readonly before: readonly LineBefore[];
}

/** Maps the one-offs of the other orders of the contract. */
export function oneOffsBeside(
  session: Session,
  { contractId, attemptId: own }: OrderKey,
  rows: readonly WireOneOff[],
  queue: readonly WireAttempt[],
): readonly LineItem[] {
  return rows.flatMap((row) => {
    const attemptId = row.attemptId ?? '';
    if (attemptId === own) return [];
    const attempt = queue.find(({ id }) => id === attemptId);
    return oneOffLine(row, { contractId, attemptId }, stateOf(session, attempt), session.account);
  });
}

/** Reads the one-time items of the other orders of the contract, also of those that left the queue meanwhile. */
export async function readMovedOneOffs(session: Session, at: LookedAt): Promise<Listing<LineItem>> {
  const { contractId, attemptId, queued } = at.context;
  const queue = await readQueue(session, contractId, session.shopper.customerId);
  const rows = wholeListing(
    await readOneOffs(session, { contractId: at.context.contractId, attemptId: null }, queue.records),
  );
  const there = oneOffsBeside(session, at.context, rows.items, queue.records);
  const gone = queued.filter((id) => id !== attemptId && !queue.records.some((each) => each.id === id));
  const billed = await readBilled(session, at, gone);
  return {
    items: [...there, ...billed.items],
    problem: joinProblems(joinProblems(queue.problem, rows.problem), billed.problem),
  };
}

async function readBilled(
  session: Session,
  { context: { contractId }, contract, before, item }: LookedAt,
  attemptIds: readonly string[],
): Promise<Listing<LineItem>> {
  if (attemptIds.length === 0) return { items: [], problem: null };
  const { account, clock, shopper, reads } = session;
  const past = await reads.pastOfContract.get(contractId);
  const lists = attemptIds.map((id): Listing<LineItem> => {
    const attempt = past.records.find((each) => each.id === id);
    if (!attempt) return { items: [], problem: past.problem ?? notThere };
    const key = { contractId, attemptId: id };
    const order = toOrder(attempt, shopper.customerId, account, clock());
    const own = { ...item, key: item.key.replace(/^\d+\/\d+/, toOrderKey(key)) };
    return billedLines({ key, order, attempt, contract, before: linesOn(before, key), item: own }, account);
  });
  return {
    items: lists.flatMap(({ items }) => items.filter(({ purchaseMode }) => purchaseMode === 'ONE_TIME')),
    problem: lists.reduce<ProviderProblem | null>((known, each) => joinProblems(known, each.problem), null),
  };
}

/** Reads lines that recur since and come with the next order, where the order asked for was billed without them. */
export async function readRecurringLater(
  session: Session,
  { context, view, contract, before }: LookedAt,
  shown: readonly LineItem[],
): Promise<Listing<LineItem>> {
  if (view.state === 'found' && isQueued(view.value)) return { items: [], problem: null };
  const { contractId, attemptId } = context;
  const [next] = (await readQueue(session, contractId, session.shopper.customerId)).records;
  if (!next) return { items: [], problem: nothingToCome };
  const units = new Map([
    ...before.map((line) => [line.key, line.quantity] as const),
    ...shown.map(({ ref, quantity }) => [ref.key, quantity] as const),
  ]);
  const isNew = ({ id, oneTime, quantity }: WireLine) =>
    !oneTime && quantity > (units.get(contractLineKey({ contractId, attemptId }, id)) ?? 0);
  if (contract.state !== 'found') return wholeListing<LineItem>(contract);
  const { records, problem } = contract.value.lines;
  const key = { contractId, attemptId: next.id };
  const state = stateOf(session, next);
  return {
    items: records.filter(isNew).map((line) => contractLine(line, contract.value, key, state, session.account)),
    problem,
  };
}

/** Returns the state of an order. A row may name one that is not, or no longer, among those to come. */
function stateOf({ account, clock }: Session, attempt: WireAttempt | undefined): OrderState {
  if (attempt) return toOrder(attempt, null, account, clock());
  return { status: 'UNKNOWN', providerStatus: 'not queued', window: unknownWindow(clock()) };
}

const notThere = problem('NOT_FOUND', 'An order of this contract is neither upcoming nor among those that were.');
const nothingToCome = problem('NOT_FOUND', 'This contract has no order to come.');
