import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { capabilityTable } from '../../src/providers/capability-table.js';
import { providers } from '../../src/providers/index.js';

test('the README shows the capability matrix of the registered providers (npm run capabilities writes it)', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const shown = /<!-- capabilities:start -->\n\n(.*)\n\n<!-- capabilities:end -->/s.exec(readme)?.[1];
  expect(shown).toBe(capabilityTable(providers));
});
