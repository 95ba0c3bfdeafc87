/** Small states that the processes of one storage share. */
export interface SharedStates {
  /**
   * Changes a state by what is computed from it, one process at a time, and resolves with the result. May compute it
   * several times. Rejects when the storage fails: then the state may have changed all the same.
   */
  change<T>(key: string, compute: ComputeChange<T>): Promise<T>;
}

/** Computes a change. `state` is null at first; `now` is in milliseconds, by a clock that the processes share. */
export type ComputeChange<T> = (state: string | null, now: number) => { readonly state: string; readonly result: T };
