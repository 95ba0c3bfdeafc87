import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { KeysUnavailable, Unauthenticated } from '../../src/auth/unauthenticated.js';
import { createApp } from '../../src/server/app.js';
import { allowOrigins } from '../../src/server/cors.js';
import { serveHealth } from '../../src/server/health.js';
import { createLog } from '../../src/server/log.js';
import { silentLog, startStubGraph, type StubGraph } from './stub-graph.js';

const running: StubGraph[] = [];

async function start(...parameters: Parameters<typeof startStubGraph>): Promise<StubGraph> {
  const graph = await startStubGraph(...parameters);
  running.push(graph);
  return graph;
}

afterEach(async () => {
  for (const graph of running.splice(0)) {
    graph.finish();
    await graph.stop();
  }
});

function ask({ app }: StubGraph, query: string, variables?: Record<string, unknown>, headers = {}) {
  return app.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } });
}

describe('the graph over HTTP', () => {
  test('answers POST, and GET for queries that show they are no cross-site request', async () => {
    const graph = await start();
    expect((await ask(graph, '{ actor }')).json()).toEqual({ data: { actor: 'a' } });
    const get = { method: 'GET', url: '/graphql?query={actor}' } as const;
    expect((await graph.app.inject({ ...get, headers: { 'apollo-require-preflight': '1' } })).json()).toEqual({
      data: { actor: 'a' },
    });
    expect((await graph.app.inject(get)).statusCode).toBe(400);
  });

  test('refuses a form post, which any page can make a browser send', async () => {
    const { app } = await start();
    const answer = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'text/plain' },
      payload: '{"query":"{ actor }"}',
    });
    expect(answer.statusCode).toBe(415);
    expect(answer.body).not.toContain('"data"');
  });

  test('hands a shopper’s session to its account only, and a renewed one back', async () => {
    const graph = await start();
    const headers = { 'x-shopper-session': 'shop-se=abc.DEF=, shop-no=xyz' };
    const read = await ask(graph, '{ se: session(account: "shop-se") no: session(account: "og-us") }', {}, headers);
    expect(read.json()).toEqual({ data: { se: 'abc.DEF=', no: null } });
    expect(read.headers['x-shopper-session']).toBeUndefined();
    const renewed = await ask(graph, '{ session(account: "shop-se", renewal: "new1") }', {}, headers);
    expect(renewed.headers['x-shopper-session']).toBe('shop-se=new1');
    expect(graph.lines()).not.toContain('abc.DEF');
  });

  test('says in one shape what is wrong with a request', async () => {
    const { app } = await start();
    const post = { method: 'POST', url: '/graphql', headers: { 'content-type': 'application/json' } } as const;
    const broken = await app.inject({ ...post, payload: '{"query": ' });
    expect([broken.statusCode, broken.json()]).toEqual([
      400,
      { errors: [{ message: 'The request body is not valid JSON.', extensions: { code: 'BAD_REQUEST' } }] },
    ]);
    const xml = await app.inject({ ...post, headers: { 'content-type': 'text/xml' }, payload: '<a/>' });
    expect([xml.statusCode, xml.json().errors[0].message]).toEqual([415, 'Send the request as application/json.']);
    const nowhere = await app.inject({ method: 'GET', url: '/nowhere' });
    expect([nowhere.statusCode, nowhere.json().errors[0].extensions.code]).toEqual([404, 'NOT_FOUND']);
  });

  test('lets a text of 127 kB reach the resolvers and refuses a body beyond 256 KiB readably', async () => {
    const graph = await start();
    const query = 'query ($text: String) { length(text: $text) }';
    expect((await ask(graph, query, { text: 'x'.repeat(127_000) })).json()).toEqual({ data: { length: 127_000 } });
    const tooLarge = await ask(graph, query, { text: 'x'.repeat(256 * 1024) });
    expect([tooLarge.statusCode, tooLarge.json()]).toEqual([
      413,
      {
        errors: [{ message: 'The request body is larger than 256 KiB.', extensions: { code: 'PAYLOAD_TOO_LARGE' } }],
      },
    ]);
  });

  test('does not send a long input back inside an error', async () => {
    const graph = await start();
    const answer = await ask(graph, 'query ($text: String) { length(text: $text) }', { text: ['x'.repeat(100_000)] });
    expect(answer.json().errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(answer.body.length).toBeLessThan(1500);
  });
});

describe('errors', () => {
  test('raised on purpose are shown as they are', async () => {
    const answer = await ask(await start(), '{ refuse }');
    expect(answer.json().errors).toEqual([
      expect.objectContaining({ message: 'Not like this.', path: ['refuse'], extensions: { code: 'BAD_USER_INPUT' } }),
    ]);
  });

  test('nobody expected are masked, with the id under which the log has them and their cause', async () => {
    const graph = await start();
    const answer = await ask(graph, '{ crash }');
    const requestId = answer.headers['x-request-id'];
    expect(answer.json().errors).toEqual([
      {
        message: 'Something went wrong on our side. Quote the request id to have it looked up.',
        path: ['crash'],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
      },
    ]);
    const logged: unknown = JSON.parse(graph.lines());
    expect(logged).toMatchObject({
      level: 'error',
      requestId,
      err: { message: 'secret table is gone', cause: { message: 'disk full' } },
    });
  });

  test('never take a credential into the log', async () => {
    const graph = await start();
    await ask(graph, '{ crash }');
    expect(graph.lines()).not.toContain('key-never-to-be-logged');
    const written: string[] = [];
    const log = createLog('info', { write: (line) => written.push(line) });
    log.info({ apiKey: 'K1', headers: { authorization: 'K2' }, account: { settings: { storefrontKey: 'K3' } } });
    expect(written.join('')).not.toMatch(/K[123]/);
  });
});

describe('a token', () => {
  test('that is missing or bad gives 401 and runs nothing', async () => {
    const graph = await start(async () => {
      throw new Unauthenticated(undefined, { cause: new Error('expired yesterday') });
    });
    const answer = await ask(graph, '{ actor }');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.json().errors).toEqual([
      { message: 'A valid bearer token is needed.', extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(graph.signals).toHaveLength(0);
    expect(graph.lines()).toContain('expired yesterday');
  });

  test('that cannot be checked gives 503, because trying again helps', async () => {
    const graph = await start(async () => {
      throw new KeysUnavailable('fault', 'https://issuer.test', { cause: new Error('no route') });
    });
    const answer = await ask(graph, '{ actor }');
    expect([answer.statusCode, answer.json().errors[0].extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  });

  test('is read from the Authorization header', async () => {
    const seen: (string | undefined)[] = [];
    const graph = await start(async (authorization) => {
      seen.push(authorization);
      return { id: 'b', kind: 'GUEST', scopes: [], customers: {}, orders: {} };
    });
    const answer = await ask(graph, '{ actor }', {}, { authorization: 'Bearer x' });
    expect([answer.json(), seen]).toEqual([{ data: { actor: 'b' } }, ['Bearer x']]);
  });

  test('check that breaks is masked like any other error', async () => {
    const graph = await start(async () => {
      throw new Error('inner detail');
    });
    const answer = await ask(graph, '{ actor }');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('inner detail');
  });
});

describe('a request', () => {
  test('tells its resolvers when the client has gone', async () => {
    const graph = await start();
    const address = await graph.app.listen({ host: '127.0.0.1', port: 0 });
    const client = new AbortController();
    const answer = post(address, '{ wait }', client.signal);
    const signal = await eventually(() => graph.signals[0]);
    expect(signal.aborted).toBe(false);
    client.abort();
    await expect(answer).rejects.toThrow('aborted');
    await eventually(() => signal.aborted || undefined);
  });

  test('that is running ends before the server does, and new ones are refused', async () => {
    const graph = await start();
    const address = await graph.app.listen({ host: '127.0.0.1', port: 0 });
    const answer = post(address, '{ wait }');
    await eventually(() => graph.signals[0]);
    let isStopped = false;
    const stopped = graph.stop().finally(() => {
      isStopped = true;
    });
    await eventually(() => (graph.app.server.listening ? undefined : true));
    await expect(post(address, '{ actor }')).rejects.toThrow('fetch failed');
    expect(isStopped).toBe(false);
    graph.finish();
    expect(await (await answer).json()).toEqual({ data: { wait: 'done' } });
    await stopped;
  });
});

function post(address: string, query: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    ...(signal && { signal }),
  });
}

async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not happen in time');
}

describe('stopping', () => {
  test('does not wait for a connection on which nothing was asked', async () => {
    const graph = await start();
    const { port } = new URL(await graph.app.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const countConnections = promisify(graph.app.server.getConnections.bind(graph.app.server));
    while ((await countConnections()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const begun = performance.now();
    await graph.stop();
    expect(performance.now() - begun).toBeLessThan(5_000);
    socket.destroy();
  });

  test('an answer that its client has not taken yet is sent to its end', async () => {
    const ANSWER = 'x'.repeat(20_000_000);
    const app = createApp(silentLog);
    app.get('/', () => ANSWER);
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
    let taken = String((await once(socket, 'data'))[0]);
    socket.pause();
    const closed = app.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.on('data', (chunk) => (taken += String(chunk))).resume();
    await once(socket, 'close');
    expect(taken.length).toBeGreaterThan(ANSWER.length);
    await closed;
  });
});

describe('health', () => {
  test('is about the process, readiness about the ledger, the keys and whether it stops', async () => {
    const app = createApp(silentLog);
    let reachable = true;
    const ping = async () => {
      if (!reachable) throw new Error('connection refused at 10.0.0.1');
    };
    let givenUp = 0;
    let hasKeys = true;
    let withoutKeys: readonly string[] = [];
    const health = serveHealth(app, {
      ledger: { ping, countUnsettled: async () => ({ pending: 0, indeterminate: 0, givenUp }) },
      checkKeys: async () => {
        if (!hasKeys)
          throw new KeysUnavailable('fault', 'https://issuer.test', { cause: new Error('no route to 10.0.0.2') });
        return withoutKeys;
      },
      log: silentLog,
    });
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready', warnings: [] });
    givenUp = 2;
    expect((await app.inject('/readyz')).json()).toEqual({
      status: 'ready',
      warnings: [
        '2 writes have an unknown outcome that reading could not settle. See `upsell-graph operations --unsettled`.',
      ],
    });
    reachable = false;
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    const answer = await app.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.body).not.toContain('10.0.0.1');
    reachable = true;
    hasKeys = false;
    const keyless = await app.inject('/readyz');
    expect([keyless.statusCode, keyless.json().reason]).toEqual([503, expect.stringContaining('keys')]);
    expect(keyless.body).not.toContain('10.0.0.2');
    hasKeys = true;
    withoutKeys = ['https://second.test'];
    expect((await app.inject('/readyz')).json()).toMatchObject({
      warnings: [expect.any(String), 'The keys of https://second.test cannot be fetched: its tokens get 503.'],
    });
    withoutKeys = [];
    expect((await app.inject('/readyz')).statusCode).toBe(200);
    health.announceStop();
    const stopping = await app.inject('/readyz');
    expect([stopping.statusCode, stopping.headers['connection']]).toEqual([503, 'close']);
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });
});

describe('browsers of other origins', () => {
  const shop = 'https://shop.example';

  async function answerTo(origin: string, method: 'OPTIONS' | 'GET' = 'OPTIONS', url = '/graphql') {
    const app = createApp(silentLog);
    allowOrigins(app, ['/graphql'], [shop]);
    serveHealth(app, {
      ledger: { ping: async () => {}, countUnsettled: async () => ({ pending: 0, indeterminate: 0, givenUp: 0 }) },
      checkKeys: async () => [],
      log: silentLog,
    });
    const preflight = method === 'OPTIONS' && { 'access-control-request-method': 'POST' };
    return app.inject({ method, url, headers: { origin, ...preflight } });
  }

  test('may call the graph when they are listed', async () => {
    const answer = await answerTo(shop);
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': shop,
      'access-control-allow-methods': 'GET, POST',
      vary: 'Origin',
    });
    expect(answer.headers['access-control-allow-headers']).toContain('authorization');
  });

  test('may not when they are not, nor ask for anything else', async () => {
    for (const answer of [
      await answerTo('https://shop.example.evil'),
      await answerTo('null'),
      await answerTo(shop, 'GET', '/healthz'),
    ]) {
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});
