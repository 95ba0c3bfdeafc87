import { readdirSync, readFileSync } from 'node:fs';

const directory = new URL('../../schema/operations/', import.meta.url);

/** The files of `schema/operations`. */
export const exampleOperations = readdirSync(directory)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => {
    const text = readFileSync(new URL(file, directory), 'utf8');
    const [, kind = '', name = ''] = /^(query|mutation|subscription) (\w+)/m.exec(text) ?? [];
    return { file, text, kind, name };
  });

/** Example variables by operation name. */
export const exampleVariables: Readonly<Record<string, unknown>> = Object(
  JSON.parse(readFileSync(new URL('variables.json', directory), 'utf8')),
);
