import { beforeEach, describe, expect, test } from '@jest/globals';
import { FakeShop } from '../graph/fake-shop.js';
import { GraphClient } from '../graph/graph-client.js';
import { idOf, sampleLine, sampleOrder, sampleProduct, sampleSubscription } from '../graph/sample-records.js';

const product = idOf('Product', 'og-us', 'tea');

interface Selection {
  /** On a product, within an abstract type. */
  readonly text: string;
  readonly needsRead: boolean;
  readonly fragments?: string;
  readonly variables?: Readonly<Record<string, boolean>>;
}

/** Everything an ID tells, however it is selected; and what it does not tell. */
const selections: readonly Selection[] = [
  { text: '__typename', needsRead: false },
  { text: '... on Node { id }', needsRead: false },
  { text: '... on Product { id providerId account { key label } accountKey __typename }', needsRead: false },
  { text: '... on Product { title: id imageUrl: providerId }', needsRead: false },
  { text: '... on Product { ... on Node { id } ... { accountKey } }', needsRead: false },
  {
    text: '...P',
    fragments: 'fragment P on Product { id ...Q } fragment Q on Product { providerId }',
    needsRead: false,
  },
  { text: '... on Product { id } ... on Order { status window { closesAt { at } } }', needsRead: false },
  { text: '... on Product { id title @include(if: $no) handle @skip(if: $yes) }', needsRead: false },
  { text: '... on Product @include(if: $no) { title } __typename', needsRead: false },
  { text: '...P @skip(if: $yes) __typename', fragments: 'fragment P on Product { title }', needsRead: false },
  { text: '... on Product { title }', needsRead: true },
  { text: '... on Product { id: handle }', needsRead: true },
  { text: '... on Product { id } ... on Product { imageUrl }', needsRead: true },
  { text: '... on Product { id ... on Node { ... on Product { title } } }', needsRead: true },
  { text: '...P', fragments: 'fragment P on Node { ...Q } fragment Q on Product { title }', needsRead: true },
  { text: '... on Product { title @include(if: $yes) }', needsRead: true },
  { text: '... on Product @skip(if: $no) { title }', needsRead: true },
];

/** Each way to name a record. */
const doors = [
  {
    name: 'node',
    query: (of: string) => `one: node(id: $id) { ${of} }`,
    variables: { id: product },
    declared: '$id: ID!',
  },
  {
    name: 'nodes',
    query: (of: string) => `one: nodes(ids: $ids) { ${of} }`,
    variables: { ids: [product] },
    declared: '$ids: [ID!]!',
  },
  {
    name: '_entities by ID',
    query: (of: string) => `one: _entities(representations: $r) { ${of} }`,
    variables: { r: [{ __typename: 'Product', id: product }] },
    declared: '$r: [_Any!]!',
  },
  {
    name: '_entities by the identifier of a catalogue',
    query: (of: string) => `one: _entities(representations: $r) { ${of} }`,
    variables: { r: [{ __typename: 'Product', accountKey: 'og-us', providerId: 'tea' }] },
    declared: '$r: [_Any!]!',
  },
];

let us: FakeShop;
let client: GraphClient;

beforeEach(() => {
  us = new FakeShop('og-us');
  us.products = [sampleProduct('og-us', 'tea')];
  client = GraphClient.over(us);
});

describe.each(doors)('a product by $name', ({ query, variables, declared }) => {
  const ask = ({ text, fragments = '' }: Selection) =>
    client.send(
      `query (${declared}, $yes: Boolean = true, $no: Boolean = false) {
        ${query(text)} c: __typename @include(if: $yes) d: __typename @include(if: $no)
      } ${fragments}`,
      variables,
    );

  test.each(selections)('is read for { $text }: $needsRead', async (selection) => {
    const whole = await ask(selection);
    expect(whole.errors).toEqual([]);
    expect([Reflect.get(Object(whole.data), 'one')].flat()).toEqual([expect.objectContaining({})]);
    expect(us.calls).toEqual(selection.needsRead ? ['products.getMany(tea)'] : []);

    us.failing.add('products');
    const duringOutage = await ask(selection);
    // The entity stays; what needs the read is null with its error.
    expect([Reflect.get(Object(duringOutage.data), 'one')].flat()).toEqual([expect.objectContaining({})]);
    const codes = duringOutage.errors.map(({ extensions }) => extensions?.['code']);
    expect(codes).toEqual(selection.needsRead ? ['PROVIDER_UNAVAILABLE'] : []);
    expect(selection.needsRead || duringOutage.data).toEqual(selection.needsRead || whole.data);

    us.failing.clear();
    us.products = [];
    const [missing] = [Reflect.get(Object((await ask(selection)).data), 'one')].flat();
    expect(missing === null).toBe(selection.needsRead);
  });
});

test('a product of an unknown account is null, without a call', async () => {
  const { data, errors } = await client.send('query ($id: ID!) { node(id: $id) { id } }', {
    id: idOf('Product', 'nowhere', 'tea'),
  });
  expect([data, errors, us.calls]).toEqual([{ node: null }, [], []]);
});

test('what has an owner is null for everybody else, whatever is selected', async () => {
  const order = sampleOrder('og-us', 'o9', { customerId: 'bob' });
  us.orders = [order];
  us.lines = [sampleLine(order, 'o9a')];
  us.subscriptions = [sampleSubscription('og-us', 's9', { customerId: 'bob' })];
  const ids = [
    idOf('Order', 'og-us', 'o9'),
    idOf('LineItem', 'og-us', 'o9a'),
    idOf('SubscriptionContract', 'og-us', 's9'),
  ];
  const missing = ids.map((_id, index) =>
    idOf((['Order', 'LineItem', 'SubscriptionContract'] as const)[index] ?? 'Order', 'og-us', 'gone'),
  );
  for (const selected of ['__typename', 'id', '... on Order { account { key } providerId status }']) {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ${selected} } }`;
    us.calls.length = 0;
    expect((await client.send(query, { ids })).data).toEqual({ nodes: [null, null, null] });
    const asked = us.calls.splice(0).length;
    expect((await client.send(query, { ids: missing })).data).toEqual({ nodes: [null, null, null] });
    expect([selected, us.calls.length]).toEqual([selected, asked]);
  }
});
