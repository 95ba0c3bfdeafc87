import { readFileSync } from 'node:fs';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { afterAll, describe, expect, test } from '@jest/globals';
import { composeServices as composeWithTheGuild } from '@theguild/federation-composition';
import { federateSubgraphs, LATEST_ROUTER_COMPATIBILITY_VERSION } from '@wundergraph/composition';
import { parse } from 'graphql';

const upsell = readFileSync(new URL('../../schema/subgraph.graphql', import.meta.url), 'utf8');

interface Subgraph {
  readonly name: string;
  readonly sdl: string;
}

/** Each gives what speaks against a supergraph of these. */
const composers: Readonly<Record<string, (subgraphs: readonly Subgraph[]) => readonly string[]>> = {
  Apollo: (subgraphs) => messages(composeWithApollo(services(subgraphs)).errors),
  'The Guild': (subgraphs) => messages(composeWithTheGuild(services(subgraphs)).errors),
  WunderGraph(subgraphs) {
    const result = federateSubgraphs({
      subgraphs: subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}.test`, definitions: parse(sdl) })),
      version: LATEST_ROUTER_COMPATIBILITY_VERSION,
    });
    return result.success ? [] : messages(result.errors);
  },
};

function services(subgraphs: readonly Subgraph[]) {
  return subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}.test`, typeDefs: parse(sdl) }));
}

function messages(errors: readonly { readonly message: string }[] | undefined): readonly string[] {
  return (errors ?? []).map(({ message }) => message);
}

const link = (...imports: readonly string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(imports)})\n`;

/** A merchant's graph as it may have been for years, with the names everybody uses. */
const grown = `${link('@shareable', '@key')}
  type Query { viewer: Account node(id: ID!): Node nodes(ids: [ID!]!): [Node]! order(id: ID!): Order customer(id: ID!): Customer orders: OrderConnection }
  interface Node { id: ID! }
  type Account { id: ID! name: String }
  type Money @shareable { amount: Decimal! currency: CurrencyCode! }
  scalar Decimal
  scalar CurrencyCode
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  enum OrderStatus { PAID SHIPPED RETURNED }
  enum OrderKind { WEB SHOP }
  enum Frequency { DAILY WEEKLY }
  type Operation { id: ID! running: Boolean! }
  enum OperationStatus { QUEUED DONE }
  type Capability { name: String! }
  type OrderTotals { gross: Money! }
  type Order @key(fields: "id") { id: ID! parcelStatus: OrderStatus kindOfShop: OrderKind worth: OrderTotals frequencyOfPurchase: Frequency lastOperation: Operation }
  type OrderConnection { edges: [OrderEdge!]! pageInfo: PageInfo! }
  type OrderEdge { cursor: String! node: Order! }
  type Customer @key(fields: "id") { id: ID! capabilities: [Capability!] }
`;

const catalogue = `${link('@key', '@shareable')}
  type Query { searchProducts(text: String!): [Product!]! }
  type Product @key(fields: "accountKey providerId") { accountKey: String! providerId: String! description: String }
`;

const people = `${link('@key', '@external', '@requires', '@shareable')}
  type Customer @key(fields: "id") {
    id: ID!
    identities: [CustomerIdentity!]! @external
    loyaltyPoints: Int @requires(fields: "identities { accountKey providerId }")
  }
  type CustomerIdentity @shareable { accountKey: String! providerId: String! }
`;

const composed: string[] = [];
afterAll(() => void process.stdout.write(`Composed: ${composed.join(', ')}\n`));

describe.each(Object.entries(composers))('%s composes the subgraph', (composer, compose) => {
  const upsellPart: Subgraph = { name: 'upsell', sdl: upsell };

  test.each<[string, readonly Subgraph[]]>([
    ['alone', [upsellPart]],
    [
      'beside a graph with its own Money, PageInfo, OrderStatus, Operation, Frequency, viewer, node and order',
      [upsellPart, { name: 'grown', sdl: grown }],
    ],
    [
      'with a catalogue that joins products by account and identifier',
      [upsellPart, { name: 'catalogue', sdl: catalogue }],
    ],
    ['with a service that joins customers by their identities', [upsellPart, { name: 'people', sdl: people }]],
    [
      'with all of them',
      [
        upsellPart,
        { name: 'grown', sdl: grown },
        { name: 'catalogue', sdl: catalogue },
        { name: 'people', sdl: people },
      ],
    ],
  ])('%s', (_how, subgraphs) => {
    expect(compose(subgraphs)).toEqual([]);
    composed.push(`${subgraphs.map(({ name }) => name).join('+')} by ${composer}`);
  });

  test('and refuses another subgraph with a root field of its own by the same name', () => {
    const other = `${link()} type Query { operation(id: ID!): String }`;
    expect(compose([upsellPart, { name: 'other', sdl: other }])).not.toEqual([]);
  });
});
