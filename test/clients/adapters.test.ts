import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Client, fetchExchange } from '@urql/core';
import { withApollo } from '../../packages/client/src/adapters/apollo.js';
import { withUrql } from '../../packages/client/src/adapters/urql.js';
import { createUpsellClient, type Execute } from '../../packages/client/src/index.js';
import { example, type Sandbox, startSandbox } from './sandbox.js';

jest.setTimeout(300_000);

let sandbox: Sandbox;

const text = `mutation ($input: AddUpsellItemInput!) {
  addUpsellItem(input: $input) { operation { id status } errors { code retry } lineItem { quantity } }
}`;

/** `fetch` loses answers while told to: the request arrives all the same. */
const network = { losesAnswers: false };
const losing: typeof fetch = async (...request) => {
  const response = await fetch(...request);
  if (network.losesAnswers) throw new TypeError('Failed to fetch');
  return response;
};

const adapters: Record<string, () => Execute> = {
  'Apollo Client': () =>
    withApollo(
      new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: sandbox.url, fetch: losing }) }),
      gql,
    ),
  urql: () =>
    withUrql(new Client({ url: sandbox.url, fetch: losing, exchanges: [fetchExchange], preferGetMethod: false })),
};

describe.each(Object.entries(adapters))('a decision by way of %s', (name, adapter) => {
  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterAll(() => sandbox.stop());

  const input = (): Readonly<Record<string, unknown>> => {
    const { idempotencyKey: _key, ...rest } = Object(example('AddUpsellItem').variables['input']);
    return rest;
  };

  test('whose answer is lost is found again, and sent again is answered again', async () => {
    const client = createUpsellClient({ execute: adapter(), storage: null });
    const decision = client.decision(name, input());
    network.losesAnswers = true;
    expect(await client.run(decision, text)).toMatchObject({ status: 'unknown', operation: null });
    network.losesAnswers = false;
    const found = await client.watch(decision);
    expect(found).toMatchObject({ status: 'succeeded' });
    const again = await client.run(decision, text);
    expect(again).toMatchObject({ status: 'succeeded', operation: { id: found.operation?.id } });
  });

  test('that the graph refuses before it begins is refused, with the code', async () => {
    const client = createUpsellClient({ execute: adapter(), storage: null });
    const decision = client.decision(`${name} refused`, { ...input(), quantity: -1 });
    const refused = await client.run(decision, text);
    expect(refused).toMatchObject({ status: 'refused', errors: [{ code: expect.any(String) }] });
    expect(client.open()).toEqual([]);
  });

  test('asks the server each time, past what its cache has', async () => {
    const execute = adapter();
    const query = '{ viewer { kind } }';
    const [first, second] = [await execute(query, {}, 'query'), await execute(query, {}, 'query')];
    expect(first).toMatchObject({ errors: [], data: { viewer: { kind: 'CUSTOMER' } } });
    expect(second).toEqual(first);
    network.losesAnswers = true;
    await expect(execute(query, {}, 'query')).rejects.toThrow(/Failed to fetch/);
    network.losesAnswers = false;
  });
});
