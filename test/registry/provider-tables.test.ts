import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { annotatedCapabilityTable, capabilityTable } from '../../src/providers/capability-table.js';
import { providers } from '../../src/providers/index.js';
import { limitsTable } from '../../src/providers/limits-table.js';
import { statementTable } from '../../src/providers/statement-table.js';

/** What a document shows between the markers of this name. */
function shown(document: string, marker: string): string | undefined {
  const text = readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8');
  return new RegExp(`<!-- ${marker}:start -->\n\n(.*)\n\n<!-- ${marker}:end -->`, 's').exec(text)?.[1];
}

test('the README shows the capability matrix of the registered providers (npm run capabilities writes it)', () => {
  expect(shown('README.md', 'capabilities')).toBe(capabilityTable(providers));
});

test('the documentation has its notes (npm run capabilities writes them)', () => {
  expect(shown('docs/capabilities.md', 'capabilities')).toBe(annotatedCapabilityTable(providers));
});

test('the documentation states the limits of every provider as they are (npm run capabilities writes them)', () => {
  expect(shown('docs/operations.md', 'limits')).toBe(limitsTable(providers));
});

test('the documentation says what each provider states of an agreement (npm run capabilities writes it)', () => {
  expect(shown('docs/capabilities.md', 'statements')).toBe(statementTable(providers));
  for (const [name, provider] of Object.entries(providers)) {
    expect(shown(`src/providers/${name}/README.md`, 'statements')).toBe(statementTable({ [name]: provider }));
  }
});

test('every provider has the word of the configuration, in upper case, as its key', () => {
  expect(Object.values(providers).map(({ key }) => key)).toEqual(
    Object.keys(providers).map((word) => word.toUpperCase().replaceAll('-', '_')),
  );
});

test.each(Object.entries(providers))('%s is named where prose lists the providers', (word, { title }) => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const [firstLines = ''] = read('README.md').split('\n## ');
  expect(firstLines).toContain(title);
  expect(JSON.parse(read('package.json'))).toHaveProperty('description', expect.stringContaining(title));
  expect(read('upsell-graph.example.yaml')).toContain(`\n    provider: ${word}\n`);
});
