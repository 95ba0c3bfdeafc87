import { beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLArgument, GraphQLField, GraphQLSchema } from 'graphql';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { providers } from '../../src/providers/index.js';
import { FakeShop } from './fake-shop.js';
import { GraphClient, staff } from './graph-client.js';
import { idOf, sampleOrder } from './sample-records.js';

const order = `orderId: "${idOf('Order', 'og-us', 'o1')}"`;
const item = 'item: { providerProduct: { providerId: "tea" } }';
const line = `lineItemId: "${idOf('LineItem', 'og-us', 'l1')}"`;
const key = 'idempotencyKey: "decision-0000000001"';

/** Values an argument takes by its type and breaks by a rule, by coordinate. */
const badValues: Readonly<Record<string, readonly string[]>> = {
  'Query.customer.identities': [
    '[]',
    '[{ accountKey: "nowhere", providerId: "a" }]',
    '[{ accountKey: "og-us", providerId: "" }]',
    '[{ accountKey: "og-us", providerId: "a" }, { accountKey: "og-us", providerId: "b" }]',
  ],
  'Query.node.id': ['"nonsense"', `"${'A'.repeat(5_000)}"`],
  'Query.nodes.ids': [JSON.stringify(Array.from({ length: 101 }, () => 'x')), '["nonsense"]'],
  'Query.operation.id': ['"nonsense"'],
  'Query.operationByKey.idempotencyKey': ['""'],
  'Query.order.id': ['"nonsense"', `"${idOf('LineItem', 'og-us', 'l1')}"`],
  'Query.orderByProviderId.accountKey': ['"nowhere"'],
  'Query.orderByProviderId.providerId': ['""', '"gone"'],
  'Query.subscription.id': ['"nonsense"'],
  'Query.upcomingOrders.first': ['0', '-1', '101', '2147483647'],
  'Query.upcomingOrders.after': ['""', '"bm90IG91cnM"'],
  'Query.upcomingOrders.accountKeys': ['["nowhere"]'],
  'Query.upsellEligibility.inputs': [
    JSON.stringify(Array.from({ length: 51 }, () => ({ orderId: 'x' }))).replaceAll('"orderId"', 'orderId'),
    `[{ ${order}, quantity: 0 }]`,
    `[{ ${order}, purchaseMode: UNKNOWN }]`,
    '[{ orderId: "nonsense" }]',
  ],
  'Query.upsellPreview.input': [`{ orderId: "x", ${item} }`, `{ ${order}, ${item}, quantity: 1000 }`],
  'Mutation.addUpsellItem.input': [
    `{ idempotencyKey: "short", ${order}, ${item} }`,
    `{ ${key}, orderId: "x", ${item} }`,
  ],
  'Mutation.changeUpsellItemQuantity.input': [`{ ${key}, ${line}, quantity: 0 }`],
  'Mutation.completeCheckout.input': [
    '{ idempotencyKey: "decision-0000000001", accountKey: "nowhere", providerCheckoutId: "1", paymentFields: {} }',
    '{ idempotencyKey: "decision-0000000001", accountKey: "og-us", providerCheckoutId: "", paymentFields: {} }',
  ],
  'Mutation.convertToSubscription.input': [`{ ${key}, ${line}, subscribe: { frequency: { every: 0, unit: DAY } } }`],
  'Mutation.declineUpsellOffer.input': [`{ ${key}, ${order}, offerId: "x" }`],
  'Mutation.removeUpsellItem.input': [`{ ${key}, lineItemId: "x" }`],
};

/** Its type says all there is to say: what GraphQL lets through is good. */
const alwaysGood: ReadonlySet<string> = new Set(['Query.accounts.provider']);

/** What a field needs besides the argument in question. */
const goodValues: Readonly<Record<string, string>> = {
  'Query.orderByProviderId.accountKey': '"og-us"',
  'Query.orderByProviderId.providerId': '"o1"',
};

/** Root fields of objects; those of single values are none. */
const SELECTION = '{ __typename }';

let schema: GraphQLSchema;
let client: GraphClient;

beforeAll(() => {
  schema = buildGraphSchema(Object.values(providers));
  const shop = new FakeShop('og-us');
  shop.orders = [sampleOrder('og-us', 'o1')];
  client = GraphClient.over(shop);
  client.actor = staff;
});

function rootFields(): readonly [string, GraphQLField<unknown, unknown>][] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {}).map((field): [string, GraphQLField<unknown, unknown>] => [
      root?.name ?? '',
      field,
    ]),
  );
}

function others(field: GraphQLField<unknown, unknown>, coordinate: string, { name }: GraphQLArgument): string {
  const prefix = coordinate.slice(0, coordinate.lastIndexOf('.'));
  return field.args
    .filter((other) => other.name !== name)
    .flatMap((other) => {
      const good = goodValues[`${prefix}.${other.name}`];
      return good === undefined ? [] : [`${other.name}: ${good}, `];
    })
    .join('');
}

describe('one bad argument', () => {
  test('of any root field costs that field at most: the rest of the request is answered', async () => {
    const tried: string[] = [];
    for (const [root, field] of rootFields()) {
      for (const argument of field.args) {
        const coordinate = `${root}.${field.name}.${argument.name}`;
        if (alwaysGood.has(coordinate)) continue;
        const values = badValues[coordinate];
        // A new argument needs its bad values here.
        expect([coordinate, values?.length ?? 0]).not.toEqual([coordinate, 0]);
        for (const value of values ?? []) {
          const bad = `bad: ${field.name}(${others(field, coordinate, argument)}${argument.name}: ${value}) ${SELECTION}`;
          const isWrite = root === 'Mutation';
          const good = isWrite
            ? `good: removeUpsellItem(input: { ${key}, ${line} }) { __typename }`
            : `viewer { kind } accounts { key } good: order(id: "${idOf('Order', 'og-us', 'o1')}") { id }`;
          const { data } = await client.send(`${isWrite ? 'mutation' : 'query'} { ${bad} ${good} }`);
          const answered = isWrite
            ? { good: { __typename: 'RemoveUpsellItemPayload' } }
            : { viewer: { kind: 'SERVICE' }, accounts: [{ key: 'og-us' }], good: { id: idOf('Order', 'og-us', 'o1') } };
          expect({ coordinate, value, data }).toMatchObject({ coordinate, value, data: answered });
          tried.push(coordinate);
        }
      }
    }
    process.stdout.write(
      `Bad arguments: ${tried.length} requests over ${new Set(tried).size} arguments of root fields\n`,
    );
    expect(Object.keys(badValues).filter((coordinate) => !tried.includes(coordinate))).toEqual([]);
  });
});
