import { expect } from '@jest/globals';
import { fromGlobalId } from '../../../src/domain/reference.js';
import { type ContractCase, port } from '../subject.js';
import { linesOf } from '../writing.js';
import { valueOf } from '../../support/provider-harness.js';

const UNASKED = { lineItems: false, subscriptions: false };

export const readCases: readonly ContractCase[] = [
  {
    id: 'orders.same-order',
    level: 'MUST',
    says: 'answers as many orders as keys were asked for, in their order',
    async run({ open, orders }) {
      const keys = [orders.alsoOpen, orders.unknown, orders.open, orders.alsoOpen];
      const found = await open().orders.getMany(keys);
      expect(found.map(({ state }) => state)).toEqual(['found', 'missing', 'found', 'found']);
      expect([found[0], found[2], found[3]].map((each) => valueOf(each).ref.key)).toEqual([keys[0], keys[2], keys[3]]);
    },
  },
  {
    id: 'orders.missing-is-not-failed',
    level: 'MUST',
    says: 'tells an order that does not exist from one that cannot be read',
    async run({ open, orders, provoke }) {
      expect((await open().orders.getMany([orders.unknown]))[0]?.state).toBe('missing');
      provoke.readsFail();
      expect((await open().orders.getMany([orders.open]))[0]?.state).toBe('failed');
    },
  },
  {
    id: 'orders.one-failing-key',
    level: 'MUST',
    says: 'lets one order that cannot be read cost only itself',
    async run({ open, orders, provoke }) {
      provoke.orderFails(orders.open);
      const found = await open().orders.getMany([orders.alsoOpen, orders.open, orders.closed]);
      expect(found.map(({ state }) => state)).toEqual(['found', 'failed', 'found']);
    },
  },
  {
    id: 'orders.foreign-invisible',
    level: 'MUST',
    says: "answers another shopper's order like one that does not exist",
    async run({ open, orders }) {
      const [foreign, unknown] = await open().orders.getMany([orders.foreign, orders.unknown]);
      expect(foreign).toEqual(unknown);
      expect(foreign?.state).toBe('missing');
    },
  },
  {
    id: 'orders.hostile-key',
    level: 'MUST',
    says: 'never lets a key reach another path of the provider',
    async run({ open, orders, requests }) {
      const keys = [
        '..',
        '../x',
        `${orders.open}/../${orders.foreign}`,
        '?a=b',
        '#',
        '%2e%2e',
        '\u0000',
        'x'.repeat(4000),
      ];
      const found = await open().orders.getMany(keys);
      expect(found.every(({ state }) => state === 'missing')).toBe(true);
      expect(requests().every(({ path }) => !path.includes(orders.foreign))).toBe(true);
    },
  },
  {
    id: 'orders.identity',
    level: 'MUST',
    says: "keeps the provider's identifiers as text, and makes IDs that lead back",
    async run({ open, orders }) {
      const order = valueOf((await open().orders.getMany([orders.open]))[0]);
      expect(order.providerId).toBe(orders.open);
      expect(fromGlobalId(order.id)).toEqual(order.ref);
      expect(typeof order.providerStatus).toBe('string');
    },
  },
  {
    id: 'orders.money-is-exact',
    level: 'MUST',
    says: 'states totals as whole minor units with a currency',
    async run({ open, orders }) {
      const total = valueOf((await open().orders.getMany([orders.open]))[0]).totals?.total;
      expect(typeof total?.minor).toBe('bigint');
      expect(total?.amount).toMatch(/^\d+\.\d{2}$/);
      expect(total?.currency).toMatch(/^[A-Z]{3}$/);
    },
  },
  {
    id: 'orders.read-once',
    level: 'MUST',
    says: 'sends no request twice for an order, and none for one that was read before',
    async run({ open, orders, requests }) {
      const source = open();
      await source.orders.getMany([orders.open, orders.open]);
      const sent = requests().map(({ method, path }) => `${method} ${path}`);
      expect(sent.length).toBeGreaterThan(0);
      expect(new Set(sent).size).toBe(sent.length);
      await source.orders.getMany([orders.open]);
      expect(requests()).toEqual([]);
    },
  },
  {
    id: 'upcoming.read-once',
    level: 'MUST',
    needs: 'UPCOMING_ORDERS',
    says: 'sends no request for an order that was listed before',
    async run({ open, orders, shopper, requests }) {
      const source = open();
      await port(source.upcomingOrders, 'upcomingOrders').list(shopper, UNASKED);
      requests();
      const found = await source.orders.getMany([orders.open, orders.alsoOpen]);
      expect(found.map(({ state }) => state)).toEqual(['found', 'found']);
      expect((await source.orders.getMany([orders.open]))[0]?.state).toBe('found');
      expect(requests()).toEqual([]);
    },
  },
  {
    id: 'upcoming.lists-own',
    level: 'MUST',
    needs: 'UPCOMING_ORDERS',
    says: "lists the shopper's orders and nobody else's",
    async run({ open, orders, shopper }) {
      const { items, problem } = await port(open().upcomingOrders, 'upcomingOrders').list(shopper, UNASKED);
      const keys = items.map(({ ref }) => ref.key);
      expect(problem).toBeNull();
      expect(keys).toEqual(expect.arrayContaining([orders.open, orders.alsoOpen]));
      expect(new Set(keys).size).toBe(keys.length);
      expect(items.every(({ customerId }) => customerId === shopper)).toBe(true);
    },
  },
  {
    id: 'upcoming.failure-is-no-empty-list',
    level: 'MUST',
    needs: 'UPCOMING_ORDERS',
    says: 'throws when the list cannot be read, instead of showing none',
    async run({ open, shopper, provoke }) {
      provoke.readsFail();
      const listing = port(open().upcomingOrders, 'upcomingOrders').list(shopper, UNASKED);
      await expect(listing).rejects.toMatchObject({ name: 'ProviderFailure' });
    },
  },
  {
    id: 'lines.same-order',
    level: 'MUST',
    says: 'answers the lines of each order in the order of the orders',
    async run({ open, orders }) {
      const source = open();
      const found = (await source.orders.getMany([orders.alsoOpen, orders.open])).map(valueOf);
      const lines = await port(source.lineItems, 'lineItems').forOrders(found);
      expect(lines).toHaveLength(2);
      for (const [index, each] of lines.entries()) {
        expect(valueOf(each).length).toBeGreaterThan(0);
        expect(valueOf(each).every(({ orderRef }) => orderRef.key === found[index]?.ref.key)).toBe(true);
      }
    },
  },
  {
    id: 'lines.same-by-key',
    level: 'MUST',
    says: 'shows the same line by its key as in its order',
    async run(subject) {
      const { open, orders, oneTimeLine } = subject;
      const inOrder = (await linesOf(subject, orders.open)).find(({ ref }) => ref.key === oneTimeLine);
      const byKey = valueOf((await port(open().lineItems, 'lineItems').getMany([oneTimeLine]))[0]);
      expect(byKey).toEqual(inOrder);
    },
  },
  {
    id: 'lines.failed-is-not-empty',
    level: 'MUST',
    says: 'says that lines could not be read, instead of showing none, and keeps the order',
    async run({ open, orders, provoke }) {
      provoke.lineItemsFail();
      const source = open();
      const order = valueOf((await source.orders.getMany([orders.open]))[0]);
      expect((await port(source.lineItems, 'lineItems').forOrders([order]))[0]?.state).toBe('failed');
    },
  },
  {
    id: 'lines.foreign-invisible',
    level: 'MUST',
    says: "answers another shopper's line like one that does not exist",
    async run({ openFor, otherShopper, oneTimeLine }) {
      const found = await port(openFor(otherShopper).lineItems, 'lineItems').getMany([oneTimeLine]);
      expect(found).toEqual([{ state: 'missing' }]);
    },
  },
  {
    id: 'subscriptions.same-order',
    level: 'MUST',
    says: 'answers subscriptions in the order of their keys, and the unknown one as missing',
    async run({ open, orders, shopper }) {
      const source = port(open().subscriptions, 'subscriptions');
      const keys = (await source.listFor(shopper)).items.map(({ ref }) => ref.key);
      const asked = [...keys.toReversed(), orders.unknown];
      const found = await source.getMany(asked);
      expect(found.map((each) => (each.state === 'found' ? each.value.ref.key : each.state))).toEqual([
        ...keys.toReversed(),
        'missing',
      ]);
    },
  },
  {
    id: 'subscriptions.foreign-invisible',
    level: 'MUST',
    says: "answers another shopper's subscription like one that does not exist",
    async run({ open, openFor, shopper, otherShopper }) {
      const own = (await port(open().subscriptions, 'subscriptions').listFor(shopper)).items[0];
      const found = await port(openFor(otherShopper).subscriptions, 'subscriptions').getMany([own?.ref.key ?? '']);
      expect(found).toEqual([{ state: 'missing' }]);
    },
  },
  {
    id: 'products.same-order',
    level: 'MUST',
    says: 'answers products in the order of their keys, identifiers verbatim, and the unknown one as missing',
    async run({ open, items }) {
      const ids = [items.alreadyThere, items.unknown, items.addable].map(({ product }) => product?.id ?? '');
      const found = await port(open().products, 'products').getMany(ids);
      expect(found.map((each) => (each.state === 'found' ? each.value.providerId : each.state))).toEqual([
        ids[0],
        'missing',
        ids[2],
      ]);
    },
  },
  {
    id: 'offers.same-by-key',
    level: 'MUST',
    says: 'shows the same offer by its key as on its order, and an unknown one as missing',
    async run({ open, orders }) {
      const order = valueOf((await open().orders.getMany([orders.open]))[0]);
      const [offer] = valueOf((await port(open().offers, 'offers').forOrders([order]))[0]);
      const found = await port(open().offers, 'offers').getMany([orders.unknown, offer?.ref.key ?? '']);
      expect(found).toEqual([{ state: 'missing' }, { state: 'found', value: offer }]);
    },
  },
];
