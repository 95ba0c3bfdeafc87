import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fromGlobalId } from '../../src/domain/reference.js';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import { sandboxOrders } from '../../src/emulators/surecart/scenarios/sandbox.js';
import { Json } from '../emulators/calls.js';
import { FakeShop } from '../graph/fake-shop.js';
import { GraphClient, sealer, staff } from '../graph/graph-client.js';
import {
  idOf,
  sampleLine,
  sampleOffer,
  sampleOperation,
  sampleOrder,
  sampleProduct,
  sampleSubscription,
} from '../graph/sample-records.js';
import { type Sandbox, openSandbox } from './sandbox.js';

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { __typename ... on Node { id } }
}`;

function customerId(...identities: readonly (readonly [account: string, customer: string])[]): string {
  return idOf('Customer', '', sealer.seal(JSON.stringify(identities)));
}

/** As a gateway names a record. */
function named(id: string) {
  return { __typename: fromGlobalId(id)?.type ?? '', id };
}

describe('the subgraph', () => {
  test('tells gateways its schema, and that exactly the types with a key are entities', async () => {
    const client = GraphClient.over();
    const { data } = await client.send('{ _service { sdl } __type(name: "_Entity") { possibleTypes { name } } }');
    const answer = new Json(data);
    const sdl = answer.text('_service', 'sdl');
    expect(sdl).toContain('schema @link(url: "https://specs.apollo.dev/federation/v2');
    expect(sdl).not.toContain('_entities');
    const keyed = [...sdl.matchAll(/^type (\w+) .*@key/gm)].map(([, name]) => name);
    expect(keyed.length).toBeGreaterThan(7);
    expect(
      answer
        .rows('__type', 'possibleTypes')
        .map((type) => type.text('name'))
        .sort(),
    ).toEqual(keyed);
  });
});

describe('entities', () => {
  let us: FakeShop;
  let client: GraphClient;

  beforeEach(async () => {
    us = new FakeShop('og-us');
    const [own, second, foreign] = [
      sampleOrder('og-us', 'o1'),
      sampleOrder('og-us', 'o2'),
      sampleOrder('og-us', 'o9', { customerId: 'bob' }),
    ];
    us.orders = [own, second, foreign];
    us.lines = us.orders.flatMap((order) => ['a', 'b'].map((name) => sampleLine(order, order.ref.key + name)));
    us.products = us.lines.map(({ product }) => sampleProduct('og-us', product.ref.key));
    us.subscriptions = [sampleSubscription('og-us', 's1'), sampleSubscription('og-us', 's9', { customerId: 'bob' })];
    us.offers = [sampleOffer('og-us', 'f1')];
    client = GraphClient.over(us);
    client.writes.operations.push(
      sampleOperation('og-us'),
      sampleOperation('og-us', { id: '0b8a3f0e-5a4b-4f0d-9d3e-5b7f6f1f0c19', actorId: 'user-bob' }),
    );
  });

  async function entities(representations: readonly unknown[]) {
    const { data, errors } = await client.send(ENTITIES, { representations });
    return { found: Reflect.get(Object(data), '_entities'), errors };
  }

  test('of every type with a key come in the order asked, with one call for a kind', async () => {
    const representations = [
      idOf('LineItem', 'og-us', 'o2b'),
      idOf('Order', 'og-us', 'o1'),
      idOf('LineItem', 'og-us', 'o1a'),
      idOf('SubscriptionContract', 'og-us', 's1'),
      idOf('Product', 'og-us', 'p-o1a'),
      idOf('UpsellOffer', 'og-us', 'o1 f1'),
      us.account.id,
      customerId(['og-eu', 'ada'], ['og-us', 'ada']),
      idOf('UpsellOperation', '', sampleOperation('og-us').id),
      idOf('Order', 'og-us', 'o2'),
    ].map(named);
    const { found, errors } = await entities(representations);
    expect(errors).toEqual([]);
    expect(found).toEqual(representations);
    expect(us.calls.map((call) => call.replace(/\(.*/, '')).sort()).toEqual([
      'lineItems.getMany',
      'offers.forOrders',
      'orders.getMany',
      'subscriptions.getMany',
    ]);
  });

  test('of products come by the identifier a catalogue has for them', async () => {
    const byCatalogue = (accountKey: string, providerId: string) => ({ __typename: 'Product', accountKey, providerId });
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Product { id accountKey providerId title } }
    }`;
    const { data, errors } = await client.send(query, {
      representations: [byCatalogue('og-us', 'p-o1a'), byCatalogue('og-us', 'gone'), byCatalogue('og-zz', 'p-o1a')],
    });
    const product = { id: idOf('Product', 'og-us', 'p-o1a'), accountKey: 'og-us', providerId: 'p-o1a' };
    expect([data, errors]).toEqual([
      { _entities: [expect.objectContaining({ ...product, title: expect.any(String) }), null, null] },
      [],
    ]);
    expect((await entities([byCatalogue('og us', 'p-o1a'), byCatalogue('og-us', '')])).errors).toHaveLength(2);
  });

  test('of customers say who they are at each account, so that another service can join them', async () => {
    const { data } = await client.send('{ viewer { customer { identities { accountKey providerId } } } }');
    const identities = ['og-us', 'og-eu'].map((accountKey) => ({ accountKey, providerId: 'ada' }));
    expect(data).toEqual({ viewer: { customer: { identities } } });
  });

  test("another customer's are answered exactly like missing ones", async () => {
    const foreign = [
      idOf('Order', 'og-us', 'o9'),
      idOf('LineItem', 'og-us', 'o9a'),
      idOf('SubscriptionContract', 'og-us', 's9'),
      customerId(['og-us', 'bob']),
      idOf('UpsellOperation', '', '0b8a3f0e-5a4b-4f0d-9d3e-5b7f6f1f0c19'),
    ].map(named);
    const missing = [
      idOf('Order', 'og-us', 'gone'),
      idOf('LineItem', 'og-us', 'gone'),
      idOf('SubscriptionContract', 'og-us', 'gone'),
      idOf('Customer', '', 'nobody'),
      idOf('UpsellOperation', '', 'gone'),
    ].map(named);
    expect(await entities(foreign)).toEqual({ found: [null, null, null, null, null], errors: [] });
    expect(await entities(missing)).toEqual(await entities(foreign));
    client.actor = staff;
    const { found } = await entities(foreign);
    expect(found).toEqual([...foreign.slice(0, 4), null]);
  });

  test.each([
    ['without a type', { id: idOf('Order', 'og-us', 'o1') }],
    ['of a type that is not text', { __typename: ['Order'], id: idOf('Order', 'og-us', 'o1') }],
    ['of a type there is not', { __typename: 'Parcel', id: idOf('Order', 'og-us', 'o1') }],
    ['of a type without a key', { __typename: 'Money', id: idOf('Order', 'og-us', 'o1') }],
    ['of an interface', { __typename: 'Node', id: idOf('Order', 'og-us', 'o1') }],
    ['of another type than its ID', { __typename: 'LineItem', id: idOf('Order', 'og-us', 'o1') }],
    ['without its key', { __typename: 'Order' }],
    ['with another key', { __typename: 'Order', providerId: 'o1' }],
    ['with a number for a key', { __typename: 'Order', id: 1 }],
    ['with text that is no ID', { __typename: 'Order', id: 'nonsense' }],
    ['with an endless ID', { __typename: 'Order', id: 'A'.repeat(127_000) }],
    ['that is a list', [{ __typename: 'Order', id: idOf('Order', 'og-us', 'o1') }]],
    ['that is text', 'Order'],
    ['that is a number', 5],
    ['with a prototype', JSON.parse('{"__proto__": {"__typename": "Order"}, "constructor": null}')],
  ])('named by a representation %s are null with an error, and cost no other', async (_name, malformed) => {
    const good = named(idOf('Order', 'og-us', 'o1'));
    const { found, errors } = await entities([good, malformed, good]);
    expect(found).toEqual([good, null, good]);
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['_entities', 1],
        message: 'representations.1: The `__typename` and a key of one record are needed.',
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }),
      }),
    ]);
  });

  test('whose provider fails are null with its problem, and cost no other', async () => {
    us.broken.add('o1');
    const representations = [idOf('Order', 'og-us', 'o1'), idOf('Order', 'og-us', 'o2')].map(named);
    const { found, errors } = await entities(representations);
    expect(found).toEqual([null, representations[1]]);
    expect(errors).toMatchObject([{ path: ['_entities', 0], extensions: { code: 'PROVIDER_TIMEOUT' } }]);
  });
});

describe('entities of real providers', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await openSandbox();
  });

  afterAll(() => sandbox.close());

  const LINES = 'lineItems { nodes { id quantity product { providerId } order { id } } }';
  const LINE = '... on LineItem { id quantity product { providerId } order { id } }';

  /** The lines of a read and of their references in a request of its own, with what each asked of the provider. */
  async function compare(account: string, query: string, variables: object, at: readonly string[]) {
    await sandbox.calls(account);
    const read = await sandbox.ask(query, variables);
    const readCalls = await sandbox.calls(account);
    const lines = read.rows(...at).flatMap((order) => order.rows('lineItems', 'nodes').map(({ value }) => value));
    const representations = lines.map((line) => named(String(Reflect.get(Object(line), 'id'))));
    const referred = await sandbox.ask(`query ($r: [_Any!]!) { _entities(representations: $r) { ${LINE} } }`, {
      r: representations,
    });
    const entityCalls = await sandbox.calls(account);
    expect(referred.at('errors')).toBeUndefined();
    expect(referred.at('data', '_entities')).toEqual(lines);
    return { lines: lines.length, readCalls, entityCalls };
  }

  test('100 lines of 20 orders cost what the list of these orders costs', async () => {
    await sandbox.reset('og-us', 'large', { largeOrders: 20, largeItemsPerOrder: 5 });
    const query = `{ upcomingOrders(first: 20, accountKeys: ["og-us"]) { nodes { ${LINES} } } }`;
    const at = ['data', 'upcomingOrders', 'nodes'];
    const { lines, readCalls, entityCalls } = await compare('og-us', query, {}, at);
    process.stdout.write(
      `100 references to lines of 20 orders: ${entityCalls.length} provider calls; list: ${readCalls.length}\n`,
    );
    expect(lines).toBe(100);
    expect(readCalls.toSorted()).toEqual(['GET /items/', 'GET /orders/']);
    expect(entityCalls.toSorted()).toEqual(readCalls.toSorted());
  });

  test('lines cost no more than a read of their orders at the other providers', async () => {
    const byIds = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { ${LINES} } } }`;
    const appstle = `{ upcomingOrders(first: 20, accountKeys: ["appstle-us"]) { nodes { ${LINES} } } }`;
    const queue = await compare('appstle-us', appstle, {}, ['data', 'upcomingOrders', 'nodes']);
    const { coffee, filters, tea, shirt, course } = sandboxOrders;
    const ids = [coffee, filters, tea, shirt, course].map((key) => idOf('Order', 'sc', key));
    const surecart = await compare('sc', byIds, { ids }, ['data', 'nodes']);
    const placed = [await place(demoCheckouts.first), await place(demoCheckouts.second)];
    const centra = await compare('centra-se', byIds, { ids: placed }, ['data', 'nodes']);
    expect([surecart.lines, centra.lines]).toEqual([6, 3]);
    expect(queue.lines).toBeGreaterThan(5);
    expect(queue.entityCalls.toSorted()).toEqual(queue.readCalls.toSorted());
    expect(surecart).toMatchObject({ readCalls: ['GET /v1/orders'], entityCalls: ['GET /v1/orders'] });
    expect(centra.readCalls).toHaveLength(2);
    expect(centra.entityCalls.toSorted()).toEqual(centra.readCalls.toSorted());
  });

  /** At Centra an order is known once its checkout was finished here. */
  async function place(checkoutId: string): Promise<string> {
    const answer = await sandbox.ask(
      'mutation ($input: CompleteCheckoutInput!) { completeCheckout(input: $input) { order { id } } }',
      {
        input: {
          accountKey: 'centra-se',
          providerCheckoutId: checkoutId,
          idempotencyKey: `finish ${checkoutId}`,
          paymentFields: { klarna_order: 'demo' },
        },
      },
    );
    return answer.text('data', 'completeCheckout', 'order', 'id');
  }
});
