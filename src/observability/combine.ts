import { type Observe, unobserved } from '../domain/observer.js';

/** One observer after another around the same work; the trace comes from whichever has one. */
export function combine(observers: readonly Observe[]): Observe {
  return observers.reduceRight<Observe>(
    (inner, outer) => (inner === unobserved ? outer : nest(outer, inner)),
    unobserved,
  );
}

function nest(outer: Observe, inner: Observe): Observe {
  return (name, begin, work, endOf) =>
    outer(name, begin, (outerTrace) => inner(name, begin, (trace) => work({ ...outerTrace, ...trace }), endOf), endOf);
}
