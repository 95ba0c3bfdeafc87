import { Directive } from 'type-graphql';

/**
 * Sets the weight of a field for `server.limits.cost`. The schema carries weights as the federation directives `@cost` and
 * `@listSize`, so that gateways compute the same cost. See `docs/limits.md`.
 */
export function Cost(weight: number) {
  return Directive(`@cost(weight: ${weight})`);
}

/** Weight of a field that takes a provider call of its own. */
export const PROVIDER_READ = 10;
/** Weight of a write, which reads before and after it sends. */
export const PROVIDER_WRITE = 50;

/** Sizes a connection by its `first` argument, or by the default of that. */
export function Paged() {
  return Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  );
}

/** Sizes a list by an estimate that does not depend on arguments. */
export function Sized(size: number) {
  return Directive(`@listSize(assumedSize: ${size})`);
}
