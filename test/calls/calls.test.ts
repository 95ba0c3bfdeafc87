import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { exampleOperations } from '../schema/example-operations.js';
import { callsTable, measure, type Row } from './calls-table.js';
import { subjects } from './cases.js';

const file = new URL('../../docs/calls.md', import.meta.url);

describe('the calls of a query', () => {
  let rows: readonly Row[] = [];

  beforeAll(async () => {
    const measured: Row[] = [];
    for (const subject of subjects) measured.push(...(await measure(subject)));
    rows = measured;
  }, 60_000);

  test('are those of the checked-in table (npm run calls writes it)', async () => {
    const options = await resolveConfig(file);
    const table = await format(callsTable(rows), { ...options, parser: 'markdown' });
    if (process.env['WRITE_CALLS'] === '1') writeFileSync(file, table);
    expect(readFileSync(file, 'utf8')).toBe(table);
  });

  test('are the fewest, or have a reason', () => {
    for (const { operation, shop, made, least, reason } of rows) {
      const isMore = made.calls > least.calls || made.depth > least.depth;
      expect([shop, operation, reason !== undefined]).toEqual([shop, operation, isMore]);
      expect(made.depth).toBeGreaterThanOrEqual(least.depth);
    }
  });

  test('are known for every query at every provider', () => {
    const queries = exampleOperations.filter(({ text }) => /^query /m.test(text)).map(({ name }) => name);
    for (const shop of new Set(rows.map((row) => row.shop))) {
      const measured = new Set(rows.filter((row) => row.shop === shop).map(({ operation }) => operation));
      expect([...measured].sort()).toEqual([...queries].sort());
    }
  });

  test('do not grow with the orders while their items fit one page', () => {
    const made = rows.filter(({ shop, operation }) => shop === 'ordergroove' && operation === 'UpcomingOrders');
    expect(made[1]?.made).toEqual(made[0]?.made);
  });
});
