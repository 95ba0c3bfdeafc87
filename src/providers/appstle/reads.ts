import { problem, ProviderFailure } from '../../domain/problem.js';
import { type Decoded, decodeEach, fieldsOf, isFields, optionalBoolean, optionalText } from '../../http/decode.js';
import { type AppstleClient, type OneOffScope, PAST_PAGE_SIZE } from './client.js';
import { once, type Once, onceById } from '../../http/once.js';
import { decodeAttempt, decodeOneOff, type WireAttempt, type WireOneOff } from './wire.js';
import { decodeContract, type WireContract } from './wire-contract.js';
import { nodesOf, rowsOf } from './wire-values.js';

/** The reads of one data source: none is made twice, and nothing read outlives it. */
export interface Reads {
  /** By customer; the soonest first. */
  readonly queuedOfCustomer: Once<string, Decoded<WireAttempt>>;
  /** By contract; the soonest first. */
  readonly queuedOfContract: Once<string, Decoded<WireAttempt>>;
  /** By contract; all that is not queued any more. */
  readonly pastOfContract: Once<string, Decoded<WireAttempt>>;
  /** By customer, whatever their state. */
  readonly contractsOfCustomer: Once<string, Decoded<WireContract>>;
  /** By contract; null when there is none. */
  readonly contract: Once<string, WireContract | null>;
  readonly oneOffs: Once<OneOffsOf, Decoded<WireOneOff>>;
}

export interface OneOffsOf {
  readonly contractId: string;
  readonly scope: OneOffScope;
}

/** A list that has no end by then is not one. */
const MAX_PAGES = 50;

export function createReads(client: AppstleClient): Reads {
  return {
    queuedOfCustomer: onceById(async (customerId) => queued(await client.queuedAttempts({ customerId }))),
    queuedOfContract: onceById(async (contractId) => queued(await client.queuedAttempts({ contractId }))),
    pastOfContract: onceById((contractId) => readPast(client, contractId)),
    contractsOfCustomer: onceById((customerId) => readContracts(client, customerId)),
    contract: onceById(async (contractId) => {
      const contract = await client.contract(contractId);
      return contract === null ? null : decodeContract(contract);
    }),
    oneOffs: once(
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
    const contracts = fieldsOf(body, 'a customer')['subscriptionContracts'];
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
  const info = isFields(contracts) ? contracts['pageInfo'] : null;
  if (!isFields(info) || optionalBoolean(info, 'hasNextPage') !== true) return null;
  return optionalText(info, 'endCursor');
}
