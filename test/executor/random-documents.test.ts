import { expect, test } from '@jest/globals';
import { runScript } from '../support/run-script.js';

const documents = Number(process.env['DOCUMENTS'] ?? 50_000);
const seed = Number(process.env['SEED'] ?? 1);

test('random documents are answered as graphql-js answers them', async () => {
  const script = 'test/executor/compare-random-documents.ts';
  const { status, said } = await runScript(script, String(documents), String(seed));
  // What differs is on stderr.
  expect(status).toBe(0);
  process.stdout.write(`random documents, seed ${seed}: ${said}, 0 differences\n`);
  const count = JSON.parse(said);
  expect(count.compared).toBe(documents);
  // What is interpreted cannot differ, and what is refused compares little.
  expect(count.compiled).toBeGreaterThan(documents / 4);
  expect(count.withErrors).toBeLessThan((documents * 2) / 3);
  expect(count.withNull).toBeGreaterThan(documents / 20);
}, 900_000);
