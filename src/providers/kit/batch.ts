import { failed, type Lookup, missing } from '../../domain/lookup.js';
import { problemOf } from '../../domain/problem.js';
import { chunk } from './chunks.js';

/** Batches reads of records by identifier: many in one call, none twice. */
export interface Batch<T> {
  getMany(ids: readonly string[]): Promise<readonly Lookup<T>[]>;
  get(id: string): Promise<Lookup<T>>;
  /** Adds a record that came with another one. */
  note(id: string, value: Lookup<T>): void;
}

/** Returns the result of each identifier of one call. */
export interface Found<T> {
  get(id: string): Lookup<T> | undefined;
}

export interface BatchLimits {
  readonly maxCount: number;
  readonly maxLength: number;
  /** Returns the length an identifier adds to a call. */
  lengthOf(id: string): number;
  /** Tells whether the provider can have issued an identifier; others are missing without a call. */
  isId(id: string): boolean;
}

export function batch<T>(readSome: (ids: readonly string[]) => Promise<Found<T>>, limits: BatchLimits): Batch<T> {
  const known = new Map<string, Promise<Lookup<T>>>();

  async function getMany(ids: readonly string[]): Promise<readonly Lookup<T>[]> {
    const fresh = [...new Set(ids)].filter((id) => limits.isId(id) && !known.has(id));
    const answers = Promise.all(
      chunk(fresh, limits, limits.lengthOf).map(async (some) => {
        const answer = await readOrFail(readSome, some);
        return some.map((id) => [id, answer.get(id) ?? missing] as const);
      }),
    );
    const found = answers.then((lists) => new Map(lists.flat()));
    for (const id of fresh) {
      known.set(
        id,
        found.then((all) => all.get(id) ?? missing),
      );
    }
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

/** Fails only the identifiers of a call that fails. */
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
