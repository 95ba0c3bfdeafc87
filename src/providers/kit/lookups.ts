import { failed, found, type Listing, type Lookup, missing } from '../../domain/lookup.js';
import { problemOf, type ProviderProblem } from '../../domain/problem.js';
import { type Decoded, type Decoder, isJsonObject, optionalText, recordProblem } from './decode.js';

/** Maps a record that was found. One that the mapper throws over, whatever it throws, fails by itself. */
export function mapLookup<T, U>(lookup: Lookup<T>, map: (value: T) => U): Lookup<U> {
  if (lookup.state !== 'found') return lookup;
  try {
    return found(map(lookup.value));
  } catch (error) {
    return failed(recordProblem(error));
  }
}

/** Maps the records of a list. One that the mapper throws over is left out, and the list says so. */
export function mapRecords<T, U>({ records, problem: gap }: Decoded<T>, map: (record: T) => U): Listing<U> {
  const items: U[] = [];
  let problem = gap;
  for (const each of records) {
    try {
      items.push(map(each));
    } catch (error) {
      problem ??= recordProblem(error);
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

/** What a list says of one record: while some of the list could not be read, a record that is not there may be in that part. */
export function lookupIn<T>(record: T | undefined, gap: ProviderProblem | null): Lookup<T> {
  if (record !== undefined) return found(record);
  return gap ? failed(gap) : missing;
}

/** Rows by an identifier of theirs. A row that cannot be decoded fails by itself; one without identifier is left out. */
export function lookupRows<T>(
  rows: readonly unknown[],
  decode: Decoder<T>,
  idName = 'id',
): ReadonlyMap<string, Lookup<T>> {
  const lookups = new Map<string, Lookup<T>>();
  for (const row of rows) {
    const id = isJsonObject(row) ? optionalText(row, idName) : null;
    if (id !== null) lookups.set(id, mapLookup(found(row), decode));
  }
  return lookups;
}
