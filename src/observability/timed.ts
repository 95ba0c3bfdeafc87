import type { Activities, ActivityName, Observe } from '../domain/observer.js';
import { failureName } from './failure-name.js';

/** An activity that is over. */
export interface Timed<Name extends ActivityName> {
  readonly begin: Activities[Name]['begin'];
  /** Null when it threw. */
  readonly end: Activities[Name]['end'] | null;
  /** What it threw, in a word. */
  readonly failure: string | null;
  readonly seconds: number;
}

export type Recorders = { readonly [Name in ActivityName]?: (activity: Timed<Name>) => void };

/** Hands each activity, once it is over, to the recorder of its name. */
export function timed(recorders: Recorders): Observe {
  return async (name, begin, work, endOf) => {
    const record = recorders[name];
    if (!record) return work({});
    const startedAt = performance.now();
    const over = () => ({ begin, seconds: (performance.now() - startedAt) / 1000 });
    try {
      const result = await work({});
      record({ ...over(), end: endOf(result), failure: null });
      return result;
    } catch (error) {
      record({ ...over(), end: null, failure: failureName(error) });
      throw error;
    }
  };
}
