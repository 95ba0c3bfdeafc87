import { type Compilable, type CompiledQuery, type Kysely, type QueryResult, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.js';

/** Stands for a value in a statement that is compiled before the value is known. */
class Placeholder {
  constructor(readonly name: PropertyKey) {}
}

/** Stands for one of the values a statement is executed with. */
export type Term<Terms> = <Name extends keyof Terms>(name: Name) => RawBuilder<Terms[Name]>;

/** Compiles a statement when it is first executed, and never again: compiling takes as long as executing. */
export function prepare<Terms extends object, Row>(
  database: Kysely<Tables>,
  build: (term: Term<Terms>) => Compilable<Row>,
): (terms: Terms) => Promise<QueryResult<Row>> {
  let compiled: CompiledQuery<Row> | null = null;
  return (terms) => {
    compiled ??= build((name) => sql`${new Placeholder(name)}`).compile();
    const values = new Map<PropertyKey, unknown>(Object.entries(terms));
    const parameters = compiled.parameters.map((value) =>
      value instanceof Placeholder ? values.get(value.name) : value,
    );
    return database.executeQuery({ ...compiled, parameters });
  };
}
