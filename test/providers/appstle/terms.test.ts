import { describe, expect, test } from '@jest/globals';
import { demoAttempts, demoContracts, demoVariants } from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { sameCustomer } from '../../../src/providers/appstle/keys.js';
import { valueOf } from '../../support/provider-harness.js';
import { harness, open, orderKey } from './harness.js';

const MONTHLY = { every: 1, unit: 'MONTH' } as const;
const next = orderKey(demoAttempts.next);

const contract = async (id: string) => valueOf((await open().subscriptions.getMany([id]))[0]);
const order = async (key: string, ports = open()) => valueOf((await ports.orders.getMany([key]))[0]);
const lines = async (key: string, ports = open()) =>
  (await ports.lineItems.forOrders([await order(key, ports)]))[0] ?? { state: 'missing' };

/** Changes what one read answers. */
async function answer(path: string, query: Record<string, string>, change: (body: unknown) => unknown): Promise<void> {
  const url = new URL(`${harness.emulator.url}/api/external/v2/${path}`);
  url.search = new URLSearchParams(query).toString();
  const text = await (await fetch(url, { headers: { 'x-api-key': harness.account().settings.apiKey } })).text();
  const body = change(JSON.parse(text));
  harness.emulator.faults.add({ match: { path }, times: 'always', action: { kind: 'status', status: 200, body } });
}

describe('a contract says how it is delivered and paid', () => {
  test('in two rhythms where it is prepaid, and not when it delivers', async () => {
    expect(await contract(demoContracts.prepaid)).toMatchObject({
      status: 'ACTIVE',
      terms: { deliveryFrequency: MONTHLY, billingFrequency: { every: 3, unit: 'MONTH' }, maximumPayments: 4 },
      nextDelivery: null,
    });
    expect(await contract(demoContracts.committed)).toMatchObject({
      terms: { deliveryFrequency: MONTHLY, billingFrequency: MONTHLY, minimumPayments: 6, maximumPayments: null },
      nextDelivery: { at: expect.any(Date), basis: 'STATED_INSTANT' },
    });
  });

  test('what it costs where it has one line, and otherwise by its lines', async () => {
    const tea = await contract(demoContracts.tea);
    expect(tea.terms.prices).toMatchObject([{ fromPayment: 1, unitPrice: { minor: 1125n }, total: { minor: 1125n } }]);
    expect(tea.lines).toMatchObject([{ providerId: expect.stringMatching(/^gid:\/\/shopify\/SubscriptionLine\//) }]);
    expect((await contract(demoContracts.coffee)).terms.prices).toEqual([]);
  });

  test('that its last payment failed', async () => {
    expect(await contract(demoContracts.failing)).toMatchObject({
      status: 'PAST_DUE',
      dunning: { reason: 'UNKNOWN', nextAttemptAt: null, endsAt: null },
    });
    expect(await contract(demoContracts.tea)).toMatchObject({ status: 'ACTIVE', dunning: null, endsAt: null });
  });

  test('and no delivery while it is paused or over', async () => {
    expect((await contract(demoContracts.paused)).nextDelivery).toBeNull();
    expect((await contract(demoContracts.cancelled)).nextDelivery).toBeNull();
  });
});

describe('a line says what it is', () => {
  test('by name, variant and picture; of a product without variants there is no variant', async () => {
    harness.emulator.switches.setAll({ oneOffRows: 'example' });
    const read = valueOf(await lines(next));
    const of = (variant: string) => read.find(({ product }) => product.providerId === variant);
    expect(of(demoVariants.beans)).toMatchObject({
      title: 'House Espresso Beans 1 kg',
      variantTitle: null,
      imageUrl: 'https://cdn.example.com/house-espresso-beans-1kg.jpg',
      terms: { deliveryFrequency: MONTHLY, prices: [{ unitPrice: { minor: 2160n }, total: { minor: 4320n } }] },
    });
    expect(of(demoVariants.mug)).toMatchObject({ title: 'Stoneware Mug', variantTitle: 'Blue', terms: null });
    expect(of(demoVariants.filters)).toMatchObject({ title: 'Paper Filters, 100', imageUrl: expect.any(String) });
  });

  test('and its order, once it is billed, the number the shop prints', async () => {
    expect((await order(orderKey(demoAttempts.placed))).displayNumber).toBe('#1001');
    expect((await order(next)).displayNumber).toBeNull();
  });

  test('a preview of a recurring item is paid again with the order after', async () => {
    const item = { offerKey: null, product: { id: demoVariants.syrup, handle: null, variantId: null } };
    const request = { kind: 'ADD_UPSELL_ITEM', orderKey: next, item, quantity: 1, subscribe: 'AS_PLANNED' } as const;
    const preview = valueOf(await open().preview.preview({ ...request, ifPresent: 'REJECT', ifTargetMoved: 'REJECT' }));
    const [now, later] = preview.charge.payments;
    expect(now).toMatchObject({ timing: 'WITH_UPCOMING_ORDER', at: preview.order.scheduled });
    expect(later).toMatchObject({ amount: null, at: { at: (await order(orderKey(demoAttempts.later))).scheduled.at } });
    expect(preview.terms).toMatchObject({ deliveryFrequency: MONTHLY, startsAt: later?.at });
  });
});

describe('a record that lacks something costs itself', () => {
  test('a line whose variant was deleted stays, with its order and totals', async () => {
    const before = await order(next);
    await answer(`subscription-contracts/contract-external/${demoContracts.coffee}`, {}, (body) =>
      withoutVariant(body, demoVariants.tea),
    );
    const ports = open(null);
    expect((await order(next, ports)).totals?.total).toEqual(before.totals?.total);
    const tea = valueOf(await lines(next, ports)).find(({ title }) => title === 'Earl Grey Tin');
    expect(tea).toMatchObject({ quantity: 1, total: { minor: 1125n }, purchaseMode: 'SUBSCRIPTION' });
    expect(await ports.products.getMany([tea?.product.ref.key ?? ''])).toEqual([{ state: 'missing' }]);
  });

  test('a one-time row without a quantity stays, with a total nobody knows', async () => {
    await spoilRow('quantity');
    const read = valueOf(await lines(next));
    const filters = read.find(({ product }) => product.providerId === demoVariants.filters);
    expect(filters).toMatchObject({ unitPrice: { minor: 650n }, total: null });
    expect(read.filter((line) => line !== filters).every(({ total }) => total !== null)).toBe(true);
    expect((await order(next)).totals).toMatchObject({ total: null, shipping: { minor: 500n } });
    expect((await order(orderKey(demoAttempts.later))).totals?.total).not.toBeNull();
  });

  test('a one-time row that cannot be read costs its own order, and no other of the contract', async () => {
    await spoilRow('variantId');
    expect((await lines(next)).state).toBe('failed');
    expect((await order(next)).totals?.total).toBeNull();
    expect((await lines(orderKey(demoAttempts.later))).state).toBe('found');
    expect((await order(orderKey(demoAttempts.later))).totals?.total).not.toBeNull();
    const { items } = await open().upcomingOrders.list(harness.shopper, { lineItems: true, subscriptions: false });
    expect(items).toHaveLength(6);
  });

  /** Takes a field away from the row of the next order. */
  async function spoilRow(field: string): Promise<void> {
    await answer('subscription-contract-one-offs-by-contractId', { contractId: demoContracts.coffee }, (body) =>
      (body as Record<string, unknown>[]).map((row) =>
        String(row['billingAttemptId']) === demoAttempts.next ? { ...row, [field]: undefined } : row,
      ),
    );
  }
});

describe('a customer', () => {
  test('is the same by their digits and by their gid', async () => {
    const gid = `gid://shopify/Customer/${harness.shopper}`;
    const [byGid, byDigits] = await Promise.all(
      [gid, harness.shopper].map(async (id) => {
        const ports = open(id);
        const orders = await ports.upcomingOrders.list(id, { lineItems: false, subscriptions: false });
        const { items } = await ports.subscriptions.listFor(id);
        const [one] = await ports.orders.getMany([next]);
        return [orders.items.length, orders.problem, items.length, one?.state];
      }),
    );
    expect(byGid).toEqual(byDigits);
    expect(byGid).toEqual([6, null, 8, 'found']);
    expect(sameCustomer(gid, harness.shopper)).toBe(true);
    expect(sameCustomer(gid, '1')).toBe(false);
  });

  test.each(['gid://shopify/Customer/', 'gid://shopify/Order/1', 'a@example.com'])(
    'who cannot be one (%s) is refused, never an empty list',
    async (id) => {
      const refused = {
        problem: { kind: 'REJECTED', detail: expect.stringContaining('must be the digits, or the gid') },
      };
      await expect(open(id).subscriptions.listFor(id)).rejects.toMatchObject(refused);
      const listing = open(id).upcomingOrders.list(id, { lineItems: false, subscriptions: false });
      await expect(listing).rejects.toMatchObject(refused);
    },
  );
});

function withoutVariant(value: unknown, variantId: string): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutVariant(each, variantId));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      const isGone = name === 'variantId' && String(each).endsWith(variantId);
      return [name, isGone ? null : withoutVariant(each, variantId)];
    }),
  );
}
