import { ProviderFailure, type ProviderProblem } from './problem.js';

/** What became of one key of a batch read: one key's failure is that key's value, not everybody's exception. */
export type Lookup<T> =
  | { readonly state: 'found'; readonly value: T }
  /** The provider has no such record, or not for this shopper. */
  | { readonly state: 'missing' }
  | { readonly state: 'failed'; readonly problem: ProviderProblem };

export const missing: Lookup<never> = { state: 'missing' };

export function found<T>(value: T): Lookup<T> {
  return { state: 'found', value };
}

export function failed(problem: ProviderProblem): Lookup<never> {
  return { state: 'failed', problem };
}

/** The value or null; a failed read throws `ProviderFailure`. */
export function valueOf<T>(lookup: Lookup<T>): T | null {
  if (lookup.state === 'failed') throw new ProviderFailure(lookup.problem);
  return lookup.state === 'found' ? lookup.value : null;
}

/** Records of a list; `problem` says that some could not be read. A list that failed whole throws instead. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly problem: ProviderProblem | null;
}
