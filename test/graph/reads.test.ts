import { beforeEach, describe, expect, test } from '@jest/globals';
import { fromInstant, unknownMoment } from '../../src/domain/moment.js';
import { problem, ProviderFailure } from '../../src/domain/problem.js';
import { toGlobalId } from '../../src/domain/reference.js';
import {
  MayIOfferDocument,
  OperationByKeyDocument,
  PreviewUpsellDocument,
  UpcomingOrdersDocument,
} from '../generated/graphql.js';
import { FakeShop } from './fake-shop.js';
import { ada, GraphClient, sealer, staff } from './graph-client.js';
import {
  idOf,
  sampleLine,
  sampleOffer,
  sampleOperation,
  sampleOrder,
  sampleProduct,
  sampleSubscription,
} from './sample-records.js';

function customerId(identities: readonly (readonly [string, string])[]): string {
  return toGlobalId({ type: 'Customer', account: '', key: sealer.seal(JSON.stringify(identities)) });
}

let us: FakeShop;
let eu: FakeShop;
let client: GraphClient;

beforeEach(async () => {
  us = new FakeShop('og-us');
  eu = new FakeShop('og-eu');
  us.orders = [sampleOrder('og-us', 'o1'), sampleOrder('og-us', 'o2', { scheduled: onDay('2023-12-13') })];
  us.lines = us.orders.flatMap((order) => ['a', 'b'].map((name) => sampleLine(order, `${order.ref.key}${name}`)));
  us.products = us.lines.map(({ product }) => sampleProduct('og-us', product.ref.key));
  us.subscriptions = us.lines.map(({ ref }) => sampleSubscription('og-us', `s-${ref.key}`));
  eu.orders = [sampleOrder('og-eu', 'o9', { scheduled: onDay('2023-11-01') })];
  client = GraphClient.over(us, eu);
});

function onDay(day: string) {
  return fromInstant(new Date(`${day}T06:00:00Z`));
}

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
    expect(data).toHaveProperty('upcomingOrders.nodes.99.lineItems.nodes.0.subscription.frequency', {
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
    client = GraphClient.over(us, eu, noList, new FakeShop('stranger'));
    client.actor = { ...ada, customers: { ...ada.customers, 'no-list': 'ada' } };
    const { data, errors } = await client.send(
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

describe('single records', () => {
  test('are found by their IDs, each as its own type, with one call for a kind', async () => {
    const ids = [
      idOf('Order', 'og-us', 'o1'),
      idOf('LineItem', 'og-us', 'o1a'),
      idOf('SubscriptionContract', 'og-us', 's-o1a'),
      idOf('Product', 'og-us', 'p-o1a'),
      us.account.id,
    ];
    const { data, errors } = await client.send('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids });
    expect(errors).toEqual([]);
    expect(data).toEqual({
      nodes: ['Order', 'LineItem', 'SubscriptionContract', 'Product', 'ProviderAccount'].map((__typename, index) => ({
        __typename,
        id: ids[index],
      })),
    });
    expect(us.calls).toHaveLength(4);
  });

  test.each([
    ['text that is no ID', 'nonsense'],
    ['an ID of an unknown account', idOf('Order', 'nowhere', 'o1')],
    ['an ID of a missing record', idOf('Order', 'og-us', 'gone')],
    ['an empty ID', ''],
    ['an endless ID', 'A'.repeat(127_000)],
  ])('are null for %s', async (_name, id) => {
    const { data, errors } = await client.send(
      'query ($id: ID!) { node(id: $id) { id } order(id: $id) { id } subscription(id: $id) { id } operation(id: $id) { id } }',
      { id },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ node: null, order: null, subscription: null, operation: null });
  });

  test('are null where an ID of another type is wanted', async () => {
    const { data } = await client.send('query ($id: ID!) { order(id: $id) { id } }', {
      id: idOf('LineItem', 'og-us', 'o1a'),
    });
    expect(data).toEqual({ order: null });
  });

  test('can be asked for a hundred at once, and not more', async () => {
    const ask = (count: number) =>
      client.send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
        ids: Array.from({ length: count }, () => 'x'),
      });
    expect((await ask(100)).errors).toEqual([]);
    expect((await ask(101)).errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  test("are found by the provider's own identifier", async () => {
    const { data, errors } = await client.send(
      '{ orderByProviderId(accountKey: "og-us", providerId: "o2") { id } wrong: orderByProviderId(accountKey: "x", providerId: "o2") { id } }',
    );
    expect(data).toEqual({ orderByProviderId: { id: idOf('Order', 'og-us', 'o2') }, wrong: null });
    expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual(['BAD_USER_INPUT']);
  });

  test('lead to what belongs to them', async () => {
    us.offers = [sampleOffer('og-us', 'offer')];
    const { data, errors } = await client.send(
      `query ($id: ID!, $line: ID!) {
        order(id: $id) { customer { id } offers { percentOff purchaseModes account { key } } eligibility { verdict order { id } } }
        node(id: $line) { ... on LineItem { order { providerId } subscription { providerId nextOrder { providerId } customer { id } } } }
        viewer { kind scopes customer { id subscriptions(first: 1) { nodes { providerId account { key } } sources { state itemCount } } } }
        accounts(provider: ORDERGROOVE) { key capabilities { key support } }
        none: accounts(provider: CENTRA) { key }
      }`,
      { id: idOf('Order', 'og-us', 'o1'), line: idOf('LineItem', 'og-us', 'o2a') },
    );
    const customer = customerId([
      ['og-eu', 'ada'],
      ['og-us', 'ada'],
    ]);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      order: {
        customer: { id: customer },
        offers: [{ percentOff: '5', purchaseModes: ['ONE_TIME'], account: { key: 'og-us' } }],
        eligibility: { verdict: 'ELIGIBLE', order: { id: idOf('Order', 'og-us', 'o1') } },
      },
      node: {
        order: { providerId: 'o2' },
        subscription: { providerId: 's-o2a', nextOrder: { providerId: 'o1' }, customer: { id: customer } },
      },
      viewer: {
        kind: 'CUSTOMER',
        scopes: ['READ', 'WRITE'],
        customer: {
          id: customer,
          subscriptions: {
            nodes: [{ providerId: expect.stringMatching(/^s-/), account: { key: 'og-us' } }],
            sources: [
              { state: 'OK', itemCount: 4 },
              { state: 'OK', itemCount: 0 },
            ],
          },
        },
      },
      accounts: ['og-us', 'og-eu'].map((key) => ({
        key,
        capabilities: expect.arrayContaining([{ key: 'PREVIEW', support: 'NATIVE' }]),
      })),
      none: [],
    });
  });

  test('show lines by origin and in pages', async () => {
    us.lines = [...us.lines, sampleLine(sampleOrder('og-us', 'o1'), 'extra', { origin: 'UPSELL' })];
    const { data } = await client.send(
      `query ($id: ID!) { order(id: $id) {
        upsells: lineItems(origin: UPSELL) { nodes { providerId } }
        page: lineItems(first: 2) { nodes { providerId } pageInfo { hasNextPage hasPreviousPage } }
      } }`,
      { id: idOf('Order', 'og-us', 'o1') },
    );
    expect(data).toEqual({
      order: {
        upsells: { nodes: [{ providerId: 'extra' }] },
        page: {
          nodes: [{ providerId: 'o1a' }, { providerId: 'o1b' }],
          pageInfo: { hasNextPage: true, hasPreviousPage: false },
        },
      },
    });
  });

  test('are null with an error where a provider has no such port; without offers the list is empty', async () => {
    for (const port of ['offers', 'eligibility', 'lineItems'] as const) us.absent.add(port);
    const { data, errors } = await client.send(
      'query ($id: ID!) { order(id: $id) { offers { id } eligibility { verdict } lineItems { nodes { id } } } }',
      { id: idOf('Order', 'og-us', 'o1') },
    );
    expect(new Set(errors.map(({ path }) => path?.join('.')))).toEqual(
      new Set(['order.eligibility', 'order.lineItems']),
    );
    expect(data).toEqual({ order: { offers: [], eligibility: null, lineItems: null } });
  });
});

const reads = [
  'node(id: "x") { id }',
  'nodes(ids: ["x"]) { id }',
  'viewer { kind }',
  'accounts { key }',
  'order(id: "x") { id }',
  'orderByProviderId(accountKey: "og-us", providerId: "o1") { id }',
  'upcomingOrders { nodes { id } }',
  'customer(identities: []) { id }',
  'subscription(id: "x") { id }',
  'upsellEligibility(inputs: []) { verdict }',
  'operation(id: "x") { id }',
  'operationByKey(idempotencyKey: "x") { id }',
  '_entities(representations: []) { __typename }',
];

describe('access', () => {
  const everyWay = `query ($order: ID!, $line: ID!, $subscription: ID!) {
    order(id: $order) { id }
    node(id: $order) { id }
    line: node(id: $line) { id }
    subscription(id: $subscription) { id }
    orderByProviderId(accountKey: "og-us", providerId: "theirs") { id }
  }`;
  const ids = {
    order: idOf('Order', 'og-us', 'theirs'),
    line: idOf('LineItem', 'og-us', 'their-line'),
    subscription: idOf('SubscriptionContract', 'og-us', 'their-subscription'),
  };
  const nothing = { order: null, node: null, line: null, subscription: null, orderByProviderId: null };

  beforeEach(() => {
    const theirs = sampleOrder('og-us', 'theirs', { customerId: 'bob' });
    us.orders.push(theirs);
    us.lines.push(sampleLine(theirs, 'their-line'));
    us.subscriptions.push(sampleSubscription('og-us', 'their-subscription', { customerId: 'bob' }));
  });

  test("another customer's records are answered exactly like missing ones", async () => {
    const foreign = await client.send(everyWay, ids);
    us.orders = [];
    us.lines = [];
    us.subscriptions = [];
    expect(foreign).toEqual({ data: nothing, errors: [] });
    expect(await client.send(everyWay, ids)).toEqual(foreign);
  });

  test('staff see every record', async () => {
    client.actor = staff;
    const { data } = await client.send(everyWay, ids);
    expect(data).toEqual({
      order: { id: ids.order },
      node: { id: ids.order },
      line: { id: ids.line },
      subscription: { id: ids.subscription },
      orderByProviderId: { id: ids.order },
    });
  });

  test('a guest sees the orders of the token, their lines, and nobody behind them', async () => {
    client.actor = { ...ada, kind: 'GUEST', customers: {}, orders: { 'og-us': ['theirs'] } };
    const { data } = await client.send(
      `query ($order: ID!, $line: ID!, $other: ID!) {
        order(id: $order) { customer { id } lineItems { nodes { id subscription { id } } } }
        line: node(id: $line) { id }
        other: order(id: $other) { id }
        viewer { customer { id } }
      }`,
      { order: ids.order, line: ids.line, other: idOf('Order', 'og-us', 'o1') },
    );
    expect(data).toEqual({
      order: { customer: null, lineItems: { nodes: [{ id: ids.line, subscription: null }] } },
      line: { id: ids.line },
      other: null,
      viewer: { customer: null },
    });
  });

  test('a subscription shows its next order only to whom it belongs', async () => {
    us.orders = [sampleOrder('og-us', 'theirs', { customerId: 'bob' })];
    const { data } = await client.send('query ($id: ID!) { subscription(id: $id) { providerId nextOrder { id } } }', {
      id: idOf('SubscriptionContract', 'og-us', 's-o1a'),
    });
    expect(data).toEqual({ subscription: { providerId: 's-o1a', nextOrder: null } });
  });

  test('lines of another order in the answer make the whole list fail', async () => {
    us.strayLines = [sampleLine(sampleOrder('og-us', 'o2'), 'stray')];
    const { data, errors } = await client.send('query ($id: ID!) { order(id: $id) { lineItems { nodes { id } } } }', {
      id: idOf('Order', 'og-us', 'o1'),
    });
    expect(data).toEqual({ order: { lineItems: null } });
    expect(errors[0]?.extensions?.['code']).toBe('PROVIDER_CONTRACT_DRIFT');
  });

  test('the account is opened for the shopper who asks', async () => {
    client.actor = { ...ada, kind: 'RECOGNISED_CUSTOMER' };
    await client.send('{ upcomingOrders { nodes { id } } }');
    expect(us.scopes.map(({ shopper }) => shopper)).toEqual([{ customerId: 'ada', recognised: true }]);
  });

  test('a customer is found again by ID, by nobody else than themself and staff', async () => {
    const id = customerId([
      ['og-eu', 'ada'],
      ['og-us', 'ada'],
    ]);
    const ask = () => client.send('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect((await ask()).data).toEqual({ node: { id } });
    client.actor = staff;
    expect((await ask()).data).toEqual({ node: { id } });
    client.actor = { ...ada, customers: { 'og-us': 'bob', 'og-eu': 'ada' } };
    expect((await ask()).data).toEqual({ node: null });
  });

  test('the ID of a customer tells nothing of who it is, and cannot be made up', async () => {
    client.actor = { ...ada, customers: { 'og-us': 'ada@example.com' } };
    const { data } = await client.send('{ viewer { customer { id } } }');
    const { id } = (data as { viewer: { customer: { id: string } } }).viewer.customer;
    expect(Buffer.from(id, 'base64url').toString()).toMatch(/^Customer::v2\.[\w-]+$/);
    const made = toGlobalId({ type: 'Customer', account: '', key: '[["og-us","ada@example.com"]]' });
    client.actor = staff;
    expect((await client.send(`{ real: node(id: "${id}") { id } made: node(id: "${made}") { id } }`)).data).toEqual({
      real: { id },
      made: null,
    });
  });

  test('staff look up any shopper by identifiers; a shopper may not', async () => {
    const query = `{ customer(identities: [{ accountKey: "og-us", providerId: "bob" }]) { upcomingOrders { nodes { providerId } sources { state } } } }`;
    expect((await client.send(query)).errors.map(({ extensions }) => extensions?.['code'])).toEqual(['NOT_PERMITTED']);
    client.actor = staff;
    expect((await client.send(query)).data).toEqual({
      customer: {
        upcomingOrders: { nodes: [{ providerId: 'theirs' }], sources: [{ state: 'OK' }, { state: 'NOT_APPLICABLE' }] },
      },
    });
  });

  test('identifiers of a shopper are checked all at once', async () => {
    client.actor = staff;
    const { errors } = await client.send(
      `{ customer(identities: [{ accountKey: "x", providerId: "" }, { accountKey: "og-us", providerId: "a" }, { accountKey: "og-us", providerId: "b" }]) { id } }`,
    );
    const problems = errors[0]?.extensions?.['problems'];
    expect(problems).toEqual([
      expect.objectContaining({ path: ['identities', '0', 'providerId'] }),
      expect.objectContaining({ path: ['identities', '0', 'accountKey'], rule: 'ACCOUNT_KEY' }),
      expect.objectContaining({ path: ['identities', '2', 'accountKey'], rule: 'UNIQUE' }),
    ]);
    expect((await client.send('{ customer(identities: []) { id } }')).errors).toHaveLength(1);
  });

  test('is asked for by every read of records; a preview refuses as data', async () => {
    const { data } = await client.send('{ __schema { queryType { fields { name } } } }');
    const names: readonly { readonly name: string }[] = Object(data).__schema.queryType.fields;
    const covered = [...reads.map((read) => /^\w+/.exec(read)?.[0] ?? ''), 'upsellPreview', '_service'];
    expect(names.map(({ name }) => name).sort()).toEqual(covered.sort());
  });

  test.each(reads)('without the scope to read, { %s } is not permitted', async (field) => {
    client.actor = { ...ada, scopes: ['upsell:write'] };
    const { errors } = await client.send(`{ ${field} }`);
    expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual(['NOT_PERMITTED']);
    expect([us.calls, us.scopes]).toEqual([[], []]);
  });
});

describe('eligibility', () => {
  const item = { providerProduct: { providerId: 'p-o1a' } };

  test('of many questions takes one read of the orders and one check', async () => {
    const inputs = ['o1', 'o2', 'o1'].map((key) => ({ orderId: idOf('Order', 'og-us', key), item }));
    const { data, errors } = await client.send(MayIOfferDocument, { inputs });
    expect(errors).toEqual([]);
    expect(data).toHaveProperty('upsellEligibility.2.verdict', 'ELIGIBLE');
    expect(us.calls).toEqual(['orders.getMany(o1,o2)', 'eligibility.check(o1,o2)']);
  });

  test('answers each question in its place: an unknown order is null, a bad question costs its own answer', async () => {
    const orderId = idOf('Order', 'og-us', 'o1');
    const { data, errors } = await client.send(
      'query ($inputs: [UpsellEligibilityInput!]!) { upsellEligibility(inputs: $inputs) { quantity purchaseMode } }',
      {
        inputs: [
          { orderId: 'nonsense' },
          { orderId, quantity: 0 },
          { orderId, quantity: 2, purchaseMode: 'SUBSCRIPTION', item },
        ],
      },
    );
    expect(data).toEqual({ upsellEligibility: [null, null, { quantity: 2, purchaseMode: 'SUBSCRIPTION' }] });
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['upsellEligibility', 1],
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }),
      }),
    ]);
  });

  test('takes fifty questions and not more', async () => {
    const ask = (count: number) =>
      client.send(MayIOfferDocument, { inputs: Array.from({ length: count }, () => ({ orderId: 'x' })) });
    expect((await ask(50)).errors).toEqual([]);
    expect((await ask(51)).errors[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });
});

describe('offers', () => {
  test('belong to an order: what two orders share has an ID for each, and is found again by it', async () => {
    us.offers = [sampleOffer('og-us', 'deal')];
    const { data } = await client.send('{ upcomingOrders { nodes { id offers { id providerId } } } }');
    const ids: string[] = Object(data).upcomingOrders.nodes.flatMap(({ offers }: { offers: { id: string }[] }) =>
      offers.map(({ id }) => id),
    );
    expect(new Set(ids)).toEqual(new Set(['o1 deal', 'o2 deal'].map((key) => idOf('UpsellOffer', 'og-us', key))));
    const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on UpsellOffer { providerId } } }';
    const again = await client.send(nodes, { ids: [...ids, idOf('UpsellOffer', 'og-us', 'gone deal')] });
    expect(again.data).toEqual({ nodes: [...ids.map((id) => ({ id, providerId: 'deal' })), null] });
  });

  test('that are closed by now are found all the same', async () => {
    us.offers = [sampleOffer('og-us', 'deal')];
    us.absentOffers.add('deal');
    const id = idOf('UpsellOffer', 'og-us', 'o1 deal');
    const { data } = await client.send('query ($id: ID!) { order(id: "x") { id } node(id: $id) { id } }', { id });
    expect(data).toEqual({ order: null, node: { id } });
  });
});

describe('a preview', () => {
  const input = {
    orderId: idOf('Order', 'og-us', 'o1'),
    item: { providerProduct: { providerId: 'p-o1a' } },
    quantity: 2,
  };

  async function preview(more: object = {}) {
    const { data, errors } = await client.send(PreviewUpsellDocument, { input: { ...input, ...more } });
    expect(errors).toEqual([]);
    return Object(data).upsellPreview;
  }

  test('says what the item costs, and binds a write for ten minutes', async () => {
    const { preview: shown, errors } = await preview();
    expect(errors).toEqual([]);
    expect(shown).toMatchObject({
      expiresAt: '2023-09-29T12:10:00.000Z',
      fidelity: 'ESTIMATED',
      charge: { increase: { amount: '7.60', currency: 'USD' }, timing: 'WITH_UPCOMING_ORDER' },
    });
  });

  test('is refused as data, never as a crash, and names every problem of the input', async () => {
    const refusals = async (more: object = {}) => {
      const { preview: none, errors } = await preview(more);
      expect(none).toBeNull();
      return errors;
    };
    expect(await refusals({ quantity: 1000, orderId: 'x', item: { productId: 'y' } })).toEqual([
      expect.objectContaining({ code: 'VALIDATION', path: ['orderId'] }),
      expect.objectContaining({ code: 'VALIDATION', path: ['item', 'productId'] }),
      expect.objectContaining({ code: 'VALIDATION', path: ['quantity'] }),
    ]);
    expect(await refusals({ orderId: idOf('Order', 'og-us', 'gone') })).toMatchObject([
      { code: 'NOT_FOUND', path: ['orderId'] },
    ]);
    us.reasons = [{ code: 'OUT_OF_STOCK', message: 'It is sold out.', blocking: true, evidence: null, remedy: null }];
    expect(await refusals()).toMatchObject([
      { __typename: 'NotEligibleError', message: 'Not eligible: OUT_OF_STOCK.', shopperMessage: 'It is sold out.' },
    ]);
    us.failing.add('preview');
    expect(await refusals()).toMatchObject([{ __typename: 'ProviderError', retry: 'SAME_KEY' }]);
    us.absent.add('preview');
    expect(await refusals()).toMatchObject([{ __typename: 'CapabilityMissingError' }]);
    us.absent.clear();
    us.failing.add('orders');
    expect(await refusals()).toMatchObject([{ __typename: 'ProviderError' }]);
    client.actor = { ...ada, scopes: [] };
    expect(await refusals()).toMatchObject([{ __typename: 'NotPermittedError' }]);
  });
});

describe('operations', () => {
  test('are found by ID and by key, by their own actor alone', async () => {
    client.writes.operations.push(sampleOperation('og-us'));
    const ask = async () => (await client.send(OperationByKeyDocument, { idempotencyKey: 'decision-0000000001' })).data;
    const id = idOf('UpsellOperation', '', sampleOperation('og-us').id);
    expect(await ask()).toMatchObject({
      operationByKey: { id, status: 'SUCCEEDED', order: { id: idOf('Order', 'og-us', 'o1') } },
    });
    const byId = 'query ($id: ID!) { operation(id: $id) { kind } node(id: $id) { __typename } }';
    expect((await client.send(byId, { id })).data).toEqual({
      operation: { kind: 'ADD_UPSELL_ITEM' },
      node: { __typename: 'UpsellOperation' },
    });
    client.actor = { ...ada, id: 'user-bob' };
    expect(await ask()).toEqual({ operationByKey: null });
    expect((await client.send(byId, { id })).data).toEqual({ operation: null, node: null });
  });
});

interface OrderPage {
  readonly edges: readonly { readonly node: { readonly providerId: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
}

function connectionIn(data: unknown): OrderPage {
  return Object(data).upcomingOrders;
}
