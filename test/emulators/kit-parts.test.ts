import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { fastify } from 'fastify';
import { addInterval, type Interval, nextInstant, nextOccurrence } from '../../src/emulators/kit/calendar.js';
import { EmulatorClock } from '../../src/emulators/kit/clock.js';
import { Collection } from '../../src/emulators/kit/collection.js';
import { Deferred } from '../../src/emulators/kit/deferred.js';
import { type Call, Endpoints } from '../../src/emulators/kit/endpoints.js';
import { EventLog } from '../../src/emulators/kit/event-log.js';
import { hexIdentifier, Identifiers, uuidIdentifier } from '../../src/emulators/kit/identifiers.js';
import { Input, type InputErrors } from '../../src/emulators/kit/input.js';
import { FixedWindow, LeakyBucket, SlidingWindow } from '../../src/emulators/kit/rate-limit.js';
import { handleErrors, Refusal } from '../../src/emulators/kit/refusal.js';
import { WebhookSender } from '../../src/emulators/kit/webhook-sender.js';
import { StaleReads } from '../../src/emulators/kit/stale-reads.js';
import { loopbackUrl } from '../../src/emulators/kit/loopback.js';
import type { WebhookTarget } from '../../src/emulators/kit/webhook-target.js';
import { WriteLog } from '../../src/emulators/kit/write-log.js';
import { WriteGate } from '../../src/emulators/kit/write-gate.js';

describe('a collection', () => {
  interface Line {
    readonly id: string;
    readonly order: string;
    quantity: number;
  }
  const lines = () => new Collection<Line>('line', ({ id }) => id);

  test('keeps the order of adding, and gives sequence numbers only once', () => {
    const rows = lines();
    const [first, second] = ['a', 'b'].map((id) => rows.add({ id, order: 'x', quantity: 1 }));
    rows.delete('a');
    const again = rows.add({ id: 'a', order: 'x', quantity: 2 });
    expect(rows.list().map(({ id }) => id)).toEqual(['b', 'a']);
    expect([second, again].map((row) => row && rows.sequenceOf(row))).toEqual([2, 3]);
    expect(first && rows.get('a') === first).toBe(false);
    expect([rows.get(null), rows.get('z'), rows.find(({ quantity }) => quantity === 2)]).toEqual([
      undefined,
      undefined,
      again,
    ]);
  });

  test('throws for a record another one names and nobody has', () => {
    expect(() => lines().existing('gone')).toThrow('The emulator has no line gone.');
  });

  test('finds by an index exactly what a filter finds, whatever is added, replaced and deleted', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.oneof(fc.record({ add: id, order: fc.constantFrom('x', 'y') }), fc.record({ remove: id }));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const rows = lines();
        const byOrder = rows.index(({ order }) => order);
        for (const each of steps) {
          if ('add' in each) rows.add({ id: each.add, order: each.order, quantity: 1 });
          else rows.delete(each.remove);
        }
        for (const order of ['x', 'y']) expect(byOrder(order)).toEqual(rows.filter((row) => row.order === order));
      }),
    );
  });
});

describe('identifiers', () => {
  test('are the same in every run, differ by purpose, and can be reserved', () => {
    const make = () => {
      const ids = new Identifiers('seed', hexIdentifier);
      ids.reserve('order', 'known');
      return ['order', 'order', 'item', 'order'].map((purpose) => ids.next(purpose));
    };
    expect(make()).toEqual(make());
    const [first, ...others] = make();
    expect(first).toBe('known');
    for (const id of others) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(others).size).toBe(3);
  });

  test('of one purpose do not depend on how many were made for another', () => {
    const quiet = new Identifiers('seed', hexIdentifier);
    const busy = new Identifiers('seed', hexIdentifier);
    busy.next('event');
    expect(busy.next('order')).toBe(quiet.next('order'));
  });

  test('can be version 4 UUIDs, or numbers that count up', () => {
    const ids = new Identifiers('seed', uuidIdentifier);
    expect(ids.next('line')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const numbers = new Identifiers('seed', ({ ordinal }) => String(60_001 + ordinal));
    expect([numbers.next('order'), numbers.next('item')]).toEqual(['60001', '60002']);
  });
});

describe('the calendar', () => {
  const monthly: Interval = { unit: 'month', count: 1 };
  const walk = (start: string, interval: Interval, steps: number) => {
    const dates: string[] = [];
    let at = { date: start, anchorDay: null as number | null };
    for (let step = 0; step < steps; step += 1) {
      at = nextOccurrence(at.date, interval, at.anchorDay);
      dates.push(at.date);
    }
    return dates;
  };

  test('keeps the 31st through shorter months, and the 29th of February through common years', () => {
    expect(walk('2026-01-31', monthly, 4)).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
    expect(walk('2027-12-30', monthly, 3)).toEqual(['2028-01-30', '2028-02-29', '2028-03-30']);
    expect(walk('2024-02-29', { unit: 'year', count: 1 }, 4)).toEqual([
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ]);
  });

  test('takes a date that was moved as the new anchor', () => {
    const { anchorDay } = nextOccurrence('2026-01-31', monthly, null);
    expect(nextOccurrence('2026-02-10', monthly, anchorDay)).toEqual({ date: '2026-03-10', anchorDay: 10 });
  });

  test('counts days and weeks, and keeps the time of day of an instant', () => {
    expect(addInterval('2026-03-01', { unit: 'week', count: 8 })).toBe('2026-04-26');
    expect(addInterval('2026-12-31', { unit: 'day', count: 1 })).toBe('2027-01-01');
    const { at } = nextInstant(Date.parse('2026-01-31T23:59:58.123Z'), monthly, null);
    expect(new Date(at).toISOString()).toBe('2026-02-28T23:59:58.123Z');
  });

  test('never leaves the anchor by more than the month is short, and comes back to it', () => {
    const day = fc.integer({ min: 1, max: 31 });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 24 }), fc.integer({ min: 2000, max: 2100 }), (anchor, count, year) => {
        const start = `${year}-01-${String(anchor).padStart(2, '0')}`;
        for (const date of walk(start, { unit: 'month', count }, 30)) {
          const [, month = 0, found = 0] = date.split('-').map(Number);
          const last = new Date(Date.UTC(Number(date.slice(0, 4)), month, 0)).getUTCDate();
          expect(found).toBe(Math.min(anchor, last));
        }
      }),
    );
  });
});

describe('rate limits', () => {
  test('by fixed windows count anew after each window, by caller', () => {
    const limit = new FixedWindow(1_000);
    expect([0, 10, 20, 999, 1_000].map((now) => limit.take('a', 2, now))).toEqual([true, true, false, false, true]);
    expect(limit.take('b', 2, 20)).toBe(true);
    expect(limit.take('a', 0, 20)).toBe(true);
  });

  test('by a sliding window look back from each request and say when there is room', () => {
    const limit = new SlidingWindow(1_000);
    expect([0, 900, 950].map((now) => limit.take('a', 2, now))).toEqual([true, true, false]);
    expect(limit.freeAt('a', 950)).toBe(1_000);
    expect([1_000, 1_001].map((now) => limit.take('a', 2, now))).toEqual([true, false]);
  });

  test('by a leaky bucket allow a burst and then the rate of the leak', () => {
    const bucket = new LeakyBucket(2);
    const burst = Array.from({ length: 41 }, () => bucket.take('token', 40, 0));
    expect(burst.filter(Boolean)).toHaveLength(40);
    expect(bucket.level('token', 0)).toBe(40);
    expect([499, 500, 600].map((now) => bucket.take('token', 40, now))).toEqual([false, true, false]);
    expect(bucket.level('token', 20_500)).toBe(0);
  });
});

describe('the write gate', () => {
  const log: string[] = [];
  const write = (name: string, locks: readonly string[] = []) => ({
    locks,
    apply: () => {
      log.push(name);
      return name;
    },
  });

  test('applies when the time of a write is over, or at once', async () => {
    for (const appliesFirst of [false, true]) {
      log.length = 0;
      const gate = new WriteGate({ durationMs: () => 30, appliesFirst });
      const running = gate.run(write('done'));
      await Promise.resolve();
      expect(log).toEqual(appliesFirst ? ['done'] : []);
      expect(await running).toBe('done');
      expect(log).toEqual(['done']);
    }
  });

  test('refuses a write that meets another one on its lock, and lets it through afterwards', async () => {
    const gate = new WriteGate({ durationMs: () => 30, conflict: () => new Refusal(423, {}) });
    const first = gate.run(write('first', ['order']));
    await expect(gate.run(write('second', ['other', 'order']))).rejects.toMatchObject({ status: 423 });
    expect(await gate.run(write('elsewhere', ['other']))).toBe('elsewhere');
    await first;
    expect(await gate.run(write('third', ['order']))).toBe('third');
  });

  test('frees the lock of a write that was refused, and counts those that run', async () => {
    const seen: number[] = [];
    const gate = new WriteGate({ admit: (running) => void seen.push(running), conflict: () => new Refusal(423, {}) });
    const refused = gate.run({ locks: ['order'], apply: () => Promise.reject(new Refusal(422, {})) });
    await expect(refused).rejects.toMatchObject({ status: 422 });
    expect(await gate.run(write('after', ['order']))).toBe('after');
    expect(seen).toEqual([0, 0]);
  });
});

describe('endpoints', () => {
  interface Exchange extends Call {
    readonly caller: string;
  }

  async function api() {
    const app = fastify();
    const running: string[] = [];
    const clock = new EmulatorClock();
    handleErrors(app, { notFound: () => new Refusal(404, { error: 'nothing here' }) });
    const endpoints = new Endpoints<Exchange, 'admin'>(app, {
      prefix: '/v1',
      context: {
        deferred: new Deferred(clock),
        staleReads: new StaleReads(clock),
        writes: new WriteLog(clock, new EventLog(clock)),
        store: {},
      },
      writes: new WriteGate({ admit: () => void running.push('write') }),
      authenticate(call, access) {
        const caller = String(call.headers['x-caller'] ?? '');
        if (caller === '' || (access === 'admin' && caller !== 'admin')) throw new Refusal(403, { error: 'who?' });
        return { ...call, caller };
      },
      send: ({ reply, caller }, answer) => reply.header('x-for', caller).send(answer),
      refuse: (call, { status, body }, exchange) =>
        call.reply.code(status).send({ ...Object(body), caller: exchange?.caller ?? null }),
    });
    endpoints.read('/things/:id', ({ part, query }) => ({ id: part('id'), q: query.get('q') }));
    endpoints.query('POST', '/search', ({ body }) => ({ body }));
    endpoints.write('POST', { path: '/things', access: 'admin', isDryRun: ({ query }) => query.has('dry') }, () => {
      throw new Refusal(422, { error: 'no' });
    });
    const call = async (method: 'GET' | 'POST', url: string, caller = '', payload?: object) => {
      const headers = caller === '' ? {} : { 'x-caller': caller };
      const answer = await app.inject({ method, url, headers, ...(payload && { payload }) });
      return { status: answer.statusCode, body: answer.json<unknown>(), for: answer.headers['x-for'] };
    };
    return { call, running };
  }

  test('authenticate, answer and send, with parts of the path and the query', async () => {
    const { call } = await api();
    expect(await call('GET', '/v1/things/7?q=x', 'ann')).toEqual({
      status: 200,
      body: { id: '7', q: 'x' },
      for: 'ann',
    });
    expect(await call('GET', '/v1/things/7')).toMatchObject({ status: 403, body: { error: 'who?', caller: null } });
    expect(await call('GET', '/nowhere')).toMatchObject({ status: 404, body: { error: 'nothing here' } });
  });

  test('send writes through the gate, and only writes', async () => {
    const { call, running } = await api();
    await call('POST', '/v1/search', 'ann', { a: 1 });
    expect(await call('POST', '/v1/things', 'ann')).toMatchObject({ status: 403 });
    expect(await call('POST', '/v1/things?dry=1', 'admin')).toMatchObject({ status: 422 });
    expect(running).toEqual([]);
    expect(await call('POST', '/v1/things', 'admin')).toMatchObject({
      status: 422,
      body: { error: 'no', caller: 'admin' },
    });
    expect(running).toEqual(['write']);
  });
});

describe('input', () => {
  const errors: InputErrors = {
    missing: (names) => new Error(`missing ${names.join(', ')}`),
    invalid: (name, expected) => new Error(`${name ?? 'body'}: ${JSON.stringify(expected)}`),
  };
  const input = (values: object) => new Input({ ...values }, errors);

  test('counts null and empty text as absent, and names all missing fields at once', () => {
    const body = input({ a: null, b: '', c: 0 });
    expect(['a', 'b', 'c', 'd'].map((name) => [body.has(name), body.isNamed(name)])).toEqual([
      [false, true],
      [false, true],
      [true, true],
      [false, false],
    ]);
    expect(() => body.require('a', 'c', 'd')).toThrow('missing a, d');
    expect(body.optionalText('a', 'b')).toBeNull();
    expect(body.text('a', 'c')).toBe('0');
    expect(() => body.text('a', 'b')).toThrow('missing a');
  });

  test('holds numbers to their range, and says what a value should have been', () => {
    const body = input({ whole: '7', broken: 1.5, list: [1], object: { x: 1 }, text: 'x' });
    expect(body.integer('whole', { least: 1, most: 9 })).toBe(7);
    expect(body.integer('none', { otherwise: 3 })).toBe(3);
    expect(() => body.integer('none')).toThrow('missing none');
    expect(() => body.integer('whole', { least: 8 })).toThrow('whole: {"least":8}');
    expect(() => body.integer('whole', { most: 6 })).toThrow('whole: {"most":6}');
    expect(() => body.integer('broken')).toThrow('broken: "integer"');
    expect(() => body.text('list')).toThrow('list: "text"');
    expect(() => body.list('text')).toThrow('text: "list"');
    expect(() => body.object('list')).toThrow('list: "object"');
    expect(() => body.json('text')).toThrow('text: "JSON"');
    expect(() => Input.ofBody([], errors)).toThrow('body: "object"');
    expect(body.object('object').integer('x')).toBe(1);
  });

  test('reads the first value of a repeated parameter', () => {
    expect(Input.ofQuery(new URLSearchParams('a=1&a=2'), errors).text('a')).toBe('1');
  });
});

describe('the webhook sender', () => {
  async function receiver(refusals: number) {
    const bodies: string[] = [];
    let left = refusals;
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const isRefused = left > 0;
        left -= 1;
        if (!isRefused) bodies.push(Buffer.concat(parts).toString());
        response.writeHead(isRefused ? 500 : 204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const close = () => {
      server.closeAllConnections();
      server.close();
    };
    return { url: `http://127.0.0.1:${port}/`, bodies, close };
  }

  async function sent(settings: Partial<WebhookTarget>, refusals = 0, waits: readonly number[] = [0, 1, 1]) {
    const shop = await receiver(refusals);
    const target: WebhookTarget = { url: shop.url, duplicate: false, shuffle: false, lose: false, ...settings };
    const events = new EventLog(new EmulatorClock());
    const attempts: boolean[] = [];
    new WebhookSender(new EmulatorClock(), {
      targets: () => [target],
      retryWaitsMs: waits,
      calls: (_target, batch) => batch.map(({ type }) => ({ body: type, headers: () => ({}) })),
      attempted: (_target, isTaken) => attempts.push(isTaken),
    }).listen(events);
    for (const type of ['a', 'b', 'c']) events.add(type, {});
    const enough = settings.lose === true ? 0 : settings.duplicate === true ? 6 : 3;
    for (let turn = 0; turn < 500 && attempts.filter(Boolean).length < enough; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    if (enough === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    shop.close();
    return { bodies: shop.bodies, attempts };
  }

  test('delivers what happened, twice, in reverse or not at all', async () => {
    expect((await sent({})).bodies).toEqual(['a', 'b', 'c']);
    expect((await sent({ duplicate: true })).bodies).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
    expect((await sent({ shuffle: true })).bodies).toEqual(['c', 'b', 'a']);
    expect((await sent({ lose: true })).attempts).toEqual([]);
  });

  test('repeats until it is taken', async () => {
    expect(await sent({}, 2)).toEqual({ bodies: ['a', 'b', 'c'], attempts: [false, false, true, true, true] });
  });

  test.each([
    ['http://127.0.0.1:4000/hooks', 'http://127.0.0.1:4000/hooks'],
    ['http://localhost/', 'http://localhost/'],
    ['http://[::1]:1/', 'http://[::1]:1/'],
    ['https://127.0.0.1/', null],
    ['http://127.0.0.1.example.com/', null],
    ['http://user@example.com/', null],
    ['nonsense', null],
  ])('goes to this machine only: %s', (address, allowed) => {
    expect(loopbackUrl(address)).toBe(allowed);
  });
});
