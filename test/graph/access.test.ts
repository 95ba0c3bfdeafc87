import { beforeEach, describe, expect, test } from '@jest/globals';
import { toGlobalId } from '../../src/domain/reference.js';
import { ada, staff } from './graph-client.js';
import { idOf, sampleLine, sampleOrder, sampleSubscription } from './sample-records.js';
import { customerId, us, client } from './two-accounts.js';

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
