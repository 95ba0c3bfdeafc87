import { describe, expect, test } from '@jest/globals';
import { OperationByKeyDocument } from '../generated/graphql.js';
import { ada } from './graph-client.js';
import { idOf, sampleLine, sampleOffer, sampleOperation, sampleOrder } from './sample-records.js';
import { customerId, us, client } from './two-accounts.js';

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
    // The ID of a product tells what is selected.
    expect(us.calls).toHaveLength(3);
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
        none: accounts(provider: SURECART) { key }
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
