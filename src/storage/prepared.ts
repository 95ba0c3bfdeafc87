import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { Tables } from './tables.js';

/** Stands for a value in a statement that is compiled before the value is known. */
class Placeholder {
  constructor(readonly name: PropertyKey) {}
}

/** Stands for one of the values a statement is executed with. */
export type Term<Terms> = <Name extends keyof Terms>(name: Name) => Terms[Name];

/** Compiles a statement when it is first executed, and never again: compiling takes as long as executing. */
export function prepare<Terms extends object, Row>(
  database: Kysely<Tables>,
  build: (term: Term<Terms>) => Compilable<Row>,
): (terms: Terms) => Promise<QueryResult<Row>> {
  let compiled: CompiledQuery<Row> | null = null;
  return (terms) => {
    compiled ??= build((name) => new Placeholder(name) as never).compile();
    const parameters = compiled.parameters.map((value) =>
      value instanceof Placeholder ? terms[value.name as keyof Terms] : value,
    );
    return database.executeQuery({ ...compiled, parameters });
  };
}
