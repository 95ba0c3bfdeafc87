import { setTimeout as pause } from 'node:timers/promises';
import { ProviderFailure } from '../../../domain/problem.js';
import { attempt } from '../../kit/lookups.js';
import type { AppstleClient } from '../client.js';
import { decodeContract, type WireContract, type WireLine } from '../wire-contract.js';

/** Contract reads lag a few moments behind writes. Milliseconds before each look. */
const WAITS = [0, 400, 400, 800, 1200];

/**
 * Looks for the effect of a write in its answer, then in the contract itself until it shows. Null when it does not show
 * in time, or the contract cannot be read: that says nothing yet.
 */
export async function waitForEffect<T>(
  client: AppstleClient,
  contractId: string,
  answer: unknown,
  find: (lines: readonly WireLine[]) => T | null,
): Promise<T | null> {
  const answered = linesIn(answer);
  const told = answered && find(answered);
  if (told !== null) return told;
  for (const wait of WAITS) {
    if (wait > 0) await pause(wait);
    const contract = await attempt(() => client.contract(contractId));
    const lines = contract.state === 'found' ? linesIn(contract.value) : null;
    const seen = lines && find(lines);
    if (seen !== null) return seen;
  }
  return null;
}

/** Null for an answer that shows no lines, or not all of them. */
function linesIn(body: unknown): readonly WireLine[] | null {
  if (body === null) return null;
  try {
    const { lines, hasLines }: WireContract = decodeContract(body);
    return hasLines && lines.problem === null ? lines.records : null;
  } catch (error) {
    if (error instanceof ProviderFailure) return null;
    throw error;
  }
}

/** Lines of a contract before a write, as text for its snapshot: id and quantity of each. */
export function linesText(lines: readonly WireLine[]): string {
  return lines.map(({ id, quantity }) => `${id}=${quantity}`).join(' ');
}

export function quantitiesIn(text: string): ReadonlyMap<string, number> {
  const pairs = text.split(' ').filter((pair) => pair !== '');
  return new Map(
    pairs.map((pair) => [pair.slice(0, pair.lastIndexOf('=')), Number(pair.slice(pair.lastIndexOf('=') + 1))]),
  );
}

/** The recurring line of a variant that is new, or that has more than before where the shop adds up instead. */
export function findAddedLine(lines: readonly WireLine[], variantId: string, linesBefore: string): WireLine | null {
  const before = quantitiesIn(linesBefore);
  const own = lines.filter((line) => line.variantId === variantId && !line.oneTime);
  return (
    own.find(({ id }) => !before.has(id)) ?? own.find(({ id, quantity }) => quantity > (before.get(id) ?? 0)) ?? null
  );
}
