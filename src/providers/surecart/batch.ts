import { failed, type Lookup, missing } from '../../domain/lookup.js';
import { problemOf } from '../../domain/problem.js';
import { chunk } from '../../http/chunks.js';
import { PAGE_SIZE } from './pages.js';
import { isRecordId } from './record-id.js';

/** Reads of records by identifier: many in one call, none twice. */
export interface Batch<T> {
  getMany(ids: readonly string[]): Promise<readonly Lookup<T>[]>;
  get(id: string): Promise<Lookup<T>>;
  /** Takes note of what came along with something else. */
  note(id: string, value: Lookup<T>): void;
}

/** What became of the identifiers one call asked for; one that is absent has no record. */
export type Found<T> = ReadonlyMap<string, Lookup<T>>;

/** A hundred identifiers make a query of about five thousand characters; longer ones are refused by some gateways. */
const LIMITS = { maxCount: PAGE_SIZE, maxLength: 5_000 };

export function batch<T>(readSome: (ids: readonly string[]) => Promise<Found<T>>): Batch<T> {
  const known = new Map<string, Promise<Lookup<T>>>();

  async function getMany(ids: readonly string[]): Promise<readonly Lookup<T>[]> {
    const fresh = [...new Set(ids)].filter((id) => isRecordId(id) && !known.has(id));
    const chunks = chunk(fresh, LIMITS, (id) => 'ids%5B%5D=&'.length + id.length);
    const answers = Promise.all(
      chunks.map(async (some) => {
        const answer = await readOrFail(readSome, some);
        return some.map((id) => [id, answer.get(id) ?? missing] as const);
      }),
    );
    const found = answers.then((lists) => new Map(lists.flat()));
    for (const id of fresh)
      known.set(
        id,
        found.then((all) => all.get(id) ?? missing),
      );
    return Promise.all(ids.map(async (id) => known.get(id) ?? missing));
  }

  return {
    getMany,
    async get(id) {
      return (await getMany([id]))[0] ?? missing;
    },
    note(id, value) {
      if (!known.has(id)) known.set(id, Promise.resolve(value));
    },
  };
}

/** One call that fails costs its own identifiers. */
async function readOrFail<T>(
  readSome: (ids: readonly string[]) => Promise<Found<T>>,
  ids: readonly string[],
): Promise<Found<T>> {
  try {
    return await readSome(ids);
  } catch (error) {
    const failure = failed(problemOf(error));
    return new Map(ids.map((id) => [id, failure]));
  }
}
