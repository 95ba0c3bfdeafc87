import {
  type Decoded,
  decodeEach,
  decodeIfFound,
  isJsonObject,
  objectIn,
  optionalBoolean,
  optionalText,
  requireObject,
} from '../kit/decode.js';
import { type AsyncMemo, memoize, memoizeById } from '../kit/memoize.js';
import { keepOwn } from '../kit/ownership.js';
import { decodePages, followPages } from '../kit/pages.js';
import { type AppstleClient, type OneOffScope, PAST_PAGE_SIZE } from './client.js';
import { decodeAttempt, decodeOneOff, type WireAttempt, type WireOneOff } from './wire.js';
import { decodeContract, type WireContract } from './wire-contract.js';
import { nodesOf, rowsOf } from './wire-values.js';

/** The reads of one data source: none is made twice, and nothing read outlives it. */
export interface Reads {
  /** By customer; the soonest first. */
  readonly queuedOfCustomer: AsyncMemo<string, Decoded<WireAttempt>>;
  /** By contract; the soonest first. */
  readonly queuedOfContract: AsyncMemo<string, Decoded<WireAttempt>>;
  /** By contract; all that is not queued any more. */
  readonly pastOfContract: AsyncMemo<string, Decoded<WireAttempt>>;
  /** By customer, whatever their state. */
  readonly contractsOfCustomer: AsyncMemo<string, Decoded<WireContract>>;
  /** By contract; null when there is none. */
  readonly contract: AsyncMemo<string, WireContract | null>;
  readonly oneOffs: AsyncMemo<OneOffsOf, Decoded<WireOneOff>>;
}

export interface OneOffsOf {
  readonly contractId: string;
  readonly scope: OneOffScope;
}

export function createReads(client: AppstleClient): Reads {
  return {
    queuedOfCustomer: memoizeById(async (customerId) => queued(await client.queuedAttempts({ customerId }))),
    queuedOfContract: memoizeById(async (contractId) => queued(await client.queuedAttempts({ contractId }))),
    pastOfContract: memoizeById((contractId) => readPast(client, contractId)),
    contractsOfCustomer: memoizeById((customerId) => readContracts(client, customerId)),
    contract: memoizeById(async (contractId) => decodeIfFound(await client.contract(contractId), decodeContract)),
    oneOffs: memoize(
      async ({ contractId, scope }) => decodeEach(rowsOf(await client.oneOffs(contractId, scope)), decodeOneOff),
      ({ contractId, scope }) => `${contractId}/${scope}`,
    ),
  };
}

/** Sorted by instant here: the documented order is one of texts in several offsets. */
function queued(body: unknown): Decoded<WireAttempt> {
  const { records, problem } = identified(decodeEach(rowsOf(body), decodeAttempt));
  return { records: records.filter(({ status }) => status === 'QUEUED').sort(bySoonest), problem };
}

/** Leaves out rows without an id. */
function identified({ records, problem }: Decoded<WireAttempt | null>): Decoded<WireAttempt> {
  return { records: records.flatMap((record) => record ?? []), problem };
}

/** Undated ones come last; the lower id wins a tie. */
export function bySoonest(left: WireAttempt, right: WireAttempt): number {
  const [a, b] = [left.billingDate?.getTime() ?? Infinity, right.billingDate?.getTime() ?? Infinity];
  if (a !== b) return a < b ? -1 : 1;
  return BigInt(left.id) < BigInt(right.id) ? -1 : 1;
}

async function readPast(client: AppstleClient, contractId: string): Promise<Decoded<WireAttempt>> {
  const pages = followPages(0, async (page) => {
    const rows = rowsOf(await client.pastAttempts(contractId, page));
    return { rows, next: rows.length < PAST_PAGE_SIZE ? null : page + 1 };
  });
  return identified(await decodePages(pages, decodeAttempt));
}

/** Another customer's contract in the list means that it cannot be trusted at all. */
async function readContracts(client: AppstleClient, customerId: string): Promise<Decoded<WireContract>> {
  const pages = followPages<string | typeof FIRST_PAGE>(FIRST_PAGE, async (cursor) => {
    const body = await client.customer(customerId, cursor === FIRST_PAGE ? null : cursor);
    if (body === null) return { rows: [], next: null };
    const contracts = requireObject(body, 'a customer')['subscriptionContracts'];
    return { rows: nodesOf(contracts), next: nextCursor(contracts) };
  });
  return keepOwn(await decodePages(pages, decodeContract), customerId, (contract) => contract.customerId);
}

const FIRST_PAGE = Symbol('the first page');

function nextCursor(contracts: unknown): string | null {
  const info = isJsonObject(contracts) ? objectIn(contracts, 'pageInfo') : {};
  return optionalBoolean(info, 'hasNextPage') === true ? optionalText(info, 'endCursor') : null;
}
