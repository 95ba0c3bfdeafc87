import { readdirSync, readFileSync } from 'node:fs';
import { packageFile } from './package-files.js';

/** One tab of GraphiQL. */
export interface Example {
  readonly query: string;
  /** JSON text. */
  readonly variables: string;
}

const DIRECTORY = 'schema/operations/';

/** The example operations with their variables, in the order in which `variables.json` names them. */
export function readExamples(directory = packageFile(DIRECTORY)): readonly Example[] {
  const names = readdirSync(directory);
  if (!names.includes('variables.json')) return [];
  const variables = toRecord(JSON.parse(readFileSync(new URL('variables.json', directory), 'utf8')));
  const order = Object.keys(variables);
  return names
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => readFileSync(new URL(name, directory), 'utf8'))
    .map((query) => ({ query, operation: operationName(query) }))
    .sort((left, right) => rank(order, left.operation) - rank(order, right.operation))
    .map(({ query, operation }) => ({ query, variables: JSON.stringify(variables[operation] ?? {}, null, 2) }));
}

function operationName(query: string): string {
  return /^(?:query|mutation)\s+(\w+)/m.exec(query)?.[1] ?? '';
}

/** What is not named comes last. */
function rank(order: readonly string[], operation: string): number {
  const index = order.indexOf(operation);
  return index === -1 ? order.length : index;
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
