import type { Activities, ActivityName, Observe } from '../domain/observer.js';
import { failureName } from './failure-name.js';

/** A finished activity. */
export interface Timed<Name extends ActivityName> {
  readonly begin: Activities[Name]['begin'];
  /** Null when the activity threw. */
  readonly end: Activities[Name]['end'] | null;
  /** Name of the failure; null when the activity succeeded. */
  readonly failure: string | null;
  readonly seconds: number;
}

export type Recorders = { readonly [Name in ActivityName]?: (activity: Timed<Name>) => void };

/** Measures activities and passes each finished one to its recorder. */
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
