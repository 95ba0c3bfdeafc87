import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuditResult, auditServer } from 'graphql-http';
import { loadConfig } from '../../src/config.js';
import { providers } from '../../src/providers/index.js';
import { createUpsellServer, type UpsellServer } from '../../src/server.js';
import { exampleOperations, exampleVariables } from '../schema/example-operations.js';

const PREFLIGHTED = { 'apollo-require-preflight': '1' };
const GRAPHQL = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';
const LARGE = '{ __schema { types { name description } } }';

let server: UpsellServer;
let url: string;

beforeAll(async () => {
  const loaded = loadConfig({ configPath: null, providers, env: { PORT: '0' } });
  if (loaded.outcome === 'invalid') throw new Error(loaded.message);
  const { config } = loaded;
  server = await createUpsellServer({ config: { ...config, server: { ...config.server, graphiql: false } } });
  url = `${await server.listen()}/graphql`;
});

afterAll(() => server.close());

function post(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', headers: { 'content-type': JSON_TYPE, ...headers }, body: text });
}

function get(parameters: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = PREFLIGHTED) {
  return fetch(`${url}?${new URLSearchParams(parameters).toString()}`, { headers });
}

function mediaType({ headers }: Response): string {
  return headers.get('content-type')?.split(';', 1)[0] ?? '';
}

describe('the audits of graphql-http', () => {
  function audit(headers: Readonly<Record<string, string>>): Promise<AuditResult[]> {
    const send = (target: string, { headers: own, ...rest }: RequestInit = {}) =>
      fetch(target, { ...rest, headers: { ...Object.fromEntries(new Headers(own)), ...headers } });
    return auditServer({ url, fetchFn: send });
  }

  function report(title: string, results: readonly AuditResult[]): void {
    const counts = ['MUST', 'SHOULD', 'MAY'].map((level) => {
      const of = results.filter(({ name }) => name.startsWith(level));
      return `${level} ${of.filter(({ status }) => status === 'ok').length}/${of.length}`;
    });
    process.stdout.write(`GraphQL over HTTP audits, ${title}: ${counts.join(', ')}\n`);
  }

  function failing(results: readonly AuditResult[]): readonly string[] {
    return results.filter(({ status }) => status !== 'ok').map(({ id, name }) => `${id} ${name}`);
  }

  test('are all met by requests that show they are not cross-site', async () => {
    const results = await audit(PREFLIGHTED);
    report('with the preflight header', results);
    expect(results.length).toBeGreaterThan(60);
    expect(failing(results)).toEqual([]);
  });

  test('are all met by any request, save for the MAYs that the documentation lists with a reason', async () => {
    const results = await audit({});
    report('as they are', results);
    expect(failing(results).toSorted()).toEqual(documentedGaps().toSorted());
    expect(documentedGaps().filter((gap) => !/^\w+ MAY /.test(gap))).toEqual([]);
  });

  /** Rows `audit | what it says | why not` of the documentation. */
  function documentedGaps(): readonly string[] {
    const text = readFileSync(new URL('../../docs/graphql-over-http.md', import.meta.url), 'utf8');
    return [...text.matchAll(/^\| `(\w{4})` *\| (.*?) *\| .*\w.* *\|$/gm)].map(([, id, name]) => `${id} ${name}`);
  }
});

describe('the type of an answer', () => {
  test.each([
    [undefined, JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/*', JSON_TYPE],
    [JSON_TYPE, JSON_TYPE],
    [GRAPHQL, GRAPHQL],
    [`${GRAPHQL}, ${JSON_TYPE};q=0.9`, GRAPHQL],
    [`${JSON_TYPE}, ${GRAPHQL}`, JSON_TYPE],
    [`${JSON_TYPE};q=0.2, ${GRAPHQL};q=0.8`, GRAPHQL],
    ['text/html, application/xhtml+xml, */*;q=0.8', JSON_TYPE],
    [`text/event-stream;q=0.1, ${GRAPHQL}`, GRAPHQL],
    [`text/event-stream, ${GRAPHQL};q=0.1`, 'text/event-stream'],
  ])('for %p is %s', async (accept, expected) => {
    // A fetch without the header sends one of its own.
    const answer = await askPlainly(accept === undefined ? {} : { accept });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, `${expected}; charset=utf-8`]);
    expect(answer.headers.vary).toMatch(/\baccept\b.*\baccept-encoding\b/);
    expect(answer.headers['cache-control']).toMatch(/^no-store\b/);
  });

  test('is that of refusals too', async () => {
    expect(mediaType(await post('{ "query": ', { accept: GRAPHQL }))).toBe(GRAPHQL);
    expect(mediaType(await post({ query: '{' }, { accept: GRAPHQL }))).toBe(GRAPHQL);
    expect(mediaType(await get({ query: '{ __typename }' }, { accept: GRAPHQL }))).toBe(GRAPHQL);
  });

  test('that nobody can send is told before a write is made', async () => {
    const query = exampleOperations.find(({ name }) => name === 'AddUpsellItem')?.text;
    const variables: unknown = exampleVariables['AddUpsellItem'];
    const idempotencyKey = String(Object(variables).input.idempotencyKey);
    const written = () => post({ query: `{ operationByKey(idempotencyKey: "${idempotencyKey}") { status } }` });
    const refused = await post({ query, variables }, { accept: 'text/html' });
    expect([refused.status, mediaType(refused)]).toEqual([406, JSON_TYPE]);
    expect(await (await written()).json()).toEqual({ data: { operationByKey: null } });
    await post({ query, variables });
    expect(await (await written()).json()).toEqual({ data: { operationByKey: { status: 'SUCCEEDED' } } });
  });
});

interface PlainAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** With these headers and no others. */
function askPlainly(headers: Readonly<Record<string, string>>): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'content-type': JSON_TYPE, ...headers } }, (answer) => {
      answer.resume().once('end', () => resolve({ status: answer.statusCode, headers: answer.headers }));
    });
    sent.once('error', reject).end('{ "query": "{ __typename }" }');
  });
}

describe('the status', () => {
  test.each([
    ['data', '{ viewer { kind } }', 200, 200],
    ['data with an error of one field', '{ viewer { kind } customer(identities: []) { id } }', 200, 200],
    ['an error that leaves no data', '{ upcomingOrders(first: 0) { nodes { id } } }', 200, 200],
    ['a document that does not parse', '{', 400, 200],
    ['a document that does not validate', '{ nothing }', 400, 200],
    ['variables that do not fit', 'query ($first: Int!) { upcomingOrders(first: $first) { nodes { id } } }', 400, 200],
    ['an operation that is not there', 'fragment A on Query { __typename }', 400, 200],
    ['no document', '', 400, 400],
  ])('for %s tells what happened, as the accepted type lets it', async (_, query, asGraphql, asJson) => {
    const [graphql, json] = await Promise.all([post({ query }, { accept: GRAPHQL }), post({ query })]);
    expect([graphql.status, json.status]).toEqual([asGraphql, asJson]);
    const { data } = Object(await graphql.json());
    expect(data === undefined).toBe(asGraphql === 400);
  });

  test.each([
    'text/plain',
    'text/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
  ])('for a body of type %s is 415', async (type) => {
    const answer = await post('{"query":"{ __typename }"}', { 'content-type': type, ...PREFLIGHTED });
    expect(answer.status).toBe(415);
  });

  test('for a compressed body is 415, and says what is taken', async () => {
    const answer = await post({ query: '{ __typename }' }, { 'content-encoding': 'gzip' });
    expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'identity']);
  });

  test.each(['{ "query": ', '', 'null', '[]', '"query"'])('for the body %p is 400', async (body) => {
    for (const accept of [GRAPHQL, JSON_TYPE]) expect((await post(body, { accept })).status).toBe(400);
  });

  test.each(['HEAD', 'PUT', 'PATCH', 'DELETE'])('for %s is 405', async (method) => {
    const answer = await fetch(url, { method, headers: PREFLIGHTED });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });
});

describe('GET', () => {
  test('answers queries, with their variables and operation name', async () => {
    const answer = await get({
      query: 'query A { __typename } query B($id: ID!) { node(id: $id) { id } }',
      variables: JSON.stringify({ id: 'nothing' }),
      operationName: 'B',
    });
    expect([answer.status, await answer.json()]).toEqual([200, { data: { node: null } }]);
  });

  test('refuses mutations, and what may be cross-site', async () => {
    const mutation = await get({ query: 'mutation { __typename }' });
    expect([mutation.status, mutation.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await get({ query: '{ __typename }' }, {})).status).toBe(400);
  });

  test.each([{ variables: '{' }, { variables: '[]' }, { extensions: '1' }])('refuses %p', async (parameters) => {
    expect((await get({ query: '{ __typename }', ...parameters })).status).toBe(400);
  });
});

describe('compression', () => {
  function sizeOf({ headers }: Response): number {
    return Number(headers.get('content-length'));
  }

  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['deflate', null],
    ['identity', null],
    ['*;q=0', null],
  ])('for %p of a large answer is %p', async (accepted, expected) => {
    const plain = await post({ query: LARGE }, { 'accept-encoding': 'identity' });
    const answer = await post({ query: LARGE }, { 'accept-encoding': accepted });
    expect(answer.headers.get('content-encoding')).toBe(expected);
    const [size, plainSize] = [sizeOf(answer), sizeOf(plain)];
    expect(size).toBeLessThanOrEqual(expected === null ? plainSize : plainSize / 2);
    expect(await answer.json()).toEqual(await plain.json());
  });

  test('is not spent on a small answer', async () => {
    const answer = await post({ query: '{ viewer { kind } }' }, { 'accept-encoding': 'br, gzip' });
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(await answer.json()).toEqual({ data: { viewer: { kind: 'CUSTOMER' } } });
  });
});
