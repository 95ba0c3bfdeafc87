import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UnsecuredJWT } from 'jose';
import { emulators } from '../../src/emulators/index.js';
import { type ServerProcess, startProcess } from '../e2e/server-process.js';
import { auth, authorization } from './limited-server.js';

/**
 * What security scanners for GraphQL (graphql-cop, InQL, Clairvoyance and their like) report, each tried against the
 * built program as it runs in production with nothing set but accounts, tokens, and how often may be asked.
 */
interface Finding {
  readonly attempt: Attempt;
  readonly status: number;
  /** Of the error it is answered with, as documented; absent when there is nothing to refuse. */
  readonly code?: string;
}

interface Attempt {
  readonly method?: string;
  readonly path?: string;
  /** Over those of a well-behaved client of the shopper. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is. */
  readonly body?: unknown;
}

function post(query: string, variables?: unknown): Attempt {
  return { body: { query, variables } };
}

function get(parameters: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Attempt {
  const path = `/graphql?${new URLSearchParams(parameters).toString()}`;
  return { method: 'GET', path, headers: headers ?? { 'apollo-require-preflight': '1' } };
}

function repeat(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join(' ');
}

const page = { method: 'GET', headers: { accept: 'text/html' } };
const removal = 'removeUpsellItem(input: { idempotencyKey: "a-key-of-a-scanner", lineItemId: "x" }) { replayed }';
const circle = (times: number) =>
  `{ upcomingOrders { nodes { ${'lineItems { nodes { order { '.repeat(times)} id ${'} } } '.repeat(times)} } } }`;
const unsigned = new UnsecuredJWT({ sub: 'a', kind: 'service', scope: 'upsell:read' })
  .setIssuer(auth.issuer)
  .setAudience(auth.audience)
  .setExpirationTime('1h')
  .encode();

const findings: Readonly<Record<string, Finding>> = {
  'introspection of the schema': {
    attempt: post('{ __schema { types { name } } }'),
    status: 400,
    code: 'INTROSPECTION_DISABLED',
  },
  'introspection of a type, hidden in a fragment': {
    attempt: post('{ ...A } fragment A on Query { a: __type(name: "Order") { fields { name } } }'),
    status: 400,
    code: 'INTROSPECTION_DISABLED',
  },
  'introspection by GET': {
    attempt: get({ query: '{ __schema { queryType { name } } }' }),
    status: 400,
    code: 'INTROSPECTION_DISABLED',
  },
  'introspection as a gateway does it': {
    attempt: post('{ _service { sdl } }'),
    status: 400,
    code: 'INTROSPECTION_DISABLED',
  },
  'introspection in circles': {
    attempt: post(`{ __schema { types { ${'fields { type { '.repeat(8)} name ${'} } '.repeat(8)} } } }`),
    status: 400,
    code: 'INTROSPECTION_DISABLED',
  },
  'suggestion of a field': { attempt: post('{ vieweer { kind } }'), status: 400, code: 'GRAPHQL_VALIDATION_FAILED' },
  'suggestion of a type': {
    attempt: post('{ viewer { ... on Viewr { kind } } }'),
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  'suggestion of an argument': {
    attempt: post('{ order(idd: "x") { id } }'),
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  'suggestion of an enum value': {
    attempt: post('{ accounts(provider: CENTR) { id } }'),
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  'suggestion of an enum value of a variable': {
    attempt: post('query ($p: Provider) { accounts(provider: $p) { id } }', { p: 'CENTR' }),
    status: 400,
    code: 'BAD_USER_INPUT',
  },
  'suggestion of an input field of a variable': {
    attempt: post('query ($i: UpsellPreviewInput!) { upsellPreview(input: $i) { __typename } }', {
      i: { orderI: 'x' },
    }),
    status: 400,
    code: 'BAD_USER_INPUT',
  },
  'alias overload': {
    attempt: post(`{ ${repeat(101, (index) => `a${index}: __typename`)} }`),
    status: 400,
    code: 'ALIAS_LIMIT_EXCEEDED',
  },
  'alias overload below different objects': {
    attempt: post(`{ ${repeat(40, (index) => `viewer { a${index}: kind }`)} }`),
    status: 400,
    code: 'ALIAS_LIMIT_EXCEEDED',
  },
  'one mutation many times under aliases': {
    attempt: post(`mutation { ${repeat(31, (index) => `a${index}: ${removal}`)} }`),
    status: 400,
    code: 'ALIAS_LIMIT_EXCEEDED',
  },
  'batch overload': {
    attempt: { body: Array.from({ length: 10 }, () => ({ query: '{ __typename }' })) },
    status: 400,
    code: 'BATCH_LIMIT_EXCEEDED',
  },
  'batch of one': { attempt: { body: [{ query: '{ __typename }' }] }, status: 400, code: 'BATCH_LIMIT_EXCEEDED' },
  'one field many times': {
    attempt: post(`{ ${repeat(500, () => '__typename')} }`),
    status: 400,
    code: 'BREADTH_LIMIT_EXCEEDED',
  },
  'many fields': {
    attempt: post(`{ ${repeat(20, () => `viewer { ${repeat(30, () => 'kind')} }`)} }`),
    status: 400,
    code: 'FIELD_LIMIT_EXCEEDED',
  },
  'directive overload': {
    attempt: post(`{ __typename ${repeat(31, () => '@include(if: true)')} }`),
    status: 400,
    code: 'DIRECTIVE_LIMIT_EXCEEDED',
  },
  'overload with unknown directives': {
    attempt: post(`{ __typename${'@aa'.repeat(500)} }`),
    status: 400,
    code: 'DIRECTIVE_LIMIT_EXCEEDED',
  },
  'circular query': { attempt: post(circle(4)), status: 400, code: 'DEPTH_LIMIT_EXCEEDED' },
  'circular query within the depth': { attempt: post(circle(3)), status: 400, code: 'COST_LIMIT_EXCEEDED' },
  'circular fragments': {
    attempt: post('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  'fragments that double': {
    attempt: post(
      `{ ...F0 } ${repeat(50, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F50 on Query { __typename }`,
    ),
    status: 400,
    code: 'BREADTH_LIMIT_EXCEEDED',
  },
  'large pages within pages': {
    attempt: post(
      '{ upcomingOrders(first: 100) { nodes { lineItems(first: 100) { nodes { order { lineItems(first: 100) { nodes { id } } } } } } } }',
    ),
    status: 400,
    code: 'COST_LIMIT_EXCEEDED',
  },
  'a page of a billion': {
    attempt: post('query ($n: Int!) { upcomingOrders(first: $n) { nodes { id } } }', { n: 1_000_000_000 }),
    status: 400,
    code: 'COST_LIMIT_EXCEEDED',
  },
  'token overload': {
    attempt: post(`{ ${repeat(5_000, () => 'a')} }`),
    status: 400,
    code: 'TOKEN_LIMIT_EXCEEDED',
  },
  'deeply nested text': { attempt: post('{a'.repeat(20_000)), status: 400, code: 'TOKEN_LIMIT_EXCEEDED' },
  'a body without end': { attempt: post(`# ${'x'.repeat(300_000)}`), status: 413, code: 'PAYLOAD_TOO_LARGE' },
  'a URL without end': { attempt: get({ query: `# ${'x'.repeat(20_000)}` }), status: 431, code: 'HEADERS_TOO_LARGE' },
  'mutation by GET': { attempt: get({ query: `mutation { ${removal} }` }), status: 405, code: 'BAD_REQUEST' },
  'mutation by GET among queries': {
    attempt: get({ query: `query A { __typename } mutation B { ${removal} }`, operationName: 'B' }),
    status: 405,
    code: 'BAD_REQUEST',
  },
  'mutation by a method that is overridden': {
    attempt: get(
      { query: `mutation { ${removal} }` },
      { 'x-http-method-override': 'POST', 'x-apollo-operation-name': 'a' },
    ),
    status: 405,
    code: 'BAD_REQUEST',
  },
  'cross-site query by GET': { attempt: get({ query: '{ __typename }' }, {}), status: 400, code: 'BAD_REQUEST' },
  'cross-site POST as text': {
    attempt: { headers: { 'content-type': 'text/plain' }, body: '{"query":"{ __typename }"}' },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  'cross-site POST as a form': {
    attempt: { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query=%7B__typename%7D' },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  'cross-site POST as a form of parts': {
    attempt: {
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\ncontent-disposition: form-data; name="query"\r\n\r\n{ __typename }\r\n--b--\r\n',
    },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  'preflight from elsewhere': {
    attempt: {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    },
    status: 404,
    code: 'NOT_FOUND',
  },
  'a query from elsewhere': {
    attempt: { ...post('{ __typename }'), headers: { origin: 'https://evil.example' } },
    status: 200,
  },
  'a query from a page without origin': {
    attempt: { ...post('{ __typename }'), headers: { origin: 'null' } },
    status: 200,
  },
  'no token': {
    attempt: { ...post('{ viewer { kind } }'), headers: { authorization: '' } },
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  'a token nobody signed': {
    attempt: { ...post('{ viewer { kind } }'), headers: { authorization: `Bearer ${unsigned}` } },
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  'an expired token': {
    attempt: {
      ...post('{ viewer { kind } }'),
      headers: { authorization: await authorization({ exp: 1_000_000_000 }) },
    },
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  'a token in the URL': {
    attempt: get(
      { query: '{ viewer { kind } }', access_token: unsigned },
      { 'apollo-require-preflight': '1', authorization: '' },
    ),
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  'introspection without a token': {
    attempt: { ...post('{ __schema { types { name } } }'), headers: { authorization: '' } },
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  'an error by broken JSON': { attempt: { body: '{"query": "{ __typename }", ' }, status: 400, code: 'BAD_REQUEST' },
  'an error by another JSON': { attempt: { body: '"query"' }, status: 400, code: 'BAD_REQUEST' },
  'an error by a query that is no text': { attempt: { body: { query: { a: 1 } } }, status: 400, code: 'BAD_REQUEST' },
  'an error by variables that are no object': {
    attempt: { body: { query: '{ __typename }', variables: [1] } },
    status: 400,
    code: 'BAD_REQUEST',
  },
  'an error by broken syntax': { attempt: post('{ viewer { '), status: 400, code: 'GRAPHQL_PARSE_FAILED' },
  'an error by an operation that is not there': {
    attempt: { body: { query: 'query A { __typename }', operationName: 'B' } },
    status: 400,
    code: 'OPERATION_RESOLUTION_FAILURE',
  },
  'an error by a prototype': {
    attempt: { body: '{"query":"{ __typename }","__proto__":{"a":1}}' },
    status: 400,
    code: 'BAD_REQUEST',
  },
  'an error by an id of SQL': { attempt: post(`{ order(id: "x' OR '1'='1") { id } }`), status: 200 },
  'tracing by an extension': {
    attempt: { body: { query: '{ __typename }', extensions: { tracing: true } } },
    status: 200,
  },
  'tracing by headers': {
    attempt: {
      ...post('{ __typename }'),
      headers: { 'apollo-federation-include-trace': 'ftv1', 'apollo-tracing': '1', 'x-apollo-tracing': '1' },
    },
    status: 200,
  },
  'registering a query under a hash': {
    attempt: { body: { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } } },
    status: 200,
    code: 'PERSISTED_QUERY_NOT_SUPPORTED',
  },
  'an answer in parts': {
    attempt: post('{ ... @defer { __typename } }'),
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
  },
  GraphiQL: { attempt: { ...page, path: '/' }, status: 404, code: 'NOT_FOUND' },
  'GraphiQL at its own path': { attempt: { ...page, path: '/graphiql' }, status: 404, code: 'NOT_FOUND' },
  'Apollo’s page at the graph': { attempt: { ...page, path: '/graphql' }, status: 406, code: 'NOT_ACCEPTABLE' },
  'the example operations of GraphiQL': {
    attempt: { ...page, path: '/graphiql/start.json' },
    status: 404,
    code: 'NOT_FOUND',
  },
  Playground: { attempt: { ...page, path: '/playground' }, status: 404, code: 'NOT_FOUND' },
  Voyager: { attempt: { ...page, path: '/voyager' }, status: 404, code: 'NOT_FOUND' },
  'the controls of the sandbox': { attempt: { ...page, path: '/sandbox' }, status: 404, code: 'NOT_FOUND' },
  'the metrics': { attempt: { ...page, path: '/metrics' }, status: 404, code: 'NOT_FOUND' },
  'the configuration': { attempt: { ...page, path: '/upsell-graph.yaml' }, status: 404, code: 'NOT_FOUND' },
  'a path out of the folder': {
    attempt: { ...page, path: '/graphiql/..%2f..%2fpackage.json' },
    status: 404,
    code: 'NOT_FOUND',
  },
  'a method nobody serves': { attempt: { method: 'DELETE' }, status: 405, code: 'METHOD_NOT_ALLOWED' },
};

/** What no answer may hold, whatever was asked: where errors come from, what was guessed, and what runs here. */
const LEAKS =
  /Did you mean|node_modules|\bat [\w.<>]+ \(|file:\/\/|\.js:\d+|stacktrace|exception|"extensions":\{"tracing|apollo server/i;

/** The scanner's own shopper may ask as often as it likes; tokens are guessed within one window, however slow the machine is. */
const rate = { windowSeconds: 3_600, shopper: 0, anonymous: 30 };

let folder = '';
let server: ServerProcess;
let url = '';
let token = '';
let tried = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upsell-graph-scanner-'));
  const { account } = emulators.ordergroove.sandbox('http://127.0.0.1:1');
  // JSON is YAML.
  await writeFile(
    join(folder, 'upsell-graph.yaml'),
    JSON.stringify({ auth, accounts: [account], server: { limits: { rate } } }),
  );
  server = startProcess([], { NODE_ENV: 'production' }, folder);
  url = (await server.find(/"graphql":"(http:[^"]+)\/graphql"/)).replace(/\/$/, '');
  token = await authorization();
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
  process.stdout.write(`Security scanner: ${tried} findings tried against a production server.\n`);
});

async function send({ method = 'POST', path = '/graphql', headers = {}, body }: Attempt) {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(method === 'POST' && { 'content-type': 'application/json' }),
      accept: 'application/graphql-response+json',
      authorization: token,
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('a finding of security scanners against a production server', () => {
  test.each(Object.entries(findings))('%s', async (_name, { attempt, status, code }) => {
    tried += 1;
    const answer = await send(attempt);
    const { errors = [], data, extensions } = JSON.parse(answer.text);
    const codes: unknown[] = errors.map((error: { extensions: { code: unknown } }) => error.extensions.code);
    const told = codes.find((each) => each === code) ?? codes.join();
    expect([answer.status, told, Boolean(data)]).toEqual([status, code ?? '', code === undefined]);
    expect(extensions).toBeUndefined();
    expect(answer.text).not.toMatch(LEAKS);
    for (const header of ['access-control-allow-origin', 'x-powered-by', 'server']) {
      expect([header, answer.headers.get(header)]).toEqual([header, null]);
    }
  });

  test('guessing tokens is stopped', async () => {
    tried += 1;
    let status = 401;
    for (let guess = 0; status === 401 && guess <= rate.anonymous; guess += 1) {
      ({ status } = await send({ ...post('{ __typename }'), headers: { authorization: `Bearer guess-${guess}` } }));
    }
    expect(status).toBe(429);
  });

  test('is answered with a documented code', async () => {
    const text = await readFile('docs/limits.md', 'utf8');
    const codes = new Set(Object.values(findings).flatMap(({ code }) => code ?? []));
    expect([...codes].filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  });
});
