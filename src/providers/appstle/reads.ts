import { problem, ProviderFailure } from '../../domain/problem.js';
import { type Decoded, decodeEach, requireObject, isJsonObject, optionalBoolean, optionalText } from '../kit/decode.js';
import { type AppstleClient, type OneOffScope, PAST_PAGE_SIZE } from './client.js';
import { memoize, type AsyncMemo, memoizeById } from '../kit/memoize.js';
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

/** A list that has no end by then is not one. */
const MAX_PAGES = 50;

export function createReads(client: AppstleClient): Reads {
  return {
    queuedOfCustomer: memoizeById(async (customerId) => queued(await client.queuedAttempts({ customerId }))),
    queuedOfContract: memoizeById(async (contractId) => queued(await client.queuedAttempts({ contractId }))),
    pastOfContract: memoizeById((contractId) => readPast(client, contractId)),
    contractsOfCustomer: memoizeById((customerId) => readContracts(client, customerId)),
    contract: memoizeById(async (contractId) => {
      const contract = await client.contract(contractId);
      return contract === null ? null : decodeContract(contract);
    }),
    oneOffs: memoize(
      async ({ contractId, scope }) => decodeEach(rowsOf(await client.oneOffs(contractId, scope)), decodeOneOff),
      ({ contractId, scope }) => `${contractId}/${scope}`,
    ),
  };
}

/** Sorted by instant here: the documented order is one of texts in several offsets. */
function queued(body: unknown): Decoded<WireAttempt> {
  const { records, problem: found } = attemptsIn(body);
  return { records: records.filter(({ status }) => status === 'QUEUED').sort(bySoonest), problem: found };
}

function attemptsIn(body: unknown) {
  const { records, problem: found } = decodeEach(rowsOf(body), decodeAttempt);
  return { records: records.flatMap((record) => record ?? []), problem: found };
}

/** Undated ones come last; the lower id wins a tie. */
export function bySoonest(left: WireAttempt, right: WireAttempt): number {
  const [a, b] = [left.billingDate?.getTime() ?? Infinity, right.billingDate?.getTime() ?? Infinity];
  if (a !== b) return a < b ? -1 : 1;
  return BigInt(left.id) < BigInt(right.id) ? -1 : 1;
}

async function readPast(client: AppstleClient, contractId: string): Promise<Decoded<WireAttempt>> {
  const rows: unknown[] = [];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const found = rowsOf(await client.pastAttempts(contractId, page));
    rows.push(...found);
    if (found.length < PAST_PAGE_SIZE) break;
  }
  return attemptsIn(rows);
}

/** Another customer's contract in the list means that it cannot be trusted at all. */
async function readContracts(client: AppstleClient, customerId: string): Promise<Decoded<WireContract>> {
  const rows: unknown[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const body = await client.customer(customerId, cursor);
    if (body === null) break;
    const contracts = requireObject(body, 'a customer')['subscriptionContracts'];
    rows.push(...nodesOf(contracts));
    cursor = nextCursor(contracts);
    if (cursor === null) break;
  }
  const decoded = decodeEach(rows, decodeContract);
  if (decoded.records.some((contract) => contract.customerId !== null && contract.customerId !== customerId)) {
    throw new ProviderFailure(problem('CONTRACT_DRIFT', "Appstle listed another customer's contracts."));
  }
  return decoded;
}

function nextCursor(contracts: unknown): string | null {
  const info = isJsonObject(contracts) ? contracts['pageInfo'] : null;
  if (!isJsonObject(info) || optionalBoolean(info, 'hasNextPage') !== true) return null;
  return optionalText(info, 'endCursor');
}
