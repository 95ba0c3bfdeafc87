import { problem, problemOf, type ProviderProblem } from '../../../domain/problem.js';
import { decodeEach } from '../../kit/decode.js';
import type { AppstleClient, OneOffTarget } from '../client.js';
import { decodeOneOff, type WireOneOff } from '../wire.js';
import { rowsOf } from '../wire-values.js';

export type Rows =
  | { readonly state: 'read'; readonly rows: readonly WireOneOff[] }
  | { readonly state: 'unread'; readonly problem: ProviderProblem };

/** All one-offs of the contract: what a change answers with, or a read when it answered with nothing. */
export async function rowsAfter(client: AppstleClient, contractId: string, answer: unknown): Promise<Rows> {
  return answer === null ? readRows(client, contractId) : decodeRows(answer);
}

export async function readRows(client: AppstleClient, contractId: string): Promise<Rows> {
  try {
    return decodeRows(await client.oneOffs(contractId, 'all'));
  } catch (error) {
    return { state: 'unread', problem: problemOf(error) };
  }
}

function decodeRows(body: unknown): Rows {
  try {
    const { records, problem: broken } = decodeEach(rowsOf(body), decodeOneOff);
    if (broken) return { state: 'unread', problem: broken };
    return records.every(({ attemptId }) => attemptId !== null)
      ? { state: 'read', rows: records }
      : { state: 'unread', problem: noAttempt };
  } catch (error) {
    return { state: 'unread', problem: problemOf(error) };
  }
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
