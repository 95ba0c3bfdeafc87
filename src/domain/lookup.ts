import { ProviderFailure, type ProviderProblem } from './problem.js';

/** Result of one key of a batch read: a failure concerns that key only and is no exception. */
export type Lookup<T> =
  | { readonly state: 'found'; readonly value: T }
  /** The record does not exist, or not for this shopper. */
  | { readonly state: 'missing' }
  | { readonly state: 'failed'; readonly problem: ProviderProblem };

export const missing: Lookup<never> = { state: 'missing' };

export function found<T>(value: T): Lookup<T> {
  return { state: 'found', value };
}

export function failed(problem: ProviderProblem): Lookup<never> {
  return { state: 'failed', problem };
}

/** Returns the value, or null when missing. Throws `ProviderFailure` when the read failed. */
export function valueOf<T>(lookup: Lookup<T>): T | null {
  if (lookup.state === 'failed') throw new ProviderFailure(lookup.problem);
  return lookup.state === 'found' ? lookup.value : null;
}

/** Maps a value that was found. */
export function mapFound<T, U>(lookup: Lookup<T>, map: (value: T) => U): Lookup<U> {
  return lookup.state === 'found' ? found(map(lookup.value)) : lookup;
}

/** Records of a list; `problem` is set when some could not be read. A list that fails as a whole throws instead. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly problem: ProviderProblem | null;
}
