import { getEventListeners, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type OutboundRequest, type OutboundResponse, TransportFailure } from '../../src/domain/transport.js';
import { call, type CallConditions, type CallRequest } from '../../src/http/call.js';
import { type Effect, effectOf, type Failure } from '../../src/http/failure.js';
import { decideRetry } from '../../src/http/retry.js';
import { readRetryAfter } from '../../src/http/retry-after.js';
import { problemOfFailure } from '../../src/http/status-problem.js';
import { type AccountTransport, createTransport } from '../../src/http/transport.js';

const now = new Date('2026-11-21T09:00:00Z');

function status(code: number, retryAfterMs: number | null = null, effect?: Effect): Failure {
  return { type: 'status', status: code, retryAfterMs, ...(effect && { effect }) };
}

const timedOut: Failure = { type: 'transport', kind: 'TIMEOUT', mayHaveArrived: true };
const neverLeft: Failure = { type: 'transport', kind: 'UNAVAILABLE', mayHaveArrived: false };

describe('the transport', () => {
  let server: Server;
  let transport: AccountTransport;
  let url = '';
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  let seen: string[] = [];
  const sockets = new Set<unknown>();

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      sockets.add(request.socket);
      answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = urlOf(server);
    transport = createTransport({ connections: 1, maxResponseBytes: 1000 });
  });

  afterEach(() => {
    seen = [];
  });

  afterAll(async () => {
    await transport.close();
    server.closeAllConnections();
    server.close();
  });

  function request(more: Partial<OutboundRequest> = {}): OutboundRequest {
    return {
      kind: 'read',
      method: 'GET',
      url,
      urlTemplate: '/',
      attempt: 1,
      headers: {},
      caller: { actorId: 'a', shopper: { customerId: null, recognised: false } },
      timeoutMs: 1000,
      totalTimeoutMs: 1000,
      signal: new AbortController().signal,
      ...more,
    };
  }

  async function failureOf(promise: Promise<unknown>): Promise<TransportFailure> {
    const error = await promise.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (error instanceof TransportFailure) return error;
    throw new Error('expected a TransportFailure');
  }

  test('hands on status, lower-case headers and the whole text, and keeps the connection', async () => {
    answer = (_request, response) => {
      response.writeHead(201, { 'X-Thing': 'a' });
      response.write('héll');
      response.end('o');
    };
    sockets.clear();
    const first = await transport.send(request({ method: 'POST', body: '{}' }));
    await transport.send(request());
    expect(first).toMatchObject({ status: 201, text: 'héllo' });
    expect(first.headers['x-thing']).toBe('a');
    expect(sockets.size).toBe(1);
  });

  test('follows no redirect', async () => {
    answer = (_request, response) => response.writeHead(301, { location: '/elsewhere' }).end();
    expect((await transport.send(request())).status).toBe(301);
    expect(seen).toEqual(['GET /']);
  });

  test('a refused connection certainly never arrived', async () => {
    const port = await freePort();
    const failure = await failureOf(transport.send(request({ url: `http://127.0.0.1:${port}/` })));
    expect(failure).toMatchObject({ kind: 'UNAVAILABLE', mayHaveArrived: false });
  });

  test('an unknown host certainly never arrived', async () => {
    const failure = await failureOf(transport.send(request({ url: 'http://no-such-host.invalid/' })));
    expect(failure).toMatchObject({ kind: 'UNAVAILABLE', mayHaveArrived: false });
  });

  test('a connection cut after the request may have arrived', async () => {
    answer = (incoming) => incoming.socket.destroy();
    const failure = await failureOf(transport.send(request({ method: 'POST', body: '{}' })));
    expect(failure).toMatchObject({ kind: 'UNAVAILABLE', mayHaveArrived: true });
  });

  test('an answer cut in its middle may have arrived', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    };
    expect(await failureOf(transport.send(request()))).toMatchObject({ kind: 'UNAVAILABLE', mayHaveArrived: true });
  });

  test('a server that hangs is given up at the deadline and may have got the request', async () => {
    answer = () => {};
    const startedAt = performance.now();
    const failure = await failureOf(transport.send(request({ timeoutMs: 80 })));
    expect(failure).toMatchObject({ kind: 'TIMEOUT', mayHaveArrived: true });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('a request still waiting for a connection at its deadline never leaves', async () => {
    answer = () => {};
    const hanging = failureOf(transport.send(request({ url: `${url}/first`, timeoutMs: 200 })));
    const waiting = await failureOf(transport.send(request({ url: `${url}/second`, timeoutMs: 50 })));
    await hanging;
    answer = (_request, response) => response.end();
    await transport.send(request({ url: `${url}/third` }));
    expect(waiting).toMatchObject({ kind: 'TIMEOUT', mayHaveArrived: false });
    expect(seen).toEqual(['GET /first', 'GET /third']);
  });

  test('a caller who gives up is obeyed at once', async () => {
    answer = () => {};
    const controller = new AbortController();
    const sent = failureOf(transport.send(request({ signal: controller.signal })));
    setTimeout(() => controller.abort(), 30);
    expect(await sent).toMatchObject({ kind: 'ABORTED' });
    const late = await failureOf(transport.send(request({ signal: controller.signal })));
    expect(late.mayHaveArrived).toBe(false);
  });

  test('many calls of one caller are given up together, and are one listener to its signal', async () => {
    answer = () => {};
    const controller = new AbortController();
    const { signal } = controller;
    const sent = Array.from({ length: 20 }, () => failureOf(transport.send(request({ signal, timeoutMs: 60_000 }))));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    controller.abort();
    expect(new Set((await Promise.all(sent)).map(({ kind }) => kind))).toEqual(new Set(['ABORTED']));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('an endless answer is given up', async () => {
    answer = (_request, response) => response.end('x'.repeat(2000));
    expect((await failureOf(transport.send(request()))).message).toContain('size limit');
  });
});

describe('the retry decision', () => {
  const decide = (kind: 'read' | 'write', failure: Failure, attempt = 1, repeatSafe = false, leftMs = 60_000) =>
    decideRetry({ kind, repeatSafe, failure, attempt, leftMs }, () => 0.5);

  test.each<[string, 'read' | 'write', Failure, boolean, string]>([
    ['a read that timed out', 'read', timedOut, true, 'transient'],
    ['a read answered 500', 'read', status(500), true, 'transient'],
    ['a read answered 404', 'read', status(404), false, 'refused'],
    ['a read that was redirected', 'read', status(301), false, 'redirected'],
    ['a throttled read', 'read', status(429), true, 'not_applied'],
    ['a write that timed out', 'write', timedOut, false, 'may_have_been_applied'],
    ['a write answered 500', 'write', status(500), false, 'may_have_been_applied'],
    ['a write answered 408', 'write', status(408), false, 'may_have_been_applied'],
    ['a write answered 400', 'write', status(400), false, 'refused'],
    ['a throttled write', 'write', status(429), true, 'not_applied'],
    ['a contended write', 'write', status(423), true, 'not_applied'],
    ['a write that never left', 'write', neverLeft, true, 'not_applied'],
  ])('%s', (_what, kind, failure, retry, reason) => {
    expect(decide(kind, failure)).toMatchObject({ retry, reason });
  });

  test('a write documented as repeat-safe is retried like a read', () => {
    expect(decide('write', timedOut, 1, true)).toMatchObject({ retry: true });
  });

  test('attempts end with the time of their call', () => {
    expect(decide('read', status(503), 4, false, 1)).toMatchObject({ retry: true, afterMs: 1 });
    expect(decide('read', status(503), 4, false, 0)).toMatchObject({ retry: false, reason: 'time_is_up' });
  });

  test('waits double, are spread by chance and end before the time does', () => {
    const waits = [1, 2, 3].map((attempt) => decide('read', status(503), attempt).afterMs);
    expect(waits).toEqual([150, 300, 600]);
    const input = { kind: 'read', repeatSafe: false, failure: status(503), attempt: 30, leftMs: 2_000 } as const;
    expect([0, 0.999].map((chance) => decideRetry(input, () => chance).afterMs)).toEqual([2_000, 2_000]);
  });

  test('a wait the provider asks for is kept, unless there is no time for it', () => {
    expect(decide('read', status(429, 3000)).afterMs).toBe(3150);
    expect(decide('read', status(429, 60_001))).toMatchObject({ retry: false, reason: 'time_is_up' });
  });

  test('what this layer held back, or its caller gave up, is not tried again', () => {
    const kinds = ['CIRCUIT_OPEN', 'HELD_BACK', 'QUEUE_FULL', 'QUEUE_TIMEOUT', 'ABORTED'] as const;
    const reasons = kinds.map((kind) => decide('read', { type: 'transport', kind, mayHaveArrived: false }).reason);
    expect(reasons).toEqual(['not_sent', 'not_sent', 'not_sent', 'not_sent', 'aborted']);
  });

  test('what the provider documents of an answer counts more than its status', () => {
    expect(decide('write', status(400, null, 'not_applied'))).toMatchObject({ retry: true });
    expect(decide('write', status(429, null, 'unknown'))).toMatchObject({ reason: 'may_have_been_applied' });
    expect(decide('read', status(500, null, 'refused'))).toMatchObject({ reason: 'refused' });
  });

  test('Retry-After is read as seconds, as a date, and as a moment of ISO 8601', () => {
    const inFive = now.getTime() / 1000 + 5;
    expect(readRetryAfter(String(inFive), now)).toBe(5000);
    expect(readRetryAfter(String(inFive * 1000), now)).toBe(5000);
    expect(readRetryAfter('2026-11-21T10:00:05+01:00', now)).toBe(5000);
    expect(readRetryAfter('2026-11-21T09:00:05.5Z', now)).toBe(5500);
    expect(readRetryAfter(String(inFive - 60), now)).toBe(0);
    expect(readRetryAfter('7', now)).toBe(7000);
    expect(readRetryAfter('Sat, 21 Nov 2026 09:00:05 GMT', now)).toBe(5000);
    expect(readRetryAfter('Sat, 21 Nov 2026 08:00:00 GMT', now)).toBe(0);
    expect(readRetryAfter('-5', now)).toBeNull();
    expect(readRetryAfter('2026-11-21 09:00:05', now)).toBeNull();
    expect(readRetryAfter('soon', now)).toBeNull();
    expect(readRetryAfter(undefined, now)).toBeNull();
  });
});

describe('a call', () => {
  function callWith(answers: readonly (number | TransportFailure | 'hang')[], more: Partial<CallConditions> = {}) {
    const sent: OutboundRequest[] = [];
    const conditions: CallConditions = {
      provider: 'Somebody',
      clock: () => now,
      timeoutMs: 400,
      scope: scopeWith(new AbortController().signal),
      random: () => 0,
      transport: async (request): Promise<OutboundResponse> => {
        const answer = answers[Math.min(sent.push(request), answers.length) - 1];
        if (answer instanceof TransportFailure) throw answer;
        if (answer !== 'hang') return { status: answer ?? 200, headers: { 'retry-after': '0' }, text: 'secret body' };
        await new Promise((resolve) => setTimeout(resolve, request.timeoutMs));
        throw new TransportFailure('TIMEOUT', true, 'late');
      },
      ...more,
    };
    let signatures = 0;
    const headers = () => ({ signature: String((signatures += 1)) });
    return {
      sent,
      conditions,
      read: () => call({ kind: 'read', method: 'GET', url: 'http://x/', urlTemplate: '/', headers }, conditions),
      write: (more: Partial<CallRequest> = {}) =>
        call(
          { kind: 'write', method: 'POST', url: 'http://x/', urlTemplate: '/', headers, body: '{}', ...more },
          conditions,
        ),
    };
  }

  test('a throttled write is sent again, signed anew, and its attempts are counted', async () => {
    const { write, sent } = callWith([429, 423, 200]);
    expect(await write()).toMatchObject({ outcome: 'answered', attempts: 3 });
    expect(sent.map(({ headers }) => headers['signature'])).toEqual(['1', '2', '3']);
    expect(sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  test('a write that may have been applied is sent once, and its outcome is unknown', async () => {
    for (const lost of [500, 502, 302, new TransportFailure('UNAVAILABLE', true, 'reset')]) {
      const { write, sent } = callWith([lost, 200]);
      expect(await write()).toMatchObject({ outcome: 'unknown', attempts: 1 });
      expect(sent).toHaveLength(1);
    }
  });

  test('a write that stays throttled is not applied', async () => {
    expect(await callWith([429]).write()).toMatchObject({
      outcome: 'not_applied',
      attempts: expect.any(Number),
      problem: { kind: 'RATE_LIMITED', httpStatus: 429 },
    });
  });

  test('a write that is repeated may have been applied by any of its attempts', async () => {
    const late = new TransportFailure('TIMEOUT', true, 'late');
    const held = new TransportFailure('HELD_BACK', false, 'pause', 2_000);
    for (const second of [400, held, new TransportFailure('CIRCUIT_OPEN', false, 'open')]) {
      const result = await callWith([late, second]).write({ repeatSafe: true });
      expect(result).toMatchObject({ outcome: 'unknown', attempts: 2, problem: { kind: 'TIMEOUT' } });
      expect(result).not.toHaveProperty('problem.notSent');
    }
  });

  test('a call that was answered once was not left unsent, and says when to come back', async () => {
    const held = new TransportFailure('HELD_BACK', false, 'pause', 2_000);
    const result = await callWith([429, held]).read();
    expect(result).toMatchObject({
      outcome: 'not_applied',
      problem: { kind: 'RATE_LIMITED', httpStatus: 429, retryAt: new Date(now.getTime() + 2_000) },
    });
    expect(result).not.toHaveProperty('problem.notSent');
  });

  test('a refused write is final', async () => {
    expect(await callWith([400]).write()).toMatchObject({
      outcome: 'refused',
      attempts: 1,
      problem: { kind: 'REJECTED' },
    });
  });

  test('one hang does not use up the time of a read', async () => {
    expect(await callWith(['hang', 200]).read()).toMatchObject({ outcome: 'answered', attempts: 2 });
  });

  test('a call ends by its deadline, whatever is retried', async () => {
    const startedAt = performance.now();
    expect(await callWith(['hang']).read()).toMatchObject({ outcome: 'unknown', problem: { kind: 'TIMEOUT' } });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('who gave up is not retried for', async () => {
    const { read, sent } = callWith([503, 200], { scope: scopeWith(AbortSignal.abort()) });
    expect(await read()).toMatchObject({ outcome: 'unknown' });
    expect(sent).toHaveLength(1);
  });

  test('a problem never repeats the body of the provider', async () => {
    const refused = await callWith([418]).read();
    expect(refused).toMatchObject({ outcome: 'refused', response: { status: 418 } });
    expect(JSON.stringify('problem' in refused && refused.problem)).not.toContain('secret body');
  });

  test('only the answer to the last attempt comes with its failure', async () => {
    const reset = new TransportFailure('UNAVAILABLE', true, 'reset');
    expect(await callWith([429, reset, reset, reset]).read()).toMatchObject({ outcome: 'unknown', response: null });
  });

  test('what an answer means is for the provider to say, also how long to wait', async () => {
    const judged: number[] = [];
    const { conditions, sent } = callWith([400, 409, 500]);
    const request: CallRequest = {
      kind: 'write',
      method: 'POST',
      url: 'http://x/',
      urlTemplate: '/',
      headers: () => ({}),
      classify({ status: code }, attempt) {
        judged.push(attempt);
        if (code === 400) return { effect: 'not_applied' };
        return code === 409 ? { effect: 'not_applied', retryAfterMs: 0 } : { effect: 'refused' };
      },
    };
    expect(await call(request, conditions)).toMatchObject({ outcome: 'refused', attempts: 3 });
    expect([sent.length, judged]).toEqual([3, [1, 2, 3]]);
  });
});

describe('what a failure did', () => {
  test('only documented statuses and requests that never left are certainly not applied', () => {
    expect([429, 423, 400, 404, 408, 500, 302].map((code) => effectOf(status(code)))).toEqual([
      'not_applied',
      'not_applied',
      'refused',
      'refused',
      'unknown',
      'unknown',
      'unknown',
    ]);
    expect(effectOf(neverLeft)).toBe('not_applied');
    expect(effectOf(timedOut)).toBe('unknown');
  });

  test('each status has its own kind of problem', () => {
    const kinds = [401, 403, 404, 409, 423, 429, 422, 500, 504, 302].map(
      (code) => problemOfFailure(status(code), 'Somebody', now).kind,
    );
    expect(kinds).toEqual([
      'AUTHENTICATION',
      'FORBIDDEN',
      'NOT_FOUND',
      'CONFLICT',
      'CONFLICT',
      'RATE_LIMITED',
      'REJECTED',
      'UNAVAILABLE',
      'TIMEOUT',
      'CONTRACT_DRIFT',
    ]);
  });

  test('it says when to come back, if the provider did', () => {
    expect(problemOfFailure(status(429, 2000), 'Somebody', now).retryAt).toEqual(new Date('2026-11-21T09:00:02Z'));
  });
});

function scopeWith(signal: AbortSignal) {
  return { actorId: 'a', shopper: { customerId: null, recognised: false }, signal };
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return `http://127.0.0.1:${address.port}`;
}

async function freePort(): Promise<number> {
  const server = createSocketServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}
