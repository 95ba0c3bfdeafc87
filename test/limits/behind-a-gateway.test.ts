import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { toGlobalId } from '../../src/domain/reference.js';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { codesOf, type LimitedServer, startLimitedServer } from './limited-server.js';

/** The settings that the page advises. */
const [, block = ''] = /^```yaml\n(server:.*?)^```/ms.exec(readFileSync('docs/supergraph.md', 'utf8')) ?? [];
const { server: advised } = parse(block);

const KEYS = 5_000;
const product = (each: number) => toGlobalId({ type: 'Product', account: 'og-us', key: `p${each}` });

/** What gateways make of operations that storefronts may send. */
const requests = {
  'two hundred renamed fields': {
    query: `query { ${Array.from({ length: 200 }, (_, each) => `a${each}: __typename`).join(' ')} }`,
  },
  'records by two hundred aliases': {
    query: `query ($r: [_Any!]!) { ${Array.from({ length: 200 }, (_, each) => `e${each}: _entities(representations: $r) { ... on Product { id } }`).join(' ')} }`,
    variables: { r: [{ __typename: 'Product', id: product(0) }] },
  },
  'five thousand keys at once': {
    query: 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { id providerId } } }',
    variables: { r: Array.from({ length: KEYS }, (_, each) => ({ __typename: 'Product', id: product(each) })) },
  },
};

describe('the limits advised for a subgraph behind a gateway', () => {
  let emulator: RunningEmulator;
  let behindGateway: LimitedServer;
  let alone: LimitedServer;

  beforeAll(async () => {
    emulator = await startEmulator(emulators.ordergroove);
    behindGateway = await startLimitedServer(emulator, advised);
    alone = await startLimitedServer(emulator, {});
  });

  afterAll(async () => {
    await behindGateway.close();
    await alone.close();
    await emulator.close();
  });

  test.each(Object.entries(requests))('let %s through', async (_what, body) => {
    const answer = await behindGateway.post(body);
    expect([answer.status, codesOf(answer)]).toEqual([200, []]);
    expect(emulator.requests.list()).toEqual([]);
  });

  test('are needed: what storefronts send is limited more narrowly', async () => {
    const codes = await Promise.all(Object.values(requests).map(async (body) => codesOf(await alone.post(body))[0]));
    expect(codes).toEqual(['ALIAS_LIMIT_EXCEEDED', 'TOKEN_LIMIT_EXCEEDED', 'PAYLOAD_TOO_LARGE']);
  });
});
