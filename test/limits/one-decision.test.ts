import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { codesOf, type LimitedServer, startLimitedServer } from './limited-server.js';

const COST = 1_000;

/** Far beyond the limit, and it would ask the provider at once. */
const LISTS = 'upcomingOrders(first: 100) { nodes { id lineItems(first: 50) { nodes { id } } } }';
const DEAR = `query Dear { viewer { customer { ${LISTS} } } }`;
const CHEAP = 'query Cheap { __typename }';

interface Way {
  readonly how: string;
  readonly body: unknown;
  /** Sent by GET where it can be. */
  readonly get?: Readonly<Record<string, string>>;
}

const ways: readonly Way[] = [
  { how: 'named by nothing', body: { query: DEAR }, get: { query: DEAR } },
  { how: 'named by null', body: { query: DEAR, operationName: null } },
  {
    how: 'named by its name',
    body: { query: DEAR, operationName: 'Dear' },
    get: { query: DEAR, operationName: 'Dear' },
  },
  { how: 'named by nothing at all', body: { query: DEAR, operationName: '' }, get: { query: DEAR, operationName: '' } },
  { how: 'named by another name', body: { query: DEAR, operationName: 'Cheap' } },
  { how: 'named by a blank', body: { query: DEAR, operationName: ' ' } },
  { how: 'named by a property of every object', body: { query: DEAR, operationName: '__proto__' } },
  { how: 'named by a list', body: { query: DEAR, operationName: ['Dear'] } },
  { how: 'without a name of its own', body: { query: DEAR.replace('query Dear', '') } },
  { how: 'without a name, named', body: { query: DEAR.replace('query Dear', ''), operationName: 'Dear' } },
  { how: 'without a name, named by an empty one', body: { query: DEAR.replace('query Dear', ''), operationName: '' } },
  { how: 'behind a cheap one, unnamed', body: { query: `${CHEAP} ${DEAR}` } },
  { how: 'behind a cheap one, named', body: { query: `${CHEAP} ${DEAR}`, operationName: 'Dear' } },
  { how: 'behind a cheap one, named by an empty name', body: { query: `${CHEAP} ${DEAR}`, operationName: '' } },
  { how: 'before a cheap one, named', body: { query: `${DEAR} ${CHEAP}`, operationName: 'Dear' } },
  {
    how: 'sized by a variable',
    body: {
      query: DEAR.replace('Dear', 'Dear($n: Int)').replace('first: 100', 'first: $n'),
      variables: { n: 100 },
    },
  },
  {
    how: 'sized by the default of a variable',
    body: { query: DEAR.replace('Dear', 'Dear($n: Int = 100)').replace('first: 100', 'first: $n') },
  },
  {
    how: 'sized by a variable that is null over its default',
    body: {
      query: DEAR.replace('Dear', 'Dear($n: Int = 100)').replaceAll(/first: \d+/g, 'first: $n'),
      variables: { n: null },
    },
  },
  { how: 'below zero in one list', body: { query: DEAR.replace('first: 100', 'first: -100') } },
  {
    how: 'in a fragment',
    body: { query: `query { ...Dear } fragment Dear on Query { viewer { customer { ${LISTS} } } }` },
  },
  {
    how: 'in fragments within fragments',
    body: {
      query: `query { ...A } fragment A on Query { viewer { ...B } } fragment B on Viewer { customer { ... { ${LISTS} } } }`,
    },
  },
  {
    how: 'hidden by a condition that does not hold it back',
    body: {
      query: `query ($v: Boolean!) { viewer @include(if: $v) { customer @skip(if: false) { ${LISTS} } } }`,
      variables: { v: true },
    },
  },
  {
    how: 'repeated under one key',
    body: { query: `{ viewer { kind } viewer { customer { id } } viewer { customer { ${LISTS} } } }` },
  },
  {
    how: 'repeated under many keys',
    body: {
      query: `{ ${Array.from({ length: 25 }, (_, each) => `a${each}: viewer { customer { upcomingOrders(first: 100) { nodes { id } } } }`).join(' ')} }`,
    },
  },
  { how: 'as a list of records', body: { query: `{ nodes(ids: [${'"x",'.repeat(101)}]) { id } }` } },
  {
    how: 'as a list of records in a variable',
    body: { query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids: Array(101).fill('x') } },
  },
  {
    how: 'as representations of a gateway',
    body: {
      query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      variables: { r: Array.from({ length: 1_000 }, () => ({ __typename: 'Order', id: 'x' })) },
    },
  },
  { how: 'as a subscription', body: { query: DEAR.replace('query', 'subscription') } },
  { how: 'as a mutation', body: { query: DEAR.replace('query', 'mutation') } },
  { how: 'alone in a batch', body: [{ query: DEAR }] },
  { how: 'last in a batch', body: [{ query: CHEAP }, { query: DEAR }] },
  { how: 'twice in a batch', body: [{ query: DEAR }, { query: DEAR, operationName: '' }] },
  {
    how: 'behind cheap ones in a batch',
    body: [{ query: `${CHEAP} ${DEAR}`, operationName: 'Dear' }, { query: CHEAP }],
  },
  { how: 'in a batch that is too long', body: Array.from({ length: 4 }, () => ({ query: DEAR })) },
  { how: 'as a trusted document', body: { documentId: 'dear' }, get: { documentId: 'dear' } },
  { how: 'as a trusted document, with an empty name', body: { documentId: 'dear', operationName: '' } },
  {
    how: 'as a trusted document, by the extension',
    body: { extensions: { persistedQuery: { version: 1, sha256Hash: 'dear' } } },
  },
  { how: 'as a trusted document beside a cheap text', body: { documentId: 'dear', query: CHEAP } },
  { how: 'deeper than deep', body: { query: `{ viewer { customer { ${nest(12)} } } }` } },
];

function nest(levels: number): string {
  return levels === 0
    ? 'id'
    : `upcomingOrders(first: 1) { nodes { customer { ${levels > 3 ? nest(levels - 3) : 'id'} } } }`;
}

describe('an operation that a limit refuses', () => {
  let emulator: RunningEmulator;
  let server: LimitedServer;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'one-decision-'));
    const manifest = join(folder, 'manifest.json');
    writeFileSync(manifest, JSON.stringify({ dear: DEAR, cheap: CHEAP }));
    emulator = await startEmulator(emulators.ordergroove);
    server = await startLimitedServer(emulator, {
      limits: { cost: COST, batch: 3, rate: { shopper: 0 } },
      trustedDocuments: { manifest },
    });
  });

  afterAll(async () => {
    await server.close();
    await emulator.close();
    await rm(folder, { recursive: true });
  });

  test('asks no provider, however it is named, hidden, repeated or batched', async () => {
    const tried: string[] = [];
    for (const { how, body, get } of ways) {
      // From the second time on it would be compiled.
      for (let time = 1; time <= 3; time += 1) {
        const answers = [await server.post(body), ...(get ? [await server.get(get)] : [])];
        for (const answer of answers) {
          const parts = Array.isArray(answer.body) ? answer.body : [answer.body];
          const codes = parts.flatMap((part) => codesOf({ ...answer, body: part }));
          const told = { how, time, codes, calls: emulator.requests.list().length };
          expect(told).toEqual({ how, time, codes: expect.not.arrayContaining(['INTERNAL_SERVER_ERROR']), calls: 0 });
          expect(told.codes.length).toBeGreaterThan(0);
        }
      }
      tried.push(how);
    }
    process.stdout.write(`0 provider calls for what is refused, each three times: ${tried.join('; ')}\n`);
  });

  test('is refused in the same words each time', async () => {
    for (const { body } of ways) {
      const [first, ...others] = [await server.post(body), await server.post(body), await server.post(body)];
      for (const other of others) expect([other.status, other.body]).toEqual([first?.status, first?.body]);
    }
  });

  test('would have asked the provider', async () => {
    const cheap = `query { viewer { customer { ${LISTS.replace('100', '1').replace('50', '1')} } } }`;
    const { body } = await server.post({ query: cheap });
    expect(body.errors).toBeUndefined();
    expect(emulator.requests.list().length).toBeGreaterThan(0);
  });
});
