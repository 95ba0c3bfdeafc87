import { readFileSync } from 'node:fs';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { afterAll, describe, expect, test } from '@jest/globals';
import { composeServices as composeWithTheGuild } from '@theguild/federation-composition';
import { federateSubgraphs, LATEST_ROUTER_COMPATIBILITY_VERSION } from '@wundergraph/composition';
import { type DocumentNode, Kind, parse } from 'graphql';

const upsell = readFileSync(new URL('../../schema/subgraph.graphql', import.meta.url), 'utf8');

interface Subgraph {
  readonly name: string;
  readonly sdl: string;
}

interface Composed {
  /** What speaks against a supergraph. */
  readonly problems: readonly string[];
  readonly supergraph: DocumentNode | null;
}

const composers: Readonly<Record<string, (subgraphs: readonly Subgraph[]) => Composed>> = {
  Apollo: (subgraphs) => composed(composeWithApollo(services(subgraphs))),
  'The Guild': (subgraphs) => composed(composeWithTheGuild(services(subgraphs))),
  WunderGraph(subgraphs) {
    const result = federateSubgraphs({
      subgraphs: subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}.test`, definitions: parse(sdl) })),
      version: LATEST_ROUTER_COMPATIBILITY_VERSION,
    });
    return result.success
      ? { problems: [], supergraph: result.federatedGraphAST }
      : { problems: messages(result.errors), supergraph: null };
  },
};

interface Answer {
  readonly supergraphSdl?: string | undefined;
  readonly errors?: readonly { readonly message: string }[] | undefined;
}

function composed({ supergraphSdl, errors }: Answer): Composed {
  return { problems: messages(errors), supergraph: supergraphSdl === undefined ? null : parse(supergraphSdl) };
}

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

const done: string[] = [];
afterAll(() => void process.stdout.write(`Composed: ${done.join(', ')}\n`));

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
    const { problems, supergraph } = compose(subgraphs);
    expect(problems).toEqual([]);
    expect(fieldsOf(supergraph, 'Subscription')).toEqual(['operationUpdated', 'orderUpdated']);
    done.push(`${subgraphs.map(({ name }) => name).join('+')} by ${composer}`);
  });

  test('and refuses another subgraph with a root field of its own by the same name', () => {
    const other = `${link()} type Query { operation(id: ID!): String }`;
    expect(compose([upsellPart, { name: 'other', sdl: other }]).problems).not.toEqual([]);
  });
});

function fieldsOf(document: DocumentNode | null, type: string): readonly string[] {
  return (document?.definitions ?? []).flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === type
      ? (definition.fields ?? []).map(({ name }) => name.value).toSorted()
      : [],
  );
}
