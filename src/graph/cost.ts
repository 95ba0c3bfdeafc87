import { Directive } from 'type-graphql';

/**
 * The weights by which `server.limits.cost` prices an operation stand in the schema as the federation directives
 * `@cost` and `@listSize`, so that gateways price it alike. See `docs/limits.md`.
 */
export function Cost(weight: number) {
  return Directive(`@cost(weight: ${weight})`);
}

/** Asks a provider for itself alone. */
export const PROVIDER_READ = 10;
/** Reads before and after it sends. */
export const PROVIDER_WRITE = 50;

/** A connection whose page is as long as `first` says, by its default where the operation says nothing. */
export function Paged() {
  return Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  );
}

/** A list about as long as this, whatever is asked. */
export function Sized(size: number) {
  return Directive(`@listSize(assumedSize: ${size})`);
}
