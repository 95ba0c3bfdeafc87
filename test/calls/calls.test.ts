import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { exampleOperations } from '../schema/example-operations.js';
import { callsTable, isWrite, measure, type Row } from './calls-table.js';
import { subjects } from '../subjects/index.js';

const file = new URL('../../docs/calls.md', import.meta.url);

describe('the calls of a query', () => {
  let rows: readonly Row[] = [];

  beforeAll(async () => {
    const measured: Row[] = [];
    for (const [provider, { calls }] of subjects) {
      for (const each of calls) measured.push(...(await measure(provider, each)));
    }
    rows = measured;
  }, 300_000);

  test('are those of the checked-in table (npm run calls writes it)', async () => {
    const options = await resolveConfig(file);
    const table = await format(callsTable(rows), { ...options, parser: 'markdown' });
    if (process.env['WRITE_CALLS'] === '1') writeFileSync(file, table);
    expect(readFileSync(file, 'utf8')).toBe(table);
  });

  test('are the fewest, or have a reason', () => {
    for (const { operation, provider, made, least, reason } of rows) {
      const isMore = made.calls > least.calls || made.depth > least.depth;
      expect([provider, operation, reason !== undefined]).toEqual([provider, operation, isMore]);
      expect(made.depth).toBeGreaterThanOrEqual(least.depth);
    }
  });

  test('are known for writes at every provider', () => {
    expect(new Set(rows.filter(isWrite).map(({ provider }) => provider))).toEqual(new Set(subjects.keys()));
  });

  test('are known for every query at every provider', () => {
    const queries = exampleOperations.filter(({ text }) => /^query /m.test(text)).map(({ name }) => name);
    for (const provider of subjects.keys()) {
      const measured = new Set(
        rows.filter((row) => row.provider === provider && !isWrite(row)).map(({ operation }) => operation),
      );
      expect([...measured].sort()).toEqual([...queries].sort());
    }
  });

  test('do not grow with the orders while their items fit one page', () => {
    const made = rows.filter(({ provider, operation }) => provider === 'ordergroove' && operation === 'UpcomingOrders');
    expect(made[1]?.made).toEqual(made[0]?.made);
  });
});
