import { describe, expect, test } from '@jest/globals';
import { annotatedCapabilityTable } from '../../src/providers/capability-table.js';
import { ordergroove } from '../../src/providers/ordergroove/index.js';

describe('the capability table', () => {
  test('has a row a capability, a column a provider and numbered notes', () => {
    const lines = annotatedCapabilityTable({ ordergroove }).split('\n');
    expect(lines[0]).toMatch(/^\| +\| ordergroove +\|$/);
    expect(lines.find((line) => line.includes('`REMOVE_ITEM`'))).toMatch(/partly <sup>\d+<\/sup>/);
    expect(lines.find((line) => line.includes('`UPCOMING_ORDERS`'))).toMatch(/\| yes +\|$/);
    expect(lines.at(-1)).toMatch(/^\d+\. /);
  });
});
