import { DocumentError, type Selection } from './graphql-document.js';

/** A value a query can select from: nested objects may be functions of the field's arguments, so only what is asked is made. */
export interface Source {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

type Arguments = ReadonlyMap<string, unknown>;

export function field(resolve: (given: Arguments) => unknown): (given: Arguments) => unknown {
  return resolve;
}

export function answer(selections: readonly Selection[], source: Source): Record<string, unknown> {
  return Object.fromEntries(
    selections.map((selection) => {
      if (!Object.hasOwn(source, selection.name)) {
        throw new DocumentError(`Cannot query field "${selection.name}" on type "${source.__typename}".`);
      }
      const value = source[selection.name];
      const result: unknown = typeof value === 'function' ? value(selection.arguments) : value;
      return [selection.alias, complete(result, selection)];
    }),
  );
}

function complete(value: unknown, selection: Selection): unknown {
  if (Array.isArray(value)) return value.map((element) => complete(element, selection));
  if (!isSource(value)) return value ?? null;
  if (selection.selections.length === 0)
    throw new DocumentError(`Field "${selection.name}" must have a selection of subfields.`);
  return answer(selection.selections, value);
}

function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null;
}
