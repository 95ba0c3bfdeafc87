import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { KeysUnavailable, Unauthenticated } from '../../src/auth/unauthenticated.js';
import { defaultLimits } from '../../src/config/limits.js';
import type { Actor } from '../../src/domain/actor.js';
import { type Observe, unobserved } from '../../src/domain/observer.js';
import { toGlobalId } from '../../src/domain/reference.js';
import { CallLimiter } from '../../src/http/call-limiter.js';
import { createOperationLabels } from '../../src/observability/metrics/recorders.js';
import { openObservability } from '../../src/observability/observability.js';
import { newOperation } from '../../src/operations/claim.js';
import type { OutboundRequest } from '../../src/domain/transport.js';
import { createLog } from '../../src/server/log.js';
import { memoryStorage } from '../../src/server/storage.js';
import { AddUpsellItemDocument, OperationByKeyDocument, UpcomingOrdersDocument } from '../generated/graphql.js';
import { openShop, type Shop, type ShopOptions } from '../e2e/shop.js';
import { somebody, startStubGraph, type StubGraph } from '../server/stub-graph.js';
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.js';
import { type SpanTree, treeOf } from './span-tree.js';

const customer = '6419554042026';
const order = '6789756e263d11eea3da0a20cdd8d0a2';
const product = '44931275391146';
const documented: ShopOptions = {
  scenario: 'documented',
  customer,
  settings: {
    merchantId: 'a87c5d3c787b11ec9f630e0e56c94aa5',
    offerId: '6b3e0e7045a811ed92406e28f0c7c7df',
    settlingSeconds: 1,
    timeoutMs: 5_000,
  },
};
const SERVER = 2;
const CLIENT = 3;

const readTrace = '0af7651916cd43dd8448eb211c80319c';
const writeTrace = '4bf92f3577b34da6a3ce929d0e0e4736';
const outageTrace = '11111111111111111111111111111111';
const callerSpan = 'b7ad6b7169203331';

function callerOf(traceId: string) {
  return { traceparent: `00-${traceId}-${callerSpan}-01`, tracestate: 'vendor=opaque' };
}

function addition() {
  const orderId = toGlobalId({ type: 'Order', account: 'og-us', key: order });
  return {
    input: { idempotencyKey: randomUUID(), orderId, item: { providerProduct: { providerId: product } }, quantity: 1 },
  };
}

/** A write that a process left open before it sent anything, one that recovery looks at later, one given up. */
async function storageWithOpenWrites() {
  const storage = memoryStorage();
  await storage.ledger.claim(openWrite(), { forMs: -1 });
  await storage.ledger.claim({ ...openWrite(), status: 'INDETERMINATE' }, { forMs: 86_400_000 });
  await storage.ledger.claim({ ...openWrite(), status: 'INDETERMINATE' }, { forMs: null });
  return storage;
}

function openWrite() {
  const actor: Actor = { id: 'a', kind: 'CUSTOMER', scopes: [], customers: { 'og-us': customer }, orders: {} };
  return newOperation(
    {
      actor,
      account: 'og-us',
      idempotencyKey: randomUUID(),
      request: { kind: 'REMOVE_UPSELL_ITEM', lineItemKey: 'line' },
      guards: { preview: null, maxIncrease: null },
    },
    randomUUID(),
    new Date(0),
  );
}

const outbound: OutboundRequest = {
  kind: 'read',
  method: 'GET',
  url: 'http://provider.test/orders/',
  urlTemplate: '/orders/',
  attempt: 1,
  headers: {},
  caller: { actorId: 'a', shopper: { customerId: null, recognised: false } },
  timeoutMs: 10_000,
  totalTimeoutMs: 10_000,
  signal: new AbortController().signal,
};

interface Sample {
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
}

function samplesOf(page: string, name: string): readonly Sample[] {
  return page.split('\n').flatMap((line) => {
    const [, labels = '', value] = new RegExp(`^${name}\\{(.*)\\} (\\S+)$`).exec(line) ?? [];
    const pairs = labels.matchAll(/(\w+)="([^"]*)"/g);
    return value === undefined
      ? []
      : [{ value: Number(value), labels: Object.fromEntries(Array.from(pairs, ([, key, text]) => [key, text])) }];
  });
}

describe('a server that is observed', () => {
  let collector: OtlpReceiver;
  let shop: Shop;
  let page = '';
  const log: Readonly<Record<string, unknown>>[] = [];
  const calls = new Map<string, ReturnType<Shop['emulator']['requests']['list']>>();

  async function during(traceId: string, work: () => Promise<unknown>) {
    shop.emulator.requests.clear();
    await work();
    calls.set(traceId, [...shop.emulator.requests.list()]);
  }

  function tree(traceId: string): SpanTree {
    return treeOf(collector.spans, traceId);
  }

  function lines(message: string) {
    return log.filter(({ msg }) => msg === message);
  }

  function callsIn(traceId: string) {
    return calls.get(traceId) ?? [];
  }

  beforeAll(async () => {
    collector = await startOtlpReceiver();
    shop = await openShop({
      ...documented,
      config: { observability: { otlpUrl: collector.url, metrics: true, requestLog: true } },
      storage: await storageWithOpenWrites(),
      onLog: (line) => log.push(JSON.parse(line)),
    });
    await during(readTrace, () => shop.ask(UpcomingOrdersDocument, {}, customer, callerOf(readTrace)));
    await during(writeTrace, () => shop.ask(AddUpsellItemDocument, addition(), customer, callerOf(writeTrace)));
    shop.emulator.faults.add({
      match: { path: '^/orders/' },
      times: 'always',
      action: { kind: 'status', status: 503 },
    });
    await during(outageTrace, () => shop.ask(UpcomingOrdersDocument, {}, customer, callerOf(outageTrace)));
    await shop.ask('{ __typename }');
    await shop.ask('query Unknown { nothingOfTheKind }');
    await fetch(`${shop.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
    page = await (await fetch(`${shop.url}/metrics`)).text();
    await shop.close();
  });

  afterAll(async () => {
    const counts = [readTrace, writeTrace].map((traceId) => tree(traceId).spans.length);
    process.stdout.write(`Spans: ${counts[0]} for the flagship query, ${counts[1]} for addUpsellItem\n`);
    await collector.close();
  });

  test('continues the trace of its caller, and says who it is', () => {
    for (const [traceId, type, name] of [
      [readTrace, 'query', 'UpcomingOrders'],
      [writeTrace, 'mutation', 'AddUpsellItem'],
    ] as const) {
      expect(tree(traceId).roots).toEqual([
        expect.objectContaining({
          name: type,
          kind: SERVER,
          parentSpanId: callerSpan,
          hasFailed: false,
          attributes: {
            'graphql.operation.name': name,
            'graphql.operation.type': type,
            'http.request.method': 'POST',
            'http.response.status_code': 200,
            'upsell.graph.outcome': 'ok',
          },
        }),
      ]);
    }
    expect(collector.resource).toMatchObject({ 'service.name': 'upsell-graph', 'service.version': '0.1.0' });
  });

  test('shows a read as its loader batches and provider calls', () => {
    const { paths, at } = tree(readTrace);
    expect(paths).toEqual(
      expect.arrayContaining([
        'query > GET /orders/',
        'query > dataloader.batch lineItemsOf',
        'query > dataloader.batch product > GET /products/',
      ]),
    );
    expect(at('query > dataloader.batch lineItemsOf').attributes).toEqual({
      'upsell.account': 'og-us',
      'upsell.loader.name': 'lineItemsOf',
      'upsell.loader.batch_size': 2,
      'upsell.loader.failed': 0,
    });
    const host = new URL(shop.emulator.url);
    expect(at('query > GET /orders/')).toMatchObject({
      kind: CLIENT,
      hasFailed: false,
      attributes: {
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'server.address': host.hostname,
        'server.port': Number(host.port),
        'upsell.account': 'og-us',
        'upsell.provider': 'ORDERGROOVE',
        'url.template': '/orders/',
      },
    });
  });

  test('shows a write as the steps of the protocol with what each of them asked', () => {
    const write = 'mutation > write ADD_UPSELL_ITEM';
    const { paths, at } = tree(writeTrace);
    expect(paths).toEqual(
      expect.arrayContaining([
        `${write} > step read_target > GET /orders/{order}/`,
        `${write} > step add_item > POST /items/iu/`,
        `${write} > step read_back > GET /orders/{order}/`,
      ]),
    );
    expect(at(write).attributes).toEqual({
      'upsell.account': 'og-us',
      'upsell.write.kind': 'ADD_UPSELL_ITEM',
      'upsell.operation.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'upsell.operation.status': 'SUCCEEDED',
    });
    expect(at(`${write} > step add_item`).attributes).toMatchObject({ 'upsell.step.outcome': 'DONE' });
    expect(at(`${write} > step read_back`).attributes).toMatchObject({ 'upsell.step.outcome': 'DONE' });
  });

  test('carries the trace to the provider: each call has the span of its own', () => {
    for (const traceId of [readTrace, writeTrace, outageTrace]) {
      const clients = tree(traceId).spans.filter(({ kind }) => kind === CLIENT);
      expect(clients.length).toBeGreaterThan(2);
      expect(callsIn(traceId).map(({ headers }) => headers['traceparent'])).toEqual(
        expect.arrayContaining(clients.map(({ spanId }) => `00-${traceId}-${spanId}-01`)),
      );
      expect(callsIn(traceId)).toHaveLength(clients.length);
      expect(new Set(callsIn(traceId).map(({ headers }) => headers['tracestate']))).toEqual(new Set(['vendor=opaque']));
    }
  });

  test('shows each attempt at a provider in trouble, with its error', () => {
    const failed = tree(outageTrace).spans.filter(({ name }) => name === 'GET /orders/');
    expect(failed.length).toBeGreaterThan(1);
    expect(
      failed
        .map(({ attributes }) => Number(attributes['http.request.resend_count'] ?? 0))
        .toSorted((left, right) => left - right),
    ).toEqual(failed.map((_span, index) => index));
    for (const { hasFailed, attributes } of failed) {
      expect(hasFailed).toBe(true);
      expect(attributes).toMatchObject({ 'http.response.status_code': 503, 'error.type': '503' });
    }
  });

  test('settles a write that was left open in a trace of its own', () => {
    const recovery = collector.spans.find(({ name }) => name === 'recover REMOVE_UPSELL_ITEM');
    expect(recovery).toMatchObject({ parentSpanId: '', attributes: { 'upsell.operation.status': 'FAILED' } });
    expect(lines('recovery')).toEqual([expect.objectContaining({ trace_id: recovery?.traceId, status: 'FAILED' })]);
  });

  test('logs requests, writes and failed calls with their trace', () => {
    const { spanId } = tree(readTrace).at('query');
    expect(lines('request')).toContainEqual(
      expect.objectContaining({
        trace_id: readTrace,
        span_id: spanId,
        trace_flags: '01',
        requestId: expect.any(String),
        operation: 'UpcomingOrders',
        outcome: 'ok',
      }),
    );
    expect(lines('write')).toEqual([expect.objectContaining({ trace_id: writeTrace, status: 'SUCCEEDED' })]);
    expect(lines('provider call failed')).toContainEqual(
      expect.objectContaining({ trace_id: outageTrace, endpoint: '/orders/', status: 503, attempt: 2 }),
    );
  });

  test('counts requests by operation and outcome, also those that were refused', () => {
    const counted = samplesOf(page, 'upsell_graph_requests_total');
    expect(counted).toEqual(
      expect.arrayContaining([
        { labels: { operation: 'UpcomingOrders', type: 'query', outcome: 'ok' }, value: 2 },
        { labels: { operation: 'AddUpsellItem', type: 'mutation', outcome: 'ok' }, value: 1 },
        { labels: { operation: '(anonymous)', type: 'query', outcome: 'ok' }, value: 1 },
        { labels: { operation: 'Unknown', type: 'query', outcome: 'refused' }, value: 1 },
        { labels: { operation: '(none)', type: '(none)', outcome: 'refused' }, value: 1 },
      ]),
    );
    expect(samplesOf(page, 'upsell_graph_request_duration_seconds_count')).toHaveLength(counted.length);
  });

  test('counts and times provider calls by endpoint, loader batches and writes', () => {
    const orders = { account: 'og-us', provider: 'ORDERGROOVE', method: 'GET', endpoint: '/orders/' };
    const calls = samplesOf(page, 'upsell_provider_calls_total').filter(
      ({ labels }) => labels['endpoint'] === '/orders/',
    );
    const attempts = tree(outageTrace).spans.filter(({ name }) => name === 'GET /orders/').length;
    expect(calls).toEqual([
      { labels: { ...orders, outcome: '200' }, value: 1 },
      { labels: { ...orders, outcome: '503' }, value: attempts },
    ]);
    expect(samplesOf(page, 'upsell_provider_call_duration_seconds_count')).toContainEqual({
      labels: orders,
      value: attempts + 1,
    });
    expect(samplesOf(page, 'upsell_loader_batch_size_sum')).toContainEqual({
      labels: { account: 'og-us', loader: 'lineItemsOf' },
      value: 2,
    });
    expect(samplesOf(page, 'upsell_writes_total')).toEqual([
      { labels: { account: 'og-us', kind: 'ADD_UPSELL_ITEM', status: 'SUCCEEDED' }, value: 1 },
    ]);
    expect(samplesOf(page, 'upsell_recoveries_total')).toEqual([
      { labels: { account: 'og-us', kind: 'REMOVE_UPSELL_ITEM', status: 'FAILED' }, value: 1 },
    ]);
  });

  test('shows the metrics that the documentation lists', () => {
    const text = readFileSync(new URL('../../docs/observability.md', import.meta.url), 'utf8');
    const listed = Array.from(text.matchAll(/^\| `(upsell_\w+)` +\| (\w+)/gm), ([, name, type]) => `${type} ${name}`);
    const shown = Array.from(page.matchAll(/^# TYPE (upsell_\w+) (\w+)$/gm), ([, name, type]) => `${type} ${name}`);
    expect(listed.toSorted()).toEqual(shown.toSorted());
    expect(shown.length).toBeGreaterThan(8);
  });

  test('shows the writes that are open when the page is read', () => {
    expect(samplesOf(page, 'upsell_ledger_operations')).toEqual([
      { labels: { state: 'pending' }, value: 0 },
      { labels: { state: 'indeterminate' }, value: 1 },
      { labels: { state: 'given_up' }, value: 1 },
    ]);
  });

  test('tells nothing of the shopper', () => {
    const told = JSON.stringify([collector.spans, log]) + page;
    for (const personal of [customer, order, product, 'line-1', 'shopper-']) expect(told).not.toContain(personal);
  });
});

describe('a write whose answer got lost', () => {
  test('is settled in a trace of its own, which is linked to the one it began in', async () => {
    const collector = await startOtlpReceiver();
    const shop = await openShop({ ...documented, config: { observability: { otlpUrl: collector.url } } });
    const input = addition();
    shop.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'applyThenReset' } });
    shop.emulator.faults.add({
      match: { method: 'GET' },
      skip: 6,
      times: 'always',
      action: { kind: 'status', status: 503 },
    });
    const { data } = await shop.ask(AddUpsellItemDocument, input, customer, callerOf(writeTrace));
    expect(data?.addUpsellItem.operation?.status).toBe('INDETERMINATE');
    shop.emulator.faults.clear();
    const statusNow = async () => {
      const { idempotencyKey } = input.input;
      return (await shop.ask(OperationByKeyDocument, { idempotencyKey })).data?.operationByKey?.status;
    };
    while ((await statusNow()) === 'INDETERMINATE') {
      shop.emulator.clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await shop.close();
    await collector.close();

    const recovery = collector.spans.findLast(({ name }) => name === 'recover ADD_UPSELL_ITEM');
    expect(recovery?.attributes).toMatchObject({ 'upsell.operation.status': 'SUCCEEDED' });
    const { spanId } = treeOf(collector.spans, writeTrace).at('mutation > write ADD_UPSELL_ITEM');
    expect(recovery?.links).toEqual([{ traceId: writeTrace, spanId }]);
    expect([recovery?.traceId, recovery?.parentSpanId]).toEqual([expect.not.stringContaining(writeTrace), '']);
  });
});

describe('a server whose collector refuses everything', () => {
  test('answers all the same, says so once, and has its metrics on a port of their own', async () => {
    const collector = await startOtlpReceiver(400);
    const log: Readonly<Record<string, unknown>>[] = [];
    const shop = await openShop({
      ...documented,
      config: { observability: { otlpUrl: collector.url, metricsPort: 0 } },
      onLog: (line) => log.push(JSON.parse(line)),
    });
    expect(await shop.ask('{ __typename }')).toEqual({ status: 200, data: { __typename: 'Query' } });
    expect((await fetch(`${shop.url}/metrics`)).status).toBe(404);
    const url = String(log.find(({ metrics }) => metrics !== undefined)?.['metrics']);
    const page = await fetch(url);
    expect(page.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(samplesOf(await page.text(), 'upsell_graph_requests_total')).toHaveLength(1);
    await shop.close();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    const complaints = log.filter(({ msg }) => msg === 'spans cannot be exported');
    expect(complaints).toEqual([expect.not.objectContaining({ requestId: expect.anything() })]);
    expect(log.filter(({ msg }) => msg === 'request')).toEqual([]);
    await collector.close();
  });
});

describe('an account that is spared', () => {
  test('counts what it was not asked as such, and times only what it was', async () => {
    const shop = await openShop({ ...documented, config: { observability: { metrics: true } } });
    shop.emulator.faults.add({ times: 'always', action: { kind: 'status', status: 503 } });
    // Repeats do not open a circuit, so that two requests may be too few.
    for (let request = 1; request <= 5; request += 1) await shop.ask(UpcomingOrdersDocument, {});
    const page = await (await fetch(`${shop.url}/metrics`)).text();
    const asked = shop.emulator.requests.list().length;
    await shop.close();
    const totalOf = (samples: readonly Sample[]) => samples.reduce((sum, { value }) => sum + value, 0);
    const calls = samplesOf(page, 'upsell_provider_calls_total');
    const withOutcome = (name: string) => totalOf(calls.filter(({ labels }) => labels['outcome'] === name));
    expect(withOutcome('503')).toBe(asked);
    expect(withOutcome('circuit_open')).toBeGreaterThan(0);
    expect(totalOf(samplesOf(page, 'upsell_provider_call_duration_seconds_count'))).toBe(asked);
  });

  test('sends what has waited for its turn as part of the request it belongs to', async () => {
    const request = new AsyncLocalStorage<string>();
    const limiter = new CallLimiter({ parallel: 1 }, () => 'answered');
    const senders: unknown[] = [];
    const send = async () => {
      senders.push(request.getStore());
      await new Promise(setImmediate);
      return { status: 200, headers: {}, text: '' };
    };
    await Promise.all(['first', 'second', 'third'].map((name) => request.run(name, () => limiter.run(outbound, send))));
    expect(senders).toEqual(['first', 'second', 'third']);
  });
});

describe('a server that is not observed', () => {
  test('has nothing around its work', async () => {
    const config = { otlpUrl: null, serviceName: 'a', sampleRatio: 1, metrics: false, requestLog: false };
    const parts = { log: createLog('info'), ledger: memoryStorage().ledger, version: '1.0.0', instance: {} };
    expect(await openObservability(config, parts)).toMatchObject({ observe: unobserved, metrics: null });
  });

  test('has no page, sends no trace on and logs none', async () => {
    const log: string[] = [];
    const shop = await openShop({ ...documented, onLog: (line) => log.push(line) });
    await shop.ask(UpcomingOrdersDocument, {}, customer, callerOf(readTrace));
    await fetch(`${shop.url}/graphql`, { headers: { authorization: 'Bearer none', 'apollo-require-preflight': '1' } });
    expect((await fetch(`${shop.url}/metrics`)).status).toBe(404);
    const calls = shop.emulator.requests.list();
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter(({ headers }) => 'traceparent' in headers)).toEqual([]);
    await shop.close();
    expect(log.join('')).toContain('token refused');
    expect(log.join('')).not.toContain('trace_id');
  });
});

describe('the outcome of a request', () => {
  const answers: unknown[] = [];
  const keepAnswers: Observe = async (_name, _begin, work, endOf) => {
    const result = await work({});
    answers.push(endOf(result));
    return result;
  };
  let graph: StubGraph;

  beforeAll(async () => {
    const refuseSome = async (authorization: string | undefined) => {
      if (authorization === 'unreadable') throw new KeysUnavailable('fault', 'https://issuer.test');
      if (authorization !== undefined) throw new Unauthenticated('Not you.');
      return somebody;
    };
    graph = await startStubGraph(refuseSome, { ...defaultLimits, batch: 5 }, keepAnswers);
  });

  afterAll(() => graph.stop());

  async function answerTo(payload: object, headers: Readonly<Record<string, string>> = {}) {
    answers.length = 0;
    await graph.app.inject({ method: 'POST', url: '/graphql', headers, payload });
    expect(answers).toHaveLength(1);
    return answers[0];
  }

  test('is told by its data and its errors', async () => {
    const named = (name: string) => ({ type: 'query', name });
    const ok = { outcome: 'ok', errorCode: null, httpStatus: 200 };
    expect(await answerTo({ query: 'query A { actor }' })).toEqual({ ...ok, operation: named('A') });
    expect(await answerTo({ query: 'query B { actor crash }' })).toEqual({
      operation: named('B'),
      outcome: 'partial',
      errorCode: 'INTERNAL_SERVER_ERROR',
      httpStatus: 200,
    });
    const refused = { outcome: 'refused', errorCode: 'GRAPHQL_VALIDATION_FAILED' };
    expect(await answerTo({ query: 'query C { nothing }' })).toMatchObject({ ...refused, operation: named('C') });
    const two = { query: 'query C { nothing } query D { actor }' };
    expect(await answerTo({ ...two, operationName: 'D' })).toMatchObject({ ...refused, operation: named('D') });
    expect(await answerTo(two)).toMatchObject({ ...refused, operation: null });
    expect(await answerTo({ query: '{' })).toMatchObject({ outcome: 'refused', errorCode: 'GRAPHQL_PARSE_FAILED' });
    expect(await answerTo({ query: '{ actor }' }, { authorization: 'x' })).toEqual({
      operation: null,
      outcome: 'refused',
      errorCode: 'UNAUTHENTICATED',
      httpStatus: 401,
    });
    expect(await answerTo({ query: '{ actor }' }, { authorization: 'unreadable' })).toMatchObject({
      outcome: 'failed',
      errorCode: 'SERVICE_UNAVAILABLE',
      httpStatus: 503,
    });
    expect(await answerTo({ query: 5 })).toMatchObject({ outcome: 'refused', errorCode: 'BAD_REQUEST' });
  });

  test('of several operations in one is that of the worst', async () => {
    const batch = [{ query: '{ actor }' }, { query: 'query B { actor crash }' }, { query: '{ actor }' }];
    expect(await answerTo(batch)).toEqual({ operation: null, outcome: 'partial', errorCode: null, httpStatus: 200 });
  });
});

describe('the names of operations', () => {
  test('become few labels, whatever clients send', () => {
    const labelOf = createOperationLabels();
    const named = (name: string | null) => labelOf({ type: 'query', name });
    expect(named('First')).toBe('First');
    const labels = new Set(Array.from({ length: 5_000 }, (_, index) => named(`Made${index}`)));
    expect(labels.size).toBeLessThanOrEqual(101);
    expect(labels).toContain('(other)');
    expect(named('First')).toBe('First');
    expect(createOperationLabels()({ type: 'query', name: 'x'.repeat(61) })).toBe('(other)');
    expect([named(null), labelOf(null)]).toEqual(['(anonymous)', '(none)']);
  });
});
