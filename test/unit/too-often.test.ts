import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { assert, asyncProperty, integer } from 'fast-check';
import type { CallLimit, CallLimits } from '../../src/domain/call-limits.js';
import { type OutboundResponse, type Transport, TransportFailure } from '../../src/domain/transport.js';
import { call, type CallRequest, type CallResult } from '../../src/http/call.js';
import { protectTransport } from '../../src/http/protect-transport.js';
import { providers } from '../../src/providers/index.js';

const TIMEOUT_MS = 5_000;
const LATENCY_MS = 20;
const PAGE = '<!DOCTYPE html><html><body>You have been blocked</body></html>';

beforeEach(() => {
  jest.useFakeTimers({
    now: new Date('2026-11-21T09:00:00Z'),
    doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'],
  });
});
afterEach(() => {
  jest.useRealTimers();
});

interface Arrival {
  readonly at: number;
  readonly url: string;
  readonly status: number;
}

type Answer = Partial<OutboundResponse> & { readonly afterMs?: number };

/** A provider over simulated time: `answer` decides by the milliseconds since the test began. */
function shopAt(limits: CallLimits, answer: (ms: number, url: string) => Answer) {
  const begunAt = performance.now();
  const now = () => performance.now() - begunAt;
  const arrivals: Arrival[] = [];
  const transport: Transport = (request) =>
    new Promise((resolve, reject) => {
      const { afterMs = LATENCY_MS, status = 200, headers = {}, text = '{}' } = answer(now(), request.url);
      arrivals.push({ at: now(), url: request.url, status });
      setTimeout(() => resolve({ status, headers, text }), afterMs);
      setTimeout(() => reject(new TransportFailure('TIMEOUT', true, 'late')), request.timeoutMs);
    });
  const send = protectTransport(transport, { limits, keepMs: 0 });

  function ask(shopper: string, more: Partial<CallRequest> & { signal?: AbortSignal; timeoutMs?: number } = {}) {
    const { signal = new AbortController().signal, timeoutMs = TIMEOUT_MS, ...request } = more;
    return call(
      {
        kind: 'read',
        method: 'GET',
        url: `http://provider/${shopper}`,
        urlTemplate: '/',
        headers: () => ({}),
        ...request,
      },
      {
        provider: 'Somebody',
        transport: send,
        clock: () => new Date(),
        timeoutMs,
        scope: { actorId: shopper, shopper: { customerId: shopper, recognised: false }, signal },
      },
    );
  }

  return { ask, arrivals, now };
}

/** Lets simulated time pass until all calls have ended. */
async function ended(calls: readonly Promise<CallResult>[]): Promise<readonly CallResult[]> {
  const results = Promise.all(calls);
  await jest.advanceTimersByTimeAsync(60_000);
  return results;
}

const shoppers = (count: number) => Array.from({ length: count }, (_each, index) => `shopper-${index}`);
const outcomes = (results: readonly CallResult[]) => results.map(({ outcome }) => outcome);
const wide: CallLimits = { all: { parallel: 64 }, writes: { parallel: 8 } };
const tooMany = (named: string | null): Answer => ({
  status: 429,
  headers: named === null ? {} : { 'retry-after': named },
});

describe('too often', () => {
  const budgets = Object.values(providers).flatMap(({ key, limits }) =>
    Object.keys(limits).flatMap((limit) => [[key, limit, null, limits] as const, [key, limit, '1', limits] as const]),
  );

  test.each(budgets)('20 shoppers, 400 ms: %s, limit %s, Retry-After %s', async (_key, limit, named, limits) => {
    // The rate of a limit is another subject: `turns` of protect-transport.
    const withoutRate: Record<string, CallLimit> = {};
    for (const [name, { rate: _rate, ...rest }] of Object.entries<CallLimit>(limits)) withoutRate[name] = rest;
    const parallelOnly: CallLimits = { ...withoutRate, all: { parallel: limits.all.parallel } };
    const shop = shopAt(parallelOnly, (ms) => (ms < 400 ? tooMany(named) : {}));
    const results = await ended(shoppers(20).map((shopper) => shop.ask(shopper, { limit })));
    const known = LATENCY_MS;
    const beyond = shop.arrivals.filter(({ at, status }) => status === 429 && at > known);
    expect({ answered: outcomes(results).filter((each) => each === 'answered').length, beyond }).toEqual({
      answered: 20,
      beyond: [],
    });
  });

  test('however long it lasts, only calls that find out are refused, ever further apart, and all are answered in time', async () => {
    await assert(
      asyncProperty(
        integer({ min: 1, max: 2_900 }),
        integer({ min: 1, max: 40 }),
        integer({ min: 1, max: 64 }),
        async (lastsMs, count, parallel) => {
          const shop = shopAt({ all: { parallel } }, (ms) => (ms < lastsMs ? tooMany(null) : {}));
          const results = await ended(shoppers(count).map((shopper) => shop.ask(shopper)));
          expect(new Set(outcomes(results))).toEqual(new Set(['answered']));
          const refused = shop.arrivals.filter(({ at, status }) => status === 429 && at > LATENCY_MS);
          expect(refused.length).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a named time is kept by everybody: who cannot wait is told at once when, and then one call finds out', async () => {
    const shop = shopAt(wide, (ms) => (ms < 60_000 ? tooMany('60') : { afterMs: 300 }));
    await ended([shop.ask('first')]);
    // 60 s of simulated time have passed in the line above; the pause ends 20 ms later.
    expect(shop.arrivals).toHaveLength(1);
    const again = shopAt(wide, (ms) => (ms < 60_000 ? tooMany('60') : { afterMs: 300 }));
    const first = again.ask('first');
    await jest.advanceTimersByTimeAsync(100);
    expect(await first).toMatchObject({ outcome: 'not_applied', problem: { kind: 'RATE_LIMITED', httpStatus: 429 } });
    const held = await again.ask('second');
    expect(held).toMatchObject({
      outcome: 'not_applied',
      problem: { kind: 'RATE_LIMITED', notSent: 'HELD_BACK', retryAt: expect.any(Date) },
    });
    await jest.advanceTimersByTimeAsync(57_000);
    const waiting = shoppers(20).map((shopper) => again.ask(shopper));
    await jest.advanceTimersByTimeAsync(3_100);
    expect(again.arrivals).toHaveLength(2);
    expect(outcomes(await ended(waiting))).toEqual(Array(20).fill('answered'));
    expect(again.arrivals.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  test.each([200, 403, 429])('a page with status %i holds back every call to its host', async (status) => {
    const shop = shopAt(wide, () => ({ status, text: PAGE }));
    await ended([shop.ask('first', { limit: 'writes', timeoutMs: 400 })]);
    const asked = shop.arrivals.length;
    const begun = shop.now();
    const others = shoppers(200).map((shopper) => shop.ask(shopper));
    await jest.advanceTimersByTimeAsync(5_000);
    const results = await Promise.all(others);
    expect(results).toEqual(Array(200).fill(expect.objectContaining({ outcome: 'not_applied' })));
    const problems = results.flatMap((each) => (each.outcome === 'answered' ? [] : [each.problem]));
    const unsent = problems.filter(({ notSent }) => notSent === 'HELD_BACK');
    expect(new Set(unsent.map(({ kind }) => kind))).toEqual(new Set(['RATE_LIMITED']));
    // The first finds out that the pause goes on, 2 and 4 seconds later another.
    expect(shop.arrivals.length - asked).toBeLessThanOrEqual(3);
    expect(unsent.length).toBeGreaterThanOrEqual(197);
    expect(shop.now() - begun).toBe(5_000);
  });

  test('a minute of a ban page costs six calls, whoever asks meanwhile', async () => {
    const shop = shopAt(wide, (ms) => (ms < 60_000 ? { status: 403, text: PAGE } : {}));
    for (let second = 0; second < 60; second += 1) {
      void shop.ask(`early-${second}`);
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(shop.arrivals.map(({ at }) => Math.round(at / 1_000))).toEqual([0, 1, 3, 7, 15, 31]);
  });

  test.each<[string, Answer]>([
    ['a page that says not found', { status: 404, text: PAGE }],
    ['a page of a gateway', { status: 502, text: PAGE }],
    ['a refusal', { status: 403, text: '{"error":"no"}' }],
    ['a lock of one record', { status: 423, headers: { 'retry-after': '30' } }],
  ])('nothing is held back by %s', async (_what, answer) => {
    const shop = shopAt(wide, (_ms, url) => (url.endsWith('bad') ? answer : {}));
    void shop.ask('bad');
    await jest.advanceTimersByTimeAsync(LATENCY_MS);
    const good = shop.ask('good');
    await jest.advanceTimersByTimeAsync(LATENCY_MS);
    expect(await good).toMatchObject({ outcome: 'answered', attempts: 1 });
  });

  test('a 503 that names a time is kept like a 429', async () => {
    const shop = shopAt(wide, (ms) => (ms < 2_000 ? { status: 503, headers: { 'retry-after': '2' } } : {}));
    const results = await ended(shoppers(20).map((shopper) => shop.ask(shopper)));
    expect(new Set(outcomes(results))).toEqual(new Set(['answered']));
    expect(shop.arrivals.filter(({ at, status }) => status === 503 && at > LATENCY_MS)).toEqual([]);
  });

  test('only the budget that was refused is held back, with the shares made of it, and only at its host', async () => {
    const limits = { all: { parallel: 8 }, sensitive: {}, previews: { within: 'sensitive' } };
    const shop = shopAt(limits, (_ms, url) => (url.endsWith('refused') ? tooMany('3000') : {}));
    await ended([shop.ask('refused', { limit: 'previews' })]);
    const ask = (limit: string, host = 'provider') => shop.ask('a', { limit, url: `http://${host}/${limit}` });
    const results = [ask('previews'), ask('sensitive'), ask('all'), ask('sensitive', 'elsewhere')];
    await jest.advanceTimersByTimeAsync(1_000);
    expect(outcomes(await Promise.all(results))).toEqual(['not_applied', 'not_applied', 'answered', 'answered']);
  });

  test.each<[string, (controller: AbortController) => void]>([
    ['gives up', (controller) => controller.abort()],
    ['gets no answer', () => {}],
  ])('when the call that finds out %s, the next one does', async (_what, act) => {
    let answering = false;
    const shop = shopAt(wide, (ms) => (ms < 100 ? tooMany('2') : answering ? {} : { afterMs: 1e6 }));
    void shop.ask('refused');
    await jest.advanceTimersByTimeAsync(1_000);
    const controller = new AbortController();
    void shop.ask('finds out', { signal: controller.signal });
    const others = shoppers(10).map((shopper) => shop.ask(shopper, { timeoutMs: 30_000 }));
    await jest.advanceTimersByTimeAsync(1_500);
    act(controller);
    answering = true;
    expect(new Set(outcomes(await ended(others)))).toEqual(new Set(['answered']));
  });

  test('nobody is held back for longer than an hour on the word of one answer', async () => {
    const shop = shopAt(wide, (ms) => (ms < 100 ? tooMany('864000') : {}));
    await ended([shop.ask('refused')]);
    await jest.advanceTimersByTimeAsync(3_500_000);
    expect(await shop.ask('early')).toMatchObject({ outcome: 'not_applied' });
    await jest.advanceTimersByTimeAsync(100_000);
    expect(outcomes(await ended([shop.ask('later')]))).toEqual(['answered']);
  });
});

describe('the patience of a call', () => {
  const write = { kind: 'write', method: 'POST' } as const;

  test('fills the time it has, and leaves enough for its last attempt', async () => {
    const shop = shopAt(wide, () => ({ status: 503 }));
    expect(await ended([shop.ask('a')])).toMatchObject([{ outcome: 'unknown', problem: { kind: 'UNAVAILABLE' } }]);
    const times = shop.arrivals.map(({ at }) => at);
    expect(times.length).toBeGreaterThanOrEqual(5);
    expect(times.length).toBeLessThanOrEqual(7);
    expect(times.at(-1)).toBeGreaterThanOrEqual(3_000);
    expect(times.at(-1)).toBeLessThanOrEqual(TIMEOUT_MS * 0.8);
  });

  test.each([2_500, 3_400])('reads a provider that needs %i ms for each answer', async (afterMs) => {
    const shop = shopAt(wide, () => ({ afterMs }));
    expect(await ended([shop.ask('a')])).toMatchObject([{ outcome: 'answered', attempts: 1 }]);
  });

  test('a read that hangs is given up in time for another attempt', async () => {
    const shop = shopAt(wide, (ms) => ({ afterMs: ms === 0 ? 1e6 : 900 }));
    expect(await ended([shop.ask('a')])).toMatchObject([{ outcome: 'answered', attempts: 2 }]);
  });

  test.each([
    ['a throttled read', 429, {}],
    ['a throttled write', 429, write],
    ['a contended read', 423, {}],
    ['a contended write', 423, write],
  ])('%s ends well when that ends within its time', async (_what, status, request) => {
    const shop = shopAt(wide, (ms) => (ms < 2_900 ? { status } : {}));
    expect(outcomes(await ended([shop.ask('a', request)]))).toEqual(['answered']);
  });

  test('a write is never sent so late that it would end as a time-out', async () => {
    const shop = shopAt(wide, () => ({ status: 423 }));
    expect(outcomes(await ended([shop.ask('a', write)]))).toEqual(['not_applied']);
    expect(shop.arrivals.at(-1)?.at).toBeLessThanOrEqual(TIMEOUT_MS * 0.8);
  });
});
