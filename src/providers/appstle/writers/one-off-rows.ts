import { failed, found, type Lookup } from '../../../domain/lookup.js';
import { problem } from '../../../domain/problem.js';
import { decodeEach } from '../../kit/decode.js';
import { attemptLookup } from '../../kit/lookups.js';
import type { AppstleClient, OneOffTarget } from '../client.js';
import { decodeOneOff, type WireOneOff } from '../wire.js';
import { rowsOf } from '../wire-values.js';

/** The one-offs of a contract; never missing, for a contract without any has none. */
export type Rows = Exclude<Lookup<readonly WireOneOff[]>, { state: 'missing' }>;

/** All one-offs of the contract: what a change answers with, or a read when it answered with nothing. */
export function rowsAfter(client: AppstleClient, contractId: string, answer: unknown): Promise<Rows> {
  return answer === null ? readRows(client, contractId) : decodeRows(async () => answer);
}

export function readRows(client: AppstleClient, contractId: string): Promise<Rows> {
  return decodeRows(() => client.oneOffs(contractId, 'all'));
}

async function decodeRows(read: () => Promise<unknown>): Promise<Rows> {
  const rows = await attemptLookup(async () => {
    const { records, problem: broken } = decodeEach(rowsOf(await read()), decodeOneOff);
    if (broken) return failed(broken);
    return records.every(({ attemptId }) => attemptId !== null) ? found(records) : failed(noAttempt);
  });
  return rows.state === 'missing' ? { state: 'found', value: [] } : rows;
}

const noAttempt = problem('CONTRACT_DRIFT', 'A one-time product does not say which order it is on.');

export function findRow(rows: readonly WireOneOff[], { attemptId, variantId }: OneOffTarget): WireOneOff | null {
  return rows.find((row) => row.attemptId === attemptId && row.variantId === variantId) ?? null;
}

/** Where the one-offs of a contract were before a write, as text for its snapshot. */
export function pairsOf(rows: readonly WireOneOff[]): string {
  return rows.map(({ attemptId, variantId }) => `${attemptId ?? ''}:${variantId}`).join(' ');
}

/** A row of the variant that was not there before, on whatever order. */
export function findNewRow(rows: readonly WireOneOff[], variantId: string, pairsBefore: string): WireOneOff | null {
  const before = new Set(pairsBefore.split(' '));
  return rows.find((row) => row.variantId === variantId && !before.has(`${row.attemptId ?? ''}:${variantId}`)) ?? null;
}
