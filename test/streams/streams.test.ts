import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Client, createClient } from 'graphql-sse';
import { orderTopic } from '../../src/domain/changes.js';
import { toGlobalId } from '../../src/domain/reference.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { memoryStorage } from '../../src/server/storage.js';
import { exampleOperations, exampleVariables } from '../schema/example-operations.js';
import { type FullStack, startFullStack, until } from '../support/full-stack.js';
import { openStream, type RawStream, type StreamRequest } from './raw-stream.js';

const ORDER_UPDATED =
  'subscription Watch($id: ID!) { orderUpdated(orderId: $id) { id lineItems { nodes { quantity product { providerId } } } } }';
const WINDOW = 'subscription ($id: ID!) { orderUpdated(orderId: $id) { window { state closesAt { at } } } }';
const OPERATION_UPDATED = 'subscription ($id: ID!) { operationUpdated(operationId: $id) { id status settledAt } }';
const JSON_TYPES = 'application/graphql-response+json, application/json';

let stack: FullStack;
const opened: RawStream[] = [];

beforeAll(async () => {
  stack = await startFullStack({ only: ['ordergroove'] });
});

afterEach(() => {
  for (const stream of opened.splice(0)) stream.close();
  stack.reset();
});

afterAll(() => stack.close());

interface Opening extends Omit<StreamRequest, 'headers'> {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

async function open({ claims = {}, headers = {}, ...asked }: Opening, of: FullStack = stack): Promise<RawStream> {
  const stream = await openStream(of.url, {
    ...asked,
    headers: { authorization: await of.bearer(claims), ...headers },
  });
  opened.push(stream);
  return stream;
}

const addText = exampleOperations.find(({ name }) => name === 'AddUpsellItem')?.text ?? '';
const { input: example }: { input: { orderId: string } } = Object(exampleVariables['AddUpsellItem']);
const { orderId } = example;

async function add(of: FullStack = stack): Promise<string> {
  const answer = await of.ask<Record<string, { operation: { id: string; status: string } }>, object>(addText, {
    input: { ...example, idempotencyKey: randomUUID() },
  });
  const operation = answer.data?.['addUpsellItem']?.operation;
  expect(operation?.status).toBe('SUCCEEDED');
  return operation?.id ?? '';
}

function linesOf(result: { readonly data?: { readonly orderUpdated: { readonly lineItems: { nodes: unknown[] } } } }) {
  return result.data?.orderUpdated.lineItems.nodes.length ?? Number.NaN;
}

describe('a subscription to an order', () => {
  test.each([false, true])('sends the order now, and again after a write (by GET: %s)', async (byGet) => {
    const stream = await open({ query: ORDER_UPDATED, variables: { id: orderId }, byGet });
    expect(stream.status).toBe(200);
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    await stream.wait(1);
    await add();
    const [before = {}, after = {}] = await stream.wait(2);
    expect(linesOf(after)).toBe(linesOf(before) + 1);
    expect(stream.hasEnded()).toBe(false);
  });

  test('sends one event when the window closes', async () => {
    const { clock } = stack.fixture('ordergroove').emulator;
    const now = await stack.ask<{ order: { window: { closesAt: { at: string } } } }, object>(
      'query ($id: ID!) { order(id: $id) { window { closesAt { at } } } }',
      { id: orderId },
    );
    const closesAt = Date.parse(now.data?.order.window.closesAt.at ?? '');
    // Nothing announces the end: the stream looks by itself.
    clock.set(new Date(closesAt - 62_500));
    const stream = await open({ query: WINDOW, variables: { id: orderId } });
    await stream.wait(2);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const states = stream.results().map(({ data }) => data.orderUpdated.window.state);
    expect(states).toEqual([expect.not.stringMatching('CLOSED'), 'CLOSED']);
  });

  test.each([
    ['of another shopper', orderId, { customers: { 'og-us': 'somebody-else' } }],
    ['that does not exist', toGlobalId({ type: 'Order', account: 'og-us', key: 'none' }), {}],
    ['of an account that does not exist', toGlobalId({ type: 'Order', account: 'none', key: '1' }), {}],
    ['that is no order', toGlobalId({ type: 'Product', account: 'og-us', key: '1' }), {}],
  ])('completes with null for an order %s, so that its changes are not noticed', async (_which, id, claims) => {
    const stream = await open({ query: ORDER_UPDATED, variables: { id }, claims });
    await stream.ended;
    expect(stream.text()).toBe('event: next\ndata: {"data":{"orderUpdated":null}}\n\nevent: complete\ndata:\n\n');
  });

  test('says null and completes once the order is another shopper’s', async () => {
    const storage = memoryStorage();
    const other = await startFullStack({ only: ['ordergroove'], parts: { storage } });
    const stream = await open({ query: ORDER_UPDATED, variables: { id: orderId } }, other);
    await stream.wait(1);
    const { emulator, account } = other.fixture('ordergroove');
    emulator.faults.add({
      match: { path: '^/orders/' },
      times: 'always',
      action: { kind: 'patchBody', set: { customer: 'somebody-else', 'results.*.customer': 'somebody-else' } },
    });
    storage.changes.publish([orderTopic(`${account}:${demoOrders.next}`)]);
    await stream.ended;
    expect(stream.results().map(({ data }) => data.orderUpdated?.id ?? null)).toEqual([orderId, null]);
    expect(stream.events().at(-1)).toEqual({ event: 'complete', data: '' });
    await other.close();
  });

  test('repeats an event that could not be read once the provider is back', async () => {
    const { faults } = stack.fixture('ordergroove').emulator;
    faults.add({ match: { path: '^/orders/' }, times: 'always', action: { kind: 'status', status: 503 } });
    const stream = await open({ query: ORDER_UPDATED, variables: { id: orderId } });
    const [failed] = await stream.wait(1);
    expect(failed).toMatchObject({ data: { orderUpdated: null }, errors: [{ extensions: {} }] });
    faults.clear();
    const [, read] = await stream.wait(2);
    expect(read?.data.orderUpdated.id).toBe(orderId);
  });
});

describe('a subscription to an operation', () => {
  test('sends the settled operation and completes', async () => {
    const id = await add();
    const stream = await open({ query: OPERATION_UPDATED, variables: { id } });
    await stream.ended;
    expect(stream.results()).toMatchObject([{ data: { operationUpdated: { id, status: 'SUCCEEDED' } } }]);
    expect(stream.events().at(-1)).toEqual({ event: 'complete', data: '' });
  });

  test('completes with null for an operation of another shopper', async () => {
    const id = await add();
    const stream = await open({ query: OPERATION_UPDATED, variables: { id }, claims: { sub: 'somebody-else' } });
    await stream.ended;
    expect(stream.results()).toEqual([{ data: { operationUpdated: null } }]);
  });
});

describe('the rules of queries hold for streams', () => {
  const watched = { query: ORDER_UPDATED, variables: { id: orderId } };
  const refusals: readonly [string, Opening, number, string][] = [
    ['without a token', { ...watched, headers: { authorization: '' } }, 401, 'UNAUTHENTICATED'],
    [
      'by GET from a page of another site',
      { ...watched, byGet: true, headers: { 'apollo-require-preflight': '' } },
      200,
      'BAD_REQUEST',
    ],
    ['of a mutation by GET', { query: addText, variables: { input: example }, byGet: true }, 405, 'BAD_REQUEST'],
    ['of an unknown field', { query: 'subscription { nothing }' }, 200, 'GRAPHQL_VALIDATION_FAILED'],
    ['of a text that is none', { query: 'subscription {' }, 200, 'GRAPHQL_PARSE_FAILED'],
    ['of a variable that is missing', { query: ORDER_UPDATED }, 200, 'BAD_USER_INPUT'],
    ['of an operation too dear', { ...watched, query: dear() }, 200, 'COST_LIMIT_EXCEEDED'],
    ['without the scope to read', { ...watched, claims: { scope: 'upsell:write' } }, 200, 'NOT_PERMITTED'],
  ];

  test.each(refusals)('refuses a stream %s', async (_which, opening, status, code) => {
    const stream = await open(opening);
    await stream.ended;
    expect(stream.status).toBe(status);
    // What is wrong with the document is an event; what is wrong with the request keeps its status.
    const [result] = status === 200 ? stream.results() : [JSON.parse(stream.text())];
    expect(result.errors).toMatchObject([{ extensions: { code } }]);
    expect(stream.text().endsWith('event: complete\ndata:\n\n')).toBe(status === 200);
  });

  test('refuses a subscription to a client that does not prefer an event stream, and serves its queries as ever', async () => {
    const authorization = await stack.bearer();
    for (const accept of [JSON_TYPES, '*/*', `${JSON_TYPES}, text/event-stream`]) {
      const refused = await stack.send(watched, { authorization, accept });
      expect(JSON.parse(refused.text).errors[0].message).toContain('text/event-stream');
      const served = await stack.send({ query: '{ __typename }' }, { authorization, accept });
      expect(JSON.parse(served.text)).toEqual({ data: { __typename: 'Query' } });
      expect(served.headers.get('content-type')).toContain('json');
    }
  });

  test('sends the result of a query as the only event', async () => {
    const stream = await open({ query: '{ viewer { kind } }' });
    await stream.ended;
    expect(stream.text()).toBe(
      'event: next\ndata: {"data":{"viewer":{"kind":"CUSTOMER"}}}\n\nevent: complete\ndata:\n\n',
    );
  });

  test('allows a shopper four streams, and counts those that ended no more', async () => {
    const four = [];
    for (let count = 0; count < 4; count += 1) four.push(await open(watched));
    for (const stream of four) expect(stream.status).toBe(200);
    const fifth = await open(watched);
    expect(fifth.status).toBe(429);
    expect(fifth.headers['retry-after']).toBe('5');
    await fifth.ended;
    expect(JSON.parse(fifth.text()).errors).toMatchObject([{ extensions: { code: 'STREAM_LIMIT_EXCEEDED' } }]);
    expect((await open({ ...watched, claims: { sub: 'shopper-2' } })).status).toBe(200);
    four[0]?.close();
    await until(async () => (await open(watched)).status === 200, 'a place was freed');
  });
});

describe('a stream ends before its subscription does', () => {
  test('when its token expires: without `complete`, and what is sent then is a wait before the next try', async () => {
    const seconds = Math.floor(Date.now() / 1_000);
    const stream = await open({ query: ORDER_UPDATED, variables: { id: orderId }, claims: { exp: seconds + 2 } });
    await stream.wait(1);
    await stream.ended;
    expect(Date.now() / 1_000).toBeGreaterThanOrEqual(seconds + 2);
    expect(stream.events()).toHaveLength(1);
    expect(stream.text()).toMatch(/retry: \d{4}\n\n$/);
  });

  test('when the process stops: without `complete`, and no other is opened', async () => {
    const other = await startFullStack({ only: ['ordergroove'] });
    const stream = await open({ query: ORDER_UPDATED, variables: { id: orderId } }, other);
    await stream.wait(1);
    const begunAt = performance.now();
    await other.close();
    // Apollo Server would have waited ten seconds for the stream.
    expect(performance.now() - begunAt).toBeLessThan(9_000);
    expect(stream.events()).toHaveLength(1);
    expect(stream.text()).toMatch(/retry: \d{4}\n\n$/);
  });
});

describe("graphql-sse's own client", () => {
  let client: Client;

  beforeAll(async () => {
    const headers = { authorization: await stack.bearer({ sub: 'oracle' }) };
    client = createClient({ url: `${stack.url}/graphql`, headers, retryAttempts: 0 });
  });

  afterAll(() => client.dispose());

  test.each([
    ['a query', '{ viewer { kind } }', { data: { viewer: { kind: 'CUSTOMER' } } }],
    ['a document that is refused', '{ nothing }', { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }],
  ])('takes the result and the end of %s', async (_which, query, expected) => {
    const results: unknown[] = [];
    for await (const result of client.iterate({ query })) results.push(result);
    expect(results).toMatchObject([expected]);
  });

  test('takes events of a subscription until it leaves', async () => {
    const events = client.iterate({ query: ORDER_UPDATED, variables: { id: orderId } });
    const first = await events.next();
    await add();
    const second = await events.next();
    expect(linesOf(Object(second.value))).toBe(linesOf(Object(first.value)) + 1);
    await events.return?.();
  });

  test('sees the end of a subscription to a settled operation', async () => {
    const answer = await stack.ask<Record<string, { operation: { id: string } }>, object>(
      addText,
      { input: { ...example, idempotencyKey: randomUUID() } },
      { claims: { sub: 'oracle' } },
    );
    const results: unknown[] = [];
    const id = answer.data?.['addUpsellItem']?.operation.id;
    for await (const result of client.iterate({ query: OPERATION_UPDATED, variables: { id } })) results.push(result);
    expect(results).toMatchObject([{ data: { operationUpdated: { status: 'SUCCEEDED' } } }]);
  });

  test('notices a stream that was interrupted', async () => {
    const seconds = Math.floor(Date.now() / 1_000);
    const headers = { authorization: await stack.bearer({ sub: 'brief', exp: seconds + 2 }) };
    const brief = createClient({ url: `${stack.url}/graphql`, headers, retryAttempts: 0 });
    const events = brief.iterate({ query: ORDER_UPDATED, variables: { id: orderId } });
    await events.next();
    await expect(events.next()).rejects.toThrow('Connection closed while having active streams');
  });
});

/** Beyond the limit on cost. */
function dear(): string {
  const lines = 'lineItems(first: 100) { nodes { product { id } } }';
  const again = Array.from({ length: 29 }, (_, index) => `l${index}: ${lines}`).join(' ');
  return `subscription ($id: ID!) { orderUpdated(orderId: $id) { ${again.replaceAll('product', 'order { lineItems(first: 100) { nodes { id } } } product')} } }`;
}
