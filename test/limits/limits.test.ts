import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery, getOperationAST, type GraphQLSchema, parse } from 'graphql';
import { defaultLimits } from '../../src/config/limits.js';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { asSubgraph } from '../../src/graph/federation/subgraph.js';
import { buildGraphSchema } from '../../src/graph/schema.js';
import { providers } from '../../src/providers/index.js';
import { costIn, type Variables } from '../../src/server/limits/cost.js';
import { costOf } from '../../src/server/limits/operation-cost.js';
import { exampleOperations, exampleVariables } from '../schema/example-operations.js';
import { startStubGraph } from '../server/stub-graph.js';
import { authorization, codesOf, type LimitedServer, startLimitedServer } from './limited-server.js';

let emulator: RunningEmulator;
let schema: GraphQLSchema;
const running: LimitedServer[] = [];

beforeAll(async () => {
  emulator = await startEmulator(emulators.ordergroove, {
    scenario: 'large',
    switches: { largeOrders: 100, largeItemsPerOrder: 5 },
  });
  schema = asSubgraph(buildGraphSchema(Object.values(providers)));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

afterAll(() => emulator.close());

async function start(settings: Readonly<Record<string, unknown>> = {}): Promise<LimitedServer> {
  const server = await startLimitedServer(emulator, settings);
  running.push(server);
  return server;
}

function repeat(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join(' ');
}

const typename = () => '__typename';

/** Around in a circle of the schema: the field of each level, and the type it is on. */
const circle = [
  ['order(id: "none")', 'Query'],
  ['lineItems', 'Order'],
  ['nodes', 'LineItemConnection'],
  ['order', 'LineItem'],
] as const;

function levelsOf(count: number) {
  return Array.from({ length: count }, (_, index) => circle[index === 0 ? 0 : ((index - 1) % 3) + 1] ?? circle[0]);
}

function nested(levels: number): string {
  const fields = levelsOf(levels - 1).map(([field]) => field);
  return `{ ${fields.join(' { ')} { __typename ${'}'.repeat(levels)}`;
}

/** The same with each level in a fragment of its own. */
function nestedInFragments(levels: number): string {
  const fragments = levelsOf(levels).map(([field, type], index, { length }) =>
    index === length - 1
      ? `fragment L${index} on ${type} { __typename }`
      : `fragment L${index} on ${type} { ... { ${field} { ...L${index + 1} } } }`,
  );
  return `{ ...L0 } ${fragments.join(' ')}`;
}

describe('a limit of the document lets through what is just within it and refuses what is just beyond', () => {
  const limits = { depth: 6, breadth: 8, fields: 12, aliases: 4, directives: 4, tokens: 110 };
  const cases: [keyof typeof limits, string, string, (size: number) => string][] = [
    ['depth', 'DEPTH_LIMIT_EXCEEDED', 'in one text', nested],
    ['depth', 'DEPTH_LIMIT_EXCEEDED', 'in fragments', nestedInFragments],
    ['breadth', 'BREADTH_LIMIT_EXCEEDED', 'in one place', (size) => `{ ${repeat(size, typename)} }`],
    [
      'breadth',
      'BREADTH_LIMIT_EXCEEDED',
      'in fragments',
      (size) =>
        `{ ...A ... on Query { ${repeat(size - 3, typename)} } } fragment A on Query { ${repeat(3, typename)} }`,
    ],
    [
      'fields',
      'FIELD_LIMIT_EXCEEDED',
      'in two places',
      (size) => `{ viewer { ${repeat(5, typename)} } viewer { ${repeat(size - 7, typename)} } }`,
    ],
    [
      'fields',
      'FIELD_LIMIT_EXCEEDED',
      'in fragments',
      (size) => `{ viewer { ...A } viewer { ${repeat(size - 7, () => '...B')} } }
        fragment A on UpsellViewer { ${repeat(5, typename)} } fragment B on UpsellViewer { __typename }`,
    ],
    ['aliases', 'ALIAS_LIMIT_EXCEEDED', 'in one place', (size) => `{ ${repeat(size, (i) => `a${i}: __typename`)} }`],
    [
      'aliases',
      'ALIAS_LIMIT_EXCEEDED',
      'in fragments',
      (size) => `{ ${repeat(size, () => '...A')} } fragment A on Query { a: __typename }`,
    ],
    [
      'directives',
      'DIRECTIVE_LIMIT_EXCEEDED',
      'on fields',
      (size) => `{ ${repeat(size, () => '__typename @skip(if: false)')} }`,
    ],
    [
      'directives',
      'DIRECTIVE_LIMIT_EXCEEDED',
      'on fragments',
      (size) => `{ ...A @skip(if: false) ${repeat(size - 1, () => '... @skip(if: false) { __typename }')} }
        fragment A on Query { __typename }`,
    ],
    [
      'tokens',
      'TOKEN_LIMIT_EXCEEDED',
      'as text',
      (size) => `{ nodes(ids: [${repeat(size - 12, () => '"none"')}]) { id } }`,
    ],
  ];
  let server: LimitedServer;

  beforeAll(async () => {
    server = await startLimitedServer(emulator, { limits });
  });
  afterAll(() => server.close());

  test.each(cases)('%s (%s), %s', async (setting, code, _where, documentOf) => {
    const limit = limits[setting];
    const within = await server.post({ query: documentOf(limit) });
    expect([within.status, codesOf(within)]).toEqual([200, []]);
    const beyond = await server.post({ query: documentOf(limit + 1) });
    expect([beyond.status, codesOf(beyond)]).toEqual([400, [code]]);
    expect(beyond.body.errors?.[0]?.message).toContain(String(limit));
    expect(beyond.body).not.toHaveProperty('data');
    expect(codesOf(await server.post({ query: documentOf(limit + 1) }))).toEqual([code]);
  });

  test('cost (COST_LIMIT_EXCEEDED), each time by the variables', async () => {
    const { post } = await start({ limits: { cost: 100 } });
    const query = 'query ($first: Int!) { upcomingOrders(first: $first) { nodes { id } } }';
    for (const [first, status, codes] of [
      [90, 200, []],
      [91, 400, ['COST_LIMIT_EXCEEDED']],
      [90, 200, []],
      [100_000_000, 400, ['COST_LIMIT_EXCEEDED']],
    ] as const) {
      const answer = await post({ query, variables: { first } });
      expect([first, answer.status, codesOf(answer)]).toEqual([first, status, codes]);
    }
  });
});

describe('with the defaults', () => {
  let server: LimitedServer;

  beforeAll(async () => {
    server = await startLimitedServer(emulator, { introspection: true });
  });
  afterAll(() => server.close());

  test('fragments that double from one to the next are not counted to their end', async () => {
    const doubling = repeat(60, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`);
    const query = `{ ...F0 } ${doubling} fragment F60 on Query { __typename }`;
    expect(codesOf(await server.post({ query }))).toEqual(['BREADTH_LIMIT_EXCEEDED']);
  });

  test('fragments that spread one another in circles are told so, and counted no further', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `F${index}`);
    const all = names.map((name) => `...${name}`).join(' ');
    const query = `{ ${all} } ${names.map((name) => `fragment ${name} on Query { ${all} }`).join(' ')}`;
    const { status, body } = await server.post({ query });
    expect(status).toBe(400);
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringContaining('Cannot spread fragment "F0" within itself'),
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });

  test('a shopper sees a hundred orders of five lines each', async () => {
    const query = exampleOperations.find(({ name }) => name === 'UpcomingOrders')?.text;
    const { status, body } = await server.post({ query, variables: { first: 100 } });
    expect([status, body.errors]).toEqual([200, undefined]);
    expect(body.data).toMatchObject({ upcomingOrders: { nodes: { length: 100 } } });
    expect(JSON.stringify(body.data).match(/"quantity"/g)).toHaveLength(500);
  });

  test('every example operation is run', async () => {
    for (const { name, text, kind } of exampleOperations) {
      if (kind === 'subscription') continue;
      const answer = await server.post({ query: text, variables: exampleVariables[name] });
      const refusals = codesOf(answer).filter((code) => code.endsWith('_LIMIT_EXCEEDED'));
      expect([name, answer.status, refusals]).toEqual([name, 200, []]);
    }
  });

  test('the longest usual introspection passes where introspection is on', async () => {
    const options = { specifiedByUrl: true, directiveIsRepeatable: true, inputValueDeprecation: true, oneOf: true };
    const { body } = await server.post({ query: getIntrospectionQuery({ schemaDescription: true, ...options }) });
    expect(body.data).toMatchObject({ __schema: { queryType: { name: 'Query' } } });
    const hidden = await start({ introspection: false });
    for (const query of [
      '{ __schema { queryType { name } } }',
      '{ __type(name: "Order") { name } }',
      '{ _service { sdl } }',
    ]) {
      expect(codesOf(await hidden.post({ query }))).toEqual(['INTROSPECTION_DISABLED']);
    }
    expect(codesOf(await hidden.post({ query: '{ __typename }' }))).toEqual([]);
  });
});

describe('the cost of an operation', () => {
  const cases: [string, Variables, number, string][] = [
    ['{ viewer { kind } }', {}, 1, 'an object counts as one, a scalar as nothing'],
    ['{ order(id: "a") { id } }', {}, 10, 'a read of its own as its weight'],
    ['{ order(id: "a") { account { key } } }', {}, 11, 'what is below is added'],
    ['{ a: order(id: "a") { id } b: order(id: "b") { id } }', {}, 20, 'each alias by itself'],
    [
      '{ order(id: "a") { ...A ... { account { key } } } } fragment A on Order { account { key } }',
      {},
      12,
      'fragments where they are spread',
    ],
    ['{ upcomingOrders(first: 3) { nodes { account { key } } } }', {}, 16, 'a page as often as it is long'],
    [
      '{ upcomingOrders { nodes { id } edges { node { id } } } }',
      {},
      40,
      'by the default of the schema when none is given',
    ],
    [
      '{ upcomingOrders(first: 2) { nodes { lineItems(first: 3) { nodes { product { id } } } } } }',
      {},
      26,
      'pages within pages multiply',
    ],
    ['query ($n: Int!) { upcomingOrders(first: $n) { nodes { id } } }', { n: 7 }, 17, 'a variable says how long'],
    ['query ($n: Int! = 4) { upcomingOrders(first: $n) { nodes { id } } }', {}, 14, 'or its default'],
    [
      'query ($constructor: Int! = 4) { upcomingOrders(first: $constructor) { nodes { id } } }',
      {},
      14,
      'whatever it is called',
    ],
    ['query ($n: Int!) { upcomingOrders(first: $n) { nodes { id } } }', { n: -50 }, 10, 'never less than nothing'],
    [
      'query ($n: Int!) { upcomingOrders(first: $n) { nodes { lineItems(first: $n) { nodes { id } } } } }',
      { n: 6 },
      58,
      'also within one another',
    ],
    [
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: ['a', 'b', 'c'] },
      30,
      'a list that answers a list is as long',
    ],
    [
      '{ nodes(ids: ["a", "b"]) { ... on Order { account { key } } ... on Product { account { key } } } }',
      {},
      24,
      'the types of an abstract one all count',
    ],
    [
      'query ($i: [UpsellEligibilityInput!]!) { upsellEligibility(inputs: $i) { reasons { code } } }',
      { i: [{}, {}] },
      30,
      'another list is taken to hold five',
    ],
    [
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Order { account { key } } } }',
      { r: [{}, {}] },
      22,
      'also one of entities',
    ],
    ['{ accounts { capabilities { key } } }', {}, 85, 'or what the schema says'],
    [
      'mutation ($i: RemoveUpsellItemInput!) { removeUpsellItem(input: $i) { order { id } } }',
      {},
      51,
      'a write weighs more',
    ],
    ['{ __schema { types { fields { name } } } }', {}, 0, 'introspection asks no provider'],
  ];

  test.each(cases)('%s with %j: %i (%s)', (text, variables, expected) => {
    const document = parse(text);
    const operation = getOperationAST(document);
    if (!operation) throw new Error('no operation');
    expect(costIn(variables, costOf(schema, document, operation))).toBe(expected);
  });

  test('is documented with the weight of each field', async () => {
    const text = await readFile('docs/limits.md', 'utf8');
    const weights = [...(await readFile('schema/subgraph.graphql', 'utf8')).matchAll(/@cost\(weight: (\d+)\)/g)];
    expect(weights.length).toBeGreaterThan(10);
    for (const [, weight] of weights) expect(text).toContain(`\`@cost(weight: ${weight})\``);
  });
});

test('every limit stands in the documentation with its default and its code', async () => {
  const rows = (await readFile('docs/limits.md', 'utf8')).split('\n').filter((line) => line.startsWith('|'));
  const { rate, streams, ...limits } = defaultLimits;
  const settings = [
    ...Object.entries(limits).map(([name, value]) => [`server.limits.${name}`, value] as const),
    ...Object.entries(rate).map(([name, value]) => [`server.limits.rate.${name}`, value] as const),
    ...Object.entries(streams).map(([name, value]) => [`server.limits.streams.${name}`, value] as const),
  ];
  for (const [path, value] of settings) {
    const row = rows.find((line) => line.includes(`\`${path}\``)) ?? '';
    expect([path, row.replaceAll(',', '')]).toEqual([path, expect.stringMatching(new RegExp(`\\| ${value}\\b`))]);
  }
});

describe('a request', () => {
  test('has a body up to the limit', async () => {
    const { post } = await start({ limits: { bodyKiB: 1 } });
    const bodyOf = (bytes: number) => '{"query":"{__typename}"}'.padEnd(bytes, ' ');
    expect((await post(bodyOf(1024))).status).toBe(200);
    const beyond = await post(bodyOf(1025));
    expect([beyond.status, codesOf(beyond)]).toEqual([413, ['PAYLOAD_TOO_LARGE']]);
  });

  test('carries one operation, or as many as are allowed', async () => {
    const operation = { query: '{ __typename }' };
    const single = await start();
    const batch = await single.post([operation]);
    expect([batch.status, codesOf(batch)]).toEqual([400, ['BATCH_LIMIT_EXCEEDED']]);
    const double = await start({ limits: { batch: 2 } });
    const answer = { data: { __typename: 'Query' } };
    expect((await double.post([operation, operation])).body).toEqual([answer, answer]);
    expect(codesOf(await double.post([operation, operation, operation]))).toEqual(['BATCH_LIMIT_EXCEEDED']);
  });

  test('that takes too long ends with an error, its reads stopped before', async () => {
    const graph = await startStubGraph(undefined, { ...defaultLimits, requestSeconds: 1 });
    try {
      const answer = await graph.app.inject({ method: 'POST', url: '/graphql', payload: { query: '{ wait }' } });
      expect([answer.statusCode, answer.json().errors[0].extensions]).toEqual([504, { code: 'REQUEST_TIMEOUT' }]);
      expect(graph.signals[0]?.aborted).toBe(true);
    } finally {
      graph.finish();
      await graph.stop();
    }
  });

  test('that does not arrive, or whose head is too long, is answered and cut off', async () => {
    const { url } = await start({ limits: { requestSeconds: 1 } });
    const head = 'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{';
    expect(await exchange(url, head)).toMatch(/^HTTP\/1\.1 408 .*"code":"REQUEST_TIMEOUT"/s);
    const long = `GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`;
    expect(await exchange(url, long)).toMatch(/^HTTP\/1\.1 431 .*"code":"HEADERS_TOO_LARGE"/s);
  });

  test('of a browser on another origin is not for it to read', async () => {
    const { url, post } = await start();
    const answer = await post({ query: '{ __typename }' }, { origin: 'https://elsewhere.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([404, null]);
  });
});

/** Everything the server sends before it closes the connection. */
async function exchange(url: string, sent: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text;
  });
  socket.write(sent);
  await once(socket, 'close');
  return received;
}

describe('requests', () => {
  const query = { query: '{ __typename }' };
  const hourly = { windowSeconds: 3_600 };

  test('of one actor are counted, told in headers, and refused when they are too many', async () => {
    const { post } = await start({ limits: { rate: { ...hourly, shopper: 3, service: 1 } } });
    for (const left of [2, 1, 0]) {
      const answer = await post(query);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('ratelimit-policy')).toBe('"shopper";q=3;w=3600');
      expect(answer.headers.get('ratelimit')).toMatch(new RegExp(`^"shopper";r=${left};t=3\\d{3}$`));
    }
    const beyond = await post(query);
    expect([beyond.status, codesOf(beyond)]).toEqual([429, ['RATE_LIMIT_EXCEEDED']]);
    expect(Number(beyond.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect(beyond.body).not.toHaveProperty('data');

    const other = { authorization: await authorization({ sub: 'shopper-2' }) };
    expect((await post(query, other)).status).toBe(200);
    const service = { authorization: await authorization({ kind: 'service' }) };
    const statuses = [(await post(query, service)).status, (await post(query, service)).status];
    expect(statuses).toEqual([200, 429]);
  });

  test('of a batch count one by one', async () => {
    const { post } = await start({ limits: { batch: 3, rate: { ...hourly, shopper: 3 } } });
    expect((await post([query, query])).headers.get('ratelimit')).toContain('r=1');
    expect((await post([query, query])).status).toBe(429);
  });

  test('without a token, or with a bad one, are counted by address', async () => {
    const { post } = await start({ limits: { rate: { ...hourly, anonymous: 2 } } });
    expect((await post(query, { authorization: '' })).status).toBe(401);
    expect((await post(query, { authorization: 'Bearer bad' })).status).toBe(401);
    const beyond = await post(query, { authorization: 'Bearer worse', 'x-forwarded-for': '192.0.2.1' });
    expect([beyond.status, codesOf(beyond)]).toEqual([429, ['RATE_LIMIT_EXCEEDED']]);
    expect(beyond.headers.get('ratelimit-policy')).toBe('"anonymous";q=2;w=3600');
    expect((await post(query)).status).toBe(200);
  });

  test('through a proxy that is trusted are counted by the address it names', async () => {
    const { post } = await start({ trustedProxies: ['loopback'], limits: { rate: { ...hourly, anonymous: 1 } } });
    const from = (address: string) => post(query, { authorization: '', 'x-forwarded-for': address });
    expect((await from('192.0.2.1')).status).toBe(401);
    expect((await from('192.0.2.1')).status).toBe(429);
    expect((await from('192.0.2.2')).status).toBe(401);
  });

  test('are let through again in the next window', async () => {
    const { post } = await start({ limits: { rate: { windowSeconds: 1, shopper: 1 } } });
    const statuses = new Set<number>();
    while (!statuses.has(429)) statuses.add((await post(query)).status);
    while ((await post(query)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(statuses).toContain(429);
  });

  test('are not counted when the limit is off', async () => {
    const { post } = await start({ limits: { rate: { shopper: 0 } } });
    const answer = await post(query);
    expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null]);
  });
});

describe('trusted documents', () => {
  /** As codegen's client preset writes it for a storefront. */
  const manifest = 'test/generated/persisted-documents.json';
  const data = { accounts: [expect.objectContaining({ key: 'og-us' })] };
  let hash = '';

  beforeAll(async () => {
    const texts: Readonly<Record<string, string>> = JSON.parse(await readFile(manifest, 'utf8'));
    const id = Object.keys(texts).find((key) => texts[key]?.includes('query AccountsAndCapabilities'));
    hash = /^sha256:([0-9a-f]{64})$/.exec(id ?? '')?.[1] ?? '';
  });

  test('are run by their hash alone, in each way clients send it', async () => {
    const { post, get } = await start({ trustedDocuments: { manifest } });
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    const answers = [
      await post({ documentId: hash }),
      await post({ documentId: `sha256:${hash}`, variables: {} }),
      await post({ extensions }),
      await get({ documentId: hash }),
      await get({ extensions: JSON.stringify(extensions), variables: '{}' }),
    ];
    for (const { status, body } of answers) expect([status, body]).toEqual([200, { data }]);
    const unknown = await post({ documentId: 'f'.repeat(64) });
    expect([unknown.status, codesOf(unknown)]).toEqual([400, ['PERSISTED_QUERY_NOT_FOUND']]);
    expect((await post({ query: '{ __typename }' })).status).toBe(200);
  });

  test('are the only ones that are run when nothing else is trusted', async () => {
    const { post, get } = await start({ limits: { batch: 2 }, trustedDocuments: { manifest, only: true } });
    expect((await post({ documentId: hash })).body).toEqual({ data });
    const text = '{ __typename }';
    const refused: [string, Parameters<typeof post>[0]][] = [
      ['PERSISTED_QUERY_ID_REQUIRED', { query: text }],
      ['PERSISTED_QUERY_ID_REQUIRED', [{ documentId: hash }, { query: text }]],
      ['PERSISTED_QUERY_NOT_IN_LIST', { documentId: 'f'.repeat(64) }],
      ['PERSISTED_QUERY_NOT_IN_LIST', { documentId: 'f'.repeat(64), query: text }],
      ['PERSISTED_QUERY_NOT_IN_LIST', { query: text, extensions: { persistedQuery: { sha256Hash: 'x' } } }],
      ['PERSISTED_QUERY_NOT_IN_LIST', { documentId: 'constructor' }],
      ['PERSISTED_QUERY_NOT_IN_LIST', { documentId: [hash] }],
    ];
    for (const [code, body] of refused) {
      const answer = await post(body);
      expect([body, answer.status, codesOf(answer)]).toEqual([body, 400, [code]]);
    }
    expect(codesOf(await get({ query: text }))).toEqual(['PERSISTED_QUERY_ID_REQUIRED']);
    // The text beside a known hash is not looked at.
    expect((await post({ documentId: hash, query: text })).body).toEqual({ data });
  });

  test('cannot be added to by clients', async () => {
    const { post } = await start();
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
    expect(codesOf(await post({ query: '{ __typename }', extensions }))).toEqual(['PERSISTED_QUERY_NOT_SUPPORTED']);
  });
});
