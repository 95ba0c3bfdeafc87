import { failed, found, type Listing, type Lookup, missing } from '../../domain/lookup.js';
import { leavingOut, lossIn, problemOf, type ProviderProblem } from '../../domain/problem.js';
import {
  contractDrift,
  type Decoded,
  type Decoder,
  inRecord,
  isJsonObject,
  noticingGaps,
  optionalText,
  recordProblem,
} from './decode.js';
import type { Rows } from './pages.js';

/** Maps a record that was found. One that the mapper throws over, whatever it throws, fails by itself. */
export function mapLookup<T, U>(lookup: Lookup<T>, map: (value: T) => U): Lookup<U> {
  if (lookup.state !== 'found') return lookup;
  try {
    return found(map(lookup.value));
  } catch (error) {
    return failed(recordProblem(error));
  }
}

/** Maps the records of a list. One that the mapper throws over is left out, and the problem names it. */
export function mapRecords<T, U>(
  { records, problem: gap }: Decoded<T>,
  map: (record: T) => U,
  idOf: (record: T) => string | null = () => null,
): Listing<U> {
  const items: U[] = [];
  let problem = gap;
  for (const [index, each] of records.entries()) {
    try {
      const { result, gap: lacking } = noticingGaps(() => map(each));
      items.push(result);
      if (lacking) problem = leavingOut(problem, inRecord(lacking, idOf(each), index), {});
    } catch (error) {
      problem = leavingOut(problem, inRecord(recordProblem(error), idOf(each), index), { unreadable: 1 });
    }
  }
  return { items, problem };
}

/** Makes a read: null is missing, `ProviderFailure` a failed lookup. Other errors are bugs and go on. */
export async function attempt<T>(read: () => Promise<T | null>): Promise<Lookup<T>> {
  try {
    const value = await read();
    return value === null ? missing : found(value);
  } catch (error) {
    return failed(problemOf(error));
  }
}

/** Makes a read whose answer is a lookup; `ProviderFailure` is a failed one. Other errors are bugs and go on. */
export async function attemptLookup<T>(read: () => Promise<Lookup<T>>): Promise<Lookup<T>> {
  try {
    return await read();
  } catch (error) {
    return failed(problemOf(error));
  }
}

/** Looks up one record in a list. One that is not there may be in the part of the list that could not be read. */
export function lookupIn<T>(record: T | undefined, gap: ProviderProblem | null): Lookup<T> {
  if (record !== undefined) return found(record);
  const lost = lossIn(gap);
  return lost ? failed(lost) : missing;
}

/**
 * Finds records in the rows of a list by an identifier of theirs. A row that cannot be decoded fails by itself. While a
 * page, or a row's identifier, could not be read, an identifier that is not found has failed: it may be in that part.
 */
export function lookupRows<T>({ rows, problem: gap }: Rows, decode: Decoder<T>, idName = 'id'): LookedUp<T> {
  const byId = new Map<string, Lookup<T>>();
  let unnamed = gap;
  for (const [index, row] of rows.entries()) {
    const id = isJsonObject(row) ? optionalText(row, idName) : null;
    if (id === null) unnamed ??= inRecord(contractDrift(`\`${idName}\``).problem, null, index);
    else byId.set(id, mapLookup(found(row), decode));
  }
  return lookedUp(byId, unnamed);
}

/** What a list says of records by their identifiers. */
export interface LookedUp<T> {
  readonly byId: ReadonlyMap<string, Lookup<T>>;
  /** Some of the list could not be read. */
  readonly gap: ProviderProblem | null;
  get(id: string): Lookup<T>;
}

export function lookedUp<T>(byId: ReadonlyMap<string, Lookup<T>>, gap: ProviderProblem | null): LookedUp<T> {
  return { byId, gap, get: (id) => byId.get(id) ?? lookupIn<T>(undefined, gap) };
}
