import { readFileSync } from 'node:fs';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { typePolicies } from '../../schema/presets/apollo-type-policies.js';
import { keys } from '../../schema/presets/graphcache-keys.js';
import { example, examples, root, type Sandbox, schemaText, startSandbox } from './sandbox.js';

jest.setTimeout(120_000);

const possibleTypes: Record<string, string[]> = JSON.parse(
  readFileSync(new URL('schema/presets/possible-types.json', root), 'utf8'),
);

let sandbox: Sandbox;
const complaints: unknown[] = [];

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(() => sandbox.stop());

beforeEach(() => {
  complaints.length = 0;
  for (const level of ['warn', 'error'] as const) {
    jest.spyOn(console, level).mockImplementation((...parts: unknown[]) => {
      complaints.push(parts);
    });
  }
});

afterEach(() => {
  jest.restoreAllMocks();
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

interface Shown {
  readonly upcomingOrders: {
    readonly nodes: readonly {
      readonly id: string;
      readonly totals: { readonly total: { readonly amount: string } };
      readonly lineItems: { readonly nodes: readonly { readonly id: string }[] };
    }[];
    readonly pageInfo: { readonly endCursor: string };
  };
}

describe('Apollo Client with the presets', () => {
  let sent = 0;

  function connect() {
    sent = 0;
    const count = new ApolloLink((operation, forward) => {
      sent += 1;
      return forward(operation);
    });
    return new ApolloClient({
      cache: new InMemoryCache({ typePolicies, possibleTypes }),
      link: count.concat(new HttpLink({ uri: sandbox.url })),
    });
  }

  test('moves the order on the screen by what the mutation selects, without a refetch or a warning', async () => {
    const client = connect();
    const shown: Shown[] = [];
    const query = gql(example('UpcomingOrders').text);
    const watched = client.watchQuery<Shown>({ query, variables: { first: 5 } });
    const subscription = watched.subscribe(({ data }) => {
      if (data && 'upcomingOrders' in data) shown.push(data as Shown);
    });
    await until(() => shown.length > 0);
    const { text, variables } = example('AddUpsellItem');
    const orderId = Object(variables['input']).orderId;
    const orderIn = (data: Shown | undefined) => data?.upcomingOrders.nodes.find(({ id }) => id === orderId);
    const before = orderIn(shown.at(-1));
    await client.mutate({ mutation: gql(text), variables });
    await until(() => orderIn(shown.at(-1))?.lineItems.nodes.length !== before?.lineItems.nodes.length);
    const after = orderIn(shown.at(-1));
    subscription.unsubscribe();
    expect(after?.lineItems.nodes.length).toBe((before?.lineItems.nodes.length ?? 0) + 1);
    expect(Number(after?.totals.total.amount)).toBeGreaterThan(Number(before?.totals.total.amount));
    expect([sent, complaints]).toEqual([2, []]);
  });

  test('joins the pages of a list', async () => {
    const client = connect();
    const query = gql(example('UpcomingOrders').text);
    const watched = client.watchQuery<Shown>({ query, variables: { first: 2 } });
    const shown: Shown[] = [];
    const subscription = watched.subscribe(({ data }) => {
      if (data && 'upcomingOrders' in data) shown.push(data as Shown);
    });
    await until(() => shown.length > 0);
    await watched.fetchMore({ variables: { after: shown[0]?.upcomingOrders.pageInfo.endCursor } });
    await until(() => shown.at(-1)?.upcomingOrders.nodes.length === 4);
    subscription.unsubscribe();
    expect(complaints).toEqual([]);
  });

  test('keeps what two queries read of one window, its totals and the viewer, and asks no third time', async () => {
    const client = connect();
    const { orderId: id } = Object(example('OffersOfOrder').variables);
    const halves = [
      'viewer { kind } order(id: $id) { id totals { total { amount } } window { state closesAt { at } } }',
      'viewer { scopes } order(id: $id) { id totals { subtotal { amount } } window { asOf closesAt { timeZone } } }',
    ].map((selection) => gql(`query ($id: ID!) { ${selection} }`));
    for (const query of [...halves, ...halves]) await client.query({ query, variables: { id } });
    expect([sent, complaints]).toEqual([2, []]);
  });

  test('reads all examples into one cache without a warning', async () => {
    const client = connect();
    for (const { text, variables } of examples) {
      const document = gql(text);
      if (/^mutation/m.test(text)) await client.mutate({ mutation: document, variables });
      else await client.query({ query: document, variables });
    }
    expect([sent, complaints]).toEqual([examples.length, []]);
  });
});

describe("urql's graphcache with the presets", () => {
  test('has nothing to complain about in any example, aware of the schema', async () => {
    const client = new Client({
      url: sandbox.url,
      preferGetMethod: false,
      exchanges: [
        cacheExchange({ keys, schema: introspectionFromSchema(buildSchema(schemaText)) as never }),
        fetchExchange,
      ],
    });
    for (const { name, text, variables } of examples) {
      const isWrite = /^mutation/m.test(text);
      const { error } = await (isWrite ? client.mutation(text, variables) : client.query(text, variables)).toPromise();
      expect([name, error]).toEqual([name, undefined]);
    }
    expect(complaints).toEqual([]);
  });

  test('without them it complains of every value that has no identity', async () => {
    const client = new Client({
      url: sandbox.url,
      preferGetMethod: false,
      exchanges: [cacheExchange({}), fetchExchange],
    });
    const { text, variables } = example('UpcomingOrders');
    await client.query(text, variables).toPromise();
    expect(complaints.length).toBeGreaterThan(3);
  });
});
