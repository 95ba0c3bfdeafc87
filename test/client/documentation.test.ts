import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';

/** Code of a page, marked `ts storefront`. */
function codeOf(page: string): string {
  return [...readFileSync(`docs/${page}.md`, 'utf8').matchAll(/```ts storefront\n([^]*?)```/g)]
    .map(([, code = '']) => code)
    .join('\n');
}

const pages = ['storefront', 'storefront-auth'];

describe('the code in the pages for storefronts', () => {
  // Below the repository, so that its compiler and types are found.
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync('packages/client/.documentation-');
    const extend = {
      extends: '../tsconfig.build.json',
      compilerOptions: {
        noEmit: true,
        rootDir: '../../..',
        paths: {
          'upsell-graph-client': ['../src/index.ts'],
          'upsell-graph-client/sse': ['../src/sse.ts'],
        },
      },
      files: pages.map((page) => `${page}.ts`),
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(extend));
    for (const page of pages) writeFileSync(join(folder, `${page}.ts`), codeOf(page));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('compiles', () => {
    expect(codeOf('storefront')).toContain('upsell.run');
    const compile = () =>
      execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', folder], { encoding: 'utf8' });
    expect(compile()).toBe('');
  });

  test('has documents that the schema accepts', () => {
    const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
    const documents = [...codeOf('storefront').matchAll(/`((?:mutation|query) [^`]+)`/g)].map(([, text = '']) => text);
    expect(documents).toHaveLength(1);
    for (const text of documents) expect(validate(schema, parse(text))).toEqual([]);
  });
});
