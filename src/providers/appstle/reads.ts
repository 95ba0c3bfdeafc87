import { leavingOut, problem, type ProviderProblem } from '../../domain/problem.js';
import {
  contractDrift,
  type Decoded,
  decodeIfFound,
  decodeList,
  inRecord,
  isJsonObject,
  type JsonObject,
  objectIn,
  optionalText,
  recordProblem,
  requireObject,
} from '../kit/decode.js';
import { createListPlan, type ListPlan } from '../kit/list-plan.js';
import { createRecordCollection, type RecordCollection } from '../kit/record-collection.js';
import { type AsyncMemo, memoize, memoizeById } from '../kit/memoize.js';
import { keepOwn } from '../kit/ownership.js';
import {
  collectRows,
  decodePages,
  decodeRows,
  followPages,
  isLastPage,
  type Page,
  withoutRepeats,
} from '../kit/pages.js';
import type { AppstleClient, OneOffScope } from './client.js';
import { decodeAttempt, decodeOneOff, type WireAttempt, type WireOneOff } from './wire.js';
import { decodeContract, type WireContract } from './wire-contract.js';
import { toOrderStatus } from './statuses.js';
import { hasNextPage, isFollowed, nodesOf, optionalId, optionalInstant, rowsOf } from './wire-values.js';

/** Reads of one data source: makes none twice, and keeps nothing longer than the request. */
export interface Reads {
  readonly lists: ListPlan<CustomerLists>;
  /** By contract; the soonest first. */
  readonly queuedOfContract: AsyncMemo<string, Decoded<WireAttempt>>;
  /** By contract; all that is not queued any more. */
  readonly pastOfContract: AsyncMemo<string, Decoded<WireAttempt>>;
  /** By contract; null when there is none. */
  readonly contract: AsyncMemo<string, WireContract | null>;
  readonly oneOffs: AsyncMemo<OneOffsOf, OneOffRows>;
  readonly collected: CollectedRecords;
}

/** Lists that one customer's records come in. */
export interface CustomerLists {
  /** The soonest first. */
  readonly queued: Decoded<WireAttempt>;
  /** In whatever state. */
  readonly contracts: Decoded<WireContract>;
}

/** Records of all reads: there is no other place to find a product. */
export interface CollectedRecords {
  readonly attempts: RecordCollection<WireAttempt>;
  readonly contracts: RecordCollection<WireContract>;
  readonly oneOffs: RecordCollection<WireOneOff>;
}

export interface OneOffsOf {
  readonly contractId: string;
  readonly scope: OneOffScope;
}

/** Rows of one-offs. One that cannot be read costs the lines of its order; one that names none, those of all. */
export interface OneOffRows {
  readonly records: readonly WireOneOff[];
  /** By the order a row names; null: it names none. */
  readonly unread: ReadonlyMap<string | null, ProviderProblem>;
}

export function createReads(client: AppstleClient): Reads {
  const collected: CollectedRecords = {
    attempts: createRecordCollection(),
    contracts: createRecordCollection(),
    oneOffs: createRecordCollection(),
  };
  const readQueued = async (of: QueueScope) => queued(await client.queuedAttempts(of));
  return {
    collected,
    lists: createListPlan<CustomerLists>({
      queued: (customerId) => collected.attempts.from(readQueued({ customerId }), recordsOf),
      contracts: (customerId) => collected.contracts.from(readContracts(client, customerId), recordsOf),
    }),
    queuedOfContract: memoizeById((contractId) => collected.attempts.from(readQueued({ contractId }), recordsOf)),
    pastOfContract: memoizeById((contractId) => readPast(client, contractId)),
    contract: memoizeById((contractId) =>
      collected.contracts.from(readContract(client, contractId), (contract) => (contract ? [contract] : [])),
    ),
    oneOffs: memoize(
      (of) => collected.oneOffs.from(readOneOffs(client, of), ({ records }) => records),
      ({ contractId, scope }) => `${contractId}/${scope}`,
    ),
  };
}

type QueueScope = Parameters<AppstleClient['queuedAttempts']>[0];

function recordsOf<T>({ records }: Decoded<T>): readonly T[] {
  return records;
}

async function readContract(client: AppstleClient, contractId: string): Promise<WireContract | null> {
  return decodeIfFound(await client.contract(contractId), decodeContract);
}

async function readOneOffs(client: AppstleClient, { contractId, scope }: OneOffsOf): Promise<OneOffRows> {
  const records: WireOneOff[] = [];
  const unread = new Map<string | null, ProviderProblem>();
  for (const [index, row] of withoutRepeats(rowsOf(await client.oneOffs(contractId, scope))).entries()) {
    try {
      records.push(decodeOneOff(row));
    } catch (error) {
      const fields = isJsonObject(row) ? row : {};
      const what = inRecord(recordProblem(error), optionalId(fields, 'id'), index);
      unread.set(optionalId(fields, 'billingAttemptId'), what);
    }
  }
  return { records, unread };
}

/** Decodes and sorts the queued attempts: by instant, for the documented order is one of texts in several offsets. */
function queued(body: unknown): Decoded<WireAttempt> {
  const rows = withoutRepeats(rowsOf(body));
  const decoded = identified(rows, decodeList(rows, decodeAttempt));
  const { records } = decoded;
  const gap = decoded.problem ?? (isFollowed(body) === true ? contractDrift('further billing attempts').problem : null);
  const [unknown, ...others] = records.filter(({ status }) => toOrderStatus(status) === 'UNKNOWN');
  return {
    records: records.filter(({ status }) => status === 'QUEUED').sort(bySoonest),
    problem: unknown ? leavingOut(gap, inRecord(unknownStatus, unknown.id, 0), { unreadable: others.length + 1 }) : gap,
  };
}

const unknownStatus = problem('CONTRACT_DRIFT', 'A billing attempt has a status that is not documented.');

/** Leaves out rows without an id, which repeat an attempt that has one; one that repeats none is missing. */
function identified(
  rows: readonly unknown[],
  { records, problem: gap }: Decoded<WireAttempt | null>,
): Decoded<WireAttempt> {
  const attempts = records.flatMap((record) => record ?? []);
  const isRepeated = (row: JsonObject) =>
    attempts.some(
      ({ contractId, billingDate }) =>
        contractId === optionalId(row, 'contractId', 'subscriptionContractId') &&
        billingDate?.getTime() === optionalInstant(row, 'billingDate')?.getTime(),
    );
  const isLost = (row: unknown) => isJsonObject(row) && optionalId(row, 'id') === null && !isRepeated(row);
  const unreadable = rows.filter(isLost).length;
  if (unreadable === 0) return { records: attempts, problem: gap };
  const first = inRecord(contractDrift('`id`').problem, null, rows.findIndex(isLost));
  return { records: attempts, problem: leavingOut(gap, first, { unreadable }) };
}

/** Compares attempts by their billing date: undated ones come last, and the lower id wins a tie. */
export function bySoonest(left: WireAttempt, right: WireAttempt): number {
  const [a, b] = [left.billingDate?.getTime() ?? Infinity, right.billingDate?.getTime() ?? Infinity];
  if (a !== b) return a < b ? -1 : 1;
  return BigInt(left.id) < BigInt(right.id) ? -1 : 1;
}

async function readPast(client: AppstleClient, contractId: string): Promise<Decoded<WireAttempt>> {
  let read = 0;
  const pages = followPages(0, async (page) => {
    const { body, total, hasNext } = await client.pastAttempts(contractId, page);
    const rows = rowsOf(body);
    read += rows.length;
    const isLast = isLastPage({ rows, read, total, isFollowed: isFollowed(body) ?? hasNext });
    return { rows, next: isLast ? null : page + 1, total };
  });
  const { rows, problem: gap } = await collectRows(pages);
  const { records, problem: lost } = identified(rows, await decodeRows({ rows, problem: gap }, decodeAttempt));
  return { records, problem: lost };
}

async function readContracts(client: AppstleClient, customerId: string): Promise<Decoded<WireContract>> {
  const pages = followPages<string | typeof FIRST_PAGE>(FIRST_PAGE, async (cursor) => {
    const body = await client.customer(customerId, cursor === FIRST_PAGE ? null : cursor);
    const contracts = requireObject(body, 'a customer')['subscriptionContracts'];
    return { rows: nodesOf(contracts), ...nextIn(contracts) };
  });
  return keepOwn(await decodePages(pages, decodeContract), customerId, (contract) => contract.customerId);
}

const FIRST_PAGE = Symbol('the first page');

function nextIn(contracts: unknown): Omit<Page<string>, 'rows'> {
  if (hasNextPage(contracts) === false) return { next: null, isCut: false };
  const info = isJsonObject(contracts) ? objectIn(contracts, 'pageInfo') : {};
  const next = optionalText(info, 'endCursor');
  return { next, isCut: next === null };
}
