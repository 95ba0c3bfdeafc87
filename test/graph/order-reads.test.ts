import { describe, expect, test } from '@jest/globals';
import { unknownMoment } from '../../src/domain/moment.js';
import { problem, ProviderFailure } from '../../src/domain/problem.js';
import { UpcomingOrdersDocument } from '../generated/graphql.js';
import { FakeShop } from './fake-shop.js';
import { ada, GraphClient } from './graph-client.js';
import { idOf, sampleLine, sampleOrder, sampleProduct, sampleSubscription } from './sample-records.js';
import { us, eu, client, connectionIn } from './two-accounts.js';

describe('upcoming orders', () => {
  test('with items, products and subscriptions take one call of each kind, whatever the number of orders', async () => {
    us.orders = Array.from({ length: 100 }, (_, index) => sampleOrder('og-us', `n${index}`));
    us.lines = us.orders.map((order) => sampleLine(order, `of-${order.ref.key}`));
    us.products = us.lines.map(({ product }) => sampleProduct('og-us', product.ref.key));
    us.subscriptions = us.lines.map(({ ref }) => sampleSubscription('og-us', `s-${ref.key}`));
    eu.orders = [];
    const { data, errors } = await client.send(UpcomingOrdersDocument, { first: 100 });
    expect(errors).toEqual([]);
    expect(us.calls.map((call) => call.replace(/\(.*/, ''))).toEqual([
      'upcomingOrders.list',
      'lineItems.forOrders',
      'subscriptions.getMany',
      'products.getMany',
    ]);
    expect(data).toHaveProperty(
      'upcomingOrders.nodes.99.lineItems.nodes.0.product.title',
      expect.stringMatching(/^Product/),
    );
    expect(data).toHaveProperty('upcomingOrders.nodes.99.lineItems.nodes.0.subscription.terms.deliveryFrequency', {
      every: 8,
      unit: 'WEEK',
    });
  });

  test('of all accounts come as one list, soonest first, with instants and money in the shapes clients rely on', async () => {
    const { data } = await client.send(
      '{ upcomingOrders { nodes { providerId scheduled { at date basis } totals { currencySource total { amount currency } } } } }',
    );
    expect(data).toEqual({
      upcomingOrders: {
        nodes: [
          {
            providerId: 'o1',
            scheduled: { at: '2023-10-09T05:00:00.000Z', date: '2023-10-09', basis: 'STATED_INSTANT' },
            totals: { currencySource: 'PROVIDER', total: { amount: '77.94', currency: 'USD' } },
          },
          expect.objectContaining({ providerId: 'o9' }),
          expect.objectContaining({ providerId: 'o2' }),
        ],
      },
    });
  });

  test('can be paged through to the end, meeting each order once, orders without a day last', async () => {
    us.orders.push(
      sampleOrder('og-us', 'same-day'),
      sampleOrder('og-us', 'no-day', { scheduled: unknownMoment }),
      sampleOrder('og-us', 'only-a-date', { scheduled: { ...unknownMoment, date: '2023-10-20' } }),
    );
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      const { data } = await client.send(
        'query ($after: String) { upcomingOrders(first: 2, after: $after) { edges { cursor node { providerId } } pageInfo { hasNextPage hasPreviousPage endCursor } } }',
        { after },
      );
      const { edges, pageInfo } = connectionIn(data);
      seen.push(...edges.map(({ node }) => node.providerId));
      expect(pageInfo.hasPreviousPage).toBe(page > 0);
      after = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) break;
    }
    expect(seen.slice(0, 2).sort()).toEqual(['o1', 'same-day']);
    expect(seen.slice(2)).toEqual(['only-a-date', 'o9', 'o2', 'no-day']);
  });

  test.each([
    ['a page of none', 'upcomingOrders(first: 0)', 'first'],
    ['a page that is too long', 'upcomingOrders(first: 101)', 'first'],
    ['a cursor of something else', 'upcomingOrders(after: "bm90IG91cnM")', 'after'],
    ['an unknown account', 'upcomingOrders(accountKeys: ["og-us", "nowhere"])', 'accountKeys'],
  ])('refuse %s before anything is read', async (_name, field, argument) => {
    const { errors } = await client.send(`{ ${field} { nodes { id } } }`);
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['upcomingOrders'],
        message: expect.stringMatching(/\.$/),
        extensions: expect.objectContaining({
          code: 'BAD_USER_INPUT',
          problems: [expect.objectContaining({ path: expect.arrayContaining([argument]) })],
        }),
      }),
    ]);
    expect(us.calls).toEqual([]);
  });

  test('ask only the accounts that are named', async () => {
    await client.send('{ upcomingOrders(accountKeys: ["og-eu"]) { nodes { id } } }');
    expect([us.calls, eu.calls]).toEqual([[], ['upcomingOrders.list(ada)']]);
  });

  test('say what each account contributed: a failed one is not an empty list', async () => {
    const noList = new FakeShop('no-list');
    noList.absent.add('upcomingOrders');
    us.failing.add('upcomingOrders');
    eu.gap = problem('RATE_LIMITED', 'The shop was asked too often.');
    const failing = GraphClient.over(us, eu, noList, new FakeShop('stranger'));
    failing.actor = { ...ada, customers: { ...ada.customers, 'no-list': 'ada' } };
    const { data, errors } = await failing.send(
      '{ upcomingOrders { nodes { providerId } sources { account { key } state itemCount problem { kind httpStatus detail } } } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      upcomingOrders: {
        nodes: [{ providerId: 'o9' }],
        sources: [
          {
            account: { key: 'og-us' },
            state: 'FAILED',
            itemCount: 0,
            problem: { kind: 'UNAVAILABLE', httpStatus: 503, detail: 'The shop does not answer.' },
          },
          {
            account: { key: 'og-eu' },
            state: 'PARTIAL',
            itemCount: 1,
            problem: { kind: 'RATE_LIMITED', httpStatus: null, detail: 'The shop was asked too often.' },
          },
          { account: { key: 'no-list' }, state: 'NOT_APPLICABLE', itemCount: 0, problem: null },
          { account: { key: 'stranger' }, state: 'NOT_APPLICABLE', itemCount: 0, problem: null },
        ],
      },
    });
  });

  test.each([
    ['CIRCUIT_OPEN', 'UNAVAILABLE'],
    ['QUEUE_TIMEOUT', 'RATE_LIMITED'],
    ['HELD_BACK', 'RATE_LIMITED'],
  ] as const)('say that an account was not asked (%s), and when it may be', async (notSent, kind) => {
    const retryAt = new Date('2026-11-21T09:00:30.000Z');
    us.bug = new ProviderFailure({ ...problem(kind, 'It was not asked.', { retryAt }), notSent });
    const { data } = await client.send('{ upcomingOrders { sources { state problem { kind retryAt } } } }');
    expect(data).toHaveProperty('upcomingOrders.sources.0', {
      state: 'SKIPPED',
      problem: { kind, retryAt: retryAt.toISOString() },
    });
  });

  test('answer for the other accounts when reading one meets a bug of ours', async () => {
    us.bug = new RangeError('Invalid time value');
    const { data, errors } = await client.send(
      '{ upcomingOrders { nodes { providerId } sources { state leftOutCount problem { kind detail } } } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      upcomingOrders: {
        nodes: [{ providerId: 'o9' }],
        sources: [
          {
            state: 'FAILED',
            leftOutCount: null,
            problem: { kind: 'CONTRACT_DRIFT', detail: 'The response of this account could not be read.' },
          },
          { state: 'OK', leftOutCount: 0, problem: null },
        ],
      },
    });
    expect(client.reported).toEqual([['og-us', us.bug]]);
  });

  test('leave out the rows of another customer, count them and each record once', async () => {
    us.listed = [...us.orders, ...us.orders, sampleOrder('og-us', 'foreign', { customerId: 'bob' })];
    const { data } = await client.send(
      '{ upcomingOrders { nodes { providerId } sources { state itemCount leftOutCount problem { kind } } } }',
    );
    expect(JSON.stringify(data)).not.toContain('foreign"');
    expect(data).toMatchObject({
      upcomingOrders: {
        sources: [
          { state: 'PARTIAL', itemCount: us.orders.length, leftOutCount: 1, problem: { kind: 'CONTRACT_DRIFT' } },
          { state: 'OK', leftOutCount: 0, problem: null },
        ],
      },
    });
  });

  test.each([
    ['plain nodes', '{ nodes { lineItems { nodes { subscription { id } } } } }', true, true],
    ['edges', '{ edges { node { lineItems { edges { node { subscription { id } } } } } } }', true, true],
    ['aliases', '{ all: nodes { items: lineItems { each: nodes { id s: subscription { id } } } } }', true, true],
    ['a fragment', '{ nodes { ...O } }', true, true],
    [
      'an inline fragment',
      '{ ... on UpcomingOrderConnection { nodes { ... { lineItems { nodes { id } } } } } }',
      true,
      false,
    ],
    ['a skipped field', '{ nodes { id lineItems @skip(if: $yes) { nodes { id } } } }', false, false],
    [
      'a field that is not included',
      '{ nodes { lineItems { nodes { id subscription @include(if: $no) { id } } } } }',
      true,
      false,
    ],
    ['a field that is included', '{ nodes { lineItems @include(if: $yes) { nodes { id } } } }', true, false],
    ['orders alone', '{ nodes { id totals { total { amount } } } }', false, false],
  ])('tell the account what the query asks for below: %s', async (_name, selection, lineItems, subscriptions) => {
    const fragment = selection.includes('...O')
      ? 'fragment O on Order { lineItems { nodes { subscription { id } } } }'
      : '';
    const { errors } = await client.send(
      `query ($yes: Boolean = true, $no: Boolean = false) { upcomingOrders ${selection} a: viewer @skip(if: $yes) { kind } b: viewer @include(if: $no) { kind } } ${fragment}`,
    );
    expect(errors).toEqual([]);
    expect(us.aheads).toEqual([{ lineItems, subscriptions }]);
  });

  test('are not held up by fragments that multiply', async () => {
    const levels = Array.from(
      { length: 40 },
      (_, level) => `fragment F${level} on Order { ...F${level + 1} ...F${level + 1} }`,
    );
    const { errors } = await client.send(
      `{ upcomingOrders { nodes { ...F0 } } } ${levels.join(' ')} fragment F40 on Order { lineItems { nodes { id } } }`,
    );
    expect(errors).toEqual([]);
    expect(us.aheads).toEqual([{ lineItems: true, subscriptions: false }]);
  });
});

describe('products', () => {
  test('are not looked up for what the line says already', async () => {
    const { data } = await client.send(
      '{ upcomingOrders { nodes { lineItems { nodes { product { id providerId account { key } } } } } } }',
    );
    expect(data).toHaveProperty('upcomingOrders.nodes.0.lineItems.nodes.0.product', {
      id: idOf('Product', 'og-us', 'p-o1a'),
      providerId: 'p-o1a',
      account: { key: 'og-us' },
    });
    expect(us.calls.filter((call) => call.startsWith('products'))).toEqual([]);
  });

  test('that cannot be read cost their own fields and nothing else', async () => {
    us.failing.add('products');
    const { data, errors } = await client.send(
      '{ upcomingOrders(first: 1) { nodes { lineItems(first: 1) { nodes { quantity product { providerId title } } } } } }',
    );
    expect(data).toHaveProperty('upcomingOrders.nodes.0.lineItems.nodes.0', {
      quantity: 1,
      product: { providerId: 'p-o1a', title: null },
    });
    expect(errors).toEqual([
      expect.objectContaining({
        message: 'The shop does not answer.',
        path: ['upcomingOrders', 'nodes', 0, 'lineItems', 'nodes', 0, 'product', 'title'],
        extensions: {
          code: 'PROVIDER_UNAVAILABLE',
          problem: { kind: 'UNAVAILABLE', httpStatus: 503, retryAt: null, account: 'og-us' },
        },
      }),
    ]);
  });
});

describe('a failing provider call', () => {
  test('costs one field: without items, orders and totals still come', async () => {
    us.failing.add('lineItems');
    const { data, errors } = await client.send(UpcomingOrdersDocument, { first: 1 });
    expect(data).toHaveProperty('upcomingOrders.nodes.0.totals.total.amount', '77.94');
    expect(data).toHaveProperty('upcomingOrders.nodes.0.lineItems', null);
    expect(errors.map(({ path, extensions }) => [path, extensions?.['code']])).toEqual([
      [['upcomingOrders', 'nodes', 0, 'lineItems'], 'PROVIDER_UNAVAILABLE'],
    ]);
  });

  test('for one record leaves the other records alone', async () => {
    us.broken.add('o1');
    const { data, errors } = await client.send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: [idOf('Order', 'og-us', 'o1'), idOf('Order', 'og-us', 'o2')],
    });
    expect(data).toEqual({ nodes: [null, { id: idOf('Order', 'og-us', 'o2') }] });
    expect(errors.map(({ path, extensions }) => [path, extensions?.['code']])).toEqual([
      [['nodes', 0], 'PROVIDER_TIMEOUT'],
    ]);
    expect(us.calls).toEqual(['orders.getMany(o1,o2)']);
  });
});
