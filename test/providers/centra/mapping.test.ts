import { describe, expect, test } from '@jest/globals';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import { toMoney } from '../../../src/providers/centra/money.js';
import { decodeOrder, findOrder, findTerms } from '../../../src/providers/centra/wire.js';
import { finish, harness, linesOf, orderOf, ready, SHOPPER } from './harness.js';

describe('mapping', () => {
  test('takes amounts from numbers only, exactly', () => {
    const sek = { code: 'SEK', source: 'PROVIDER' } as const;
    expect(toMoney('82.4', sek)?.amount).toBe('82.40');
    expect(toMoney('1.005', sek)?.amount).toBe('1.01');
    expect(toMoney('-1.005', sek)?.amount).toBe('-1.01');
    expect(toMoney('12345678901234567.89', sek)?.amountMinor).toBe('1234567890123456789');
    expect(toMoney('4900', { code: 'JPY', source: 'PROVIDER' })?.amount).toBe('4900');
    expect(toMoney('1.2345', { code: 'KWD', source: 'PROVIDER' })?.amount).toBe('1.235');
    expect(toMoney(null, sek)).toBeNull();
  });

  test('reads an order of either dialect, with a yen and a voucher', async () => {
    harness.restart('sandbox');
    const japan = await orderOf(await finish(demoCheckouts.japan));
    expect(japan.totals?.total?.toString()).toBe('4900 JPY');
    const voucher = await orderOf(await finish(demoCheckouts.voucher));
    expect(voucher.totals).toMatchObject({
      discount: { minor: 1_000n },
      total: { minor: 29_500n },
      fees: { minor: 0n },
    });
  });

  test('finds order and terms wherever they are, and nothing in an empty list', () => {
    expect(findOrder({ order: { order: '1' } })).toEqual({ order: '1' });
    expect(findOrder({ order: '1', items: [] })).toEqual({ order: '1', items: [] });
    expect(findOrder({ action: 'redirect' })).toBeNull();
    expect(findTerms({ order: { order: '1' }, upsell: { isAllowed: true, timeLimit: 5 } })).toEqual({
      isAllowed: true,
      timeLimit: 5,
    });
    expect(findTerms({ order: { order: '1', crossSell: [] } })).toBeNull();
    expect(findTerms({ order: '1', crossSell: { isAllowed: 'yes' } })).toEqual({ isAllowed: null, timeLimit: null });
  });

  test('bears an order that says little', () => {
    const bare = decodeOrder({ order: 7, address: [], totals: [], items: [] });
    expect(bare).toMatchObject({ order: '7', email: null, grandTotal: null, lines: { records: [], problem: null } });
    expect(() => decodeOrder({ order: 7 })).toThrow('`items`');
  });

  test('shows prices before a reduction, and never a tax it was not told', async () => {
    harness.restart('sandbox');
    const { selection } = await ready({ customer: SHOPPER, items: ['1004-1@1'] });
    const [line] = await linesOf(await finish(selection));
    expect(line).toMatchObject({
      unitPrice: { minor: 7_416n },
      compareAtTotal: { minor: 8_240n },
      discount: { minor: 824n },
      tax: null,
      removal: { verdict: 'INELIGIBLE' },
    });
  });

  test('reads products with and without pictures in one call', async () => {
    const products = await harness.open().products?.getMany(['1010', '7', '1001', '../x']);
    expect(products?.map((each) => (each.state === 'found' ? each.value.imageUrl : each.state))).toEqual([
      'https://shop.example.com/media/scarf.jpg',
      'missing',
      null,
      'missing',
    ]);
    expect(harness.calls()).toEqual(['POST /api/shop/products']);
  });
});
