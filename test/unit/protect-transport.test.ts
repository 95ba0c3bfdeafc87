import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { CallLimits } from '../../src/domain/call-limits.js';
import { sameEmailAddress } from '../../src/domain/same-customer.js';
import {
  type OutboundRequest,
  type OutboundResponse,
  type Transport,
  TransportFailure,
} from '../../src/domain/transport.js';
import { protectTransport } from '../../src/http/protect-transport.js';

const OK: OutboundResponse = { status: 200, headers: {}, text: '{}' };
const wide: CallLimits = { all: { parallel: 100 } };

/** A provider whose answers the test gives by hand. */
interface Sent {
  readonly request: OutboundRequest;
  answer(response?: Partial<OutboundResponse>): void;
  fail(kind?: TransportFailure['kind']): void;
}

let sent: Sent[] = [];
beforeEach(() => {
  sent = [];
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** Answered by hand. */
const byHand: Transport = (request) =>
  new Promise((resolve, reject) => {
    sent.push({
      request,
      answer: (response = {}) => resolve({ ...OK, ...response }),
      fail: (kind = 'TIMEOUT') => reject(new TransportFailure(kind, true, kind)),
    });
    request.signal.addEventListener('abort', () => reject(new TransportFailure('ABORTED', true, 'gone')));
  });

interface Asked extends Partial<OutboundRequest> {
  readonly by?: string;
  readonly customer?: string | null;
  readonly fresh?: boolean;
  readonly background?: boolean;
  readonly unshared?: boolean;
}

function request(more: Asked = {}) {
  const { by = 'a', customer = 'c', fresh = false, background = false, unshared = false, ...rest } = more;
  return {
    kind: 'read',
    method: 'GET',
    url: 'http://provider/orders',
    urlTemplate: '/orders',
    attempt: 1,
    headers: {},
    caller: { actorId: by, shopper: { customerId: customer, recognised: false }, fresh, background, unshared },
    timeoutMs: 5_000,
    totalTimeoutMs: 5_000,
    signal: new AbortController().signal,
    ...rest,
  } satisfies OutboundRequest;
}

let made = 0;
/** Equal to no other read. */
const read = (more: Parameters<typeof request>[0] = {}) => request({ url: `http://provider/${(made += 1)}`, ...more });
const write = (more: Parameters<typeof request>[0] = {}) => request({ kind: 'write', method: 'POST', ...more });

async function kindOf(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => 'answered',
    (error: unknown) => (error instanceof TransportFailure ? error.kind : String(error)),
  );
}

/** Lets everything happen that needs no time. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 1));
const urls = () => sent.map((each) => each.request.url.replace('http://provider/', ''));

describe('the circuit', () => {
  let now = 0;
  beforeEach(() => {
    now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now);
  });

  /** Opened by six reads that failed. */
  async function opened(action: (each: Sent) => void = (each) => each.fail()): Promise<Transport> {
    const send = protectTransport(byHand, { limits: wide, keepMs: 0 });
    const reads = Array.from({ length: 6 }, () => kindOf(send(read())));
    await settle();
    sent.forEach(action);
    await Promise.all(reads);
    sent = [];
    return send;
  }

  test.each<[string, (each: Sent) => void, string]>([
    ['time-outs', (each) => each.fail('TIMEOUT'), 'CIRCUIT_OPEN'],
    ['broken connections', (each) => each.fail('UNAVAILABLE'), 'CIRCUIT_OPEN'],
    ['server errors', (each) => each.answer({ status: 503 }), 'CIRCUIT_OPEN'],
    ['throttling', (each) => each.answer({ status: 429 }), 'answered'],
    ['refusals', (each) => each.answer({ status: 404 }), 'answered'],
    ['callers who gave up', (each) => each.fail('ABORTED'), 'answered'],
  ])('after %s', async (_what, action, outcome) => {
    const send = await opened(action);
    const next = kindOf(send(read()));
    await settle();
    sent[0]?.answer();
    expect(await next).toBe(outcome);
  });

  test('is not opened by a server error that is a documented no', async () => {
    const send = protectTransport(byHand, { limits: wide, keepMs: 0 });
    for (let count = 0; count < 10; count += 1) {
      const answer = kindOf(send(read({ isRefusal: ({ text }) => text === 'no order' })));
      await settle();
      sent.at(-1)?.answer({ status: 500, text: 'no order' });
      expect(await answer).toBe('answered');
    }
  });

  test('counts a call once, however often it is repeated', async () => {
    const send = protectTransport(byHand, { limits: wide, keepMs: 0 });
    for (const attempt of [1, 2, 3, 4, 2, 3, 4, 2, 3, 4]) {
      const answer = kindOf(send(read({ attempt })));
      await settle();
      sent.at(-1)?.fail();
      expect(await answer).toBe('TIMEOUT');
    }
  });

  test('open, it says when it will be tried, and one host of an account does not speak for another', async () => {
    const send = await opened();
    const failure = await send(read()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'CIRCUIT_OPEN', mayHaveArrived: false, retryAfterMs: 1_000 });
    const elsewhere = send(read({ url: 'http://other-host/offers' }));
    await settle();
    sent[0]?.answer();
    expect(await kindOf(elsewhere)).toBe('answered');
  });

  test('lets one read find out, never a write, and everybody else waits for nothing meanwhile', async () => {
    const send = await opened();
    now += 1_000;
    expect(await kindOf(send(write()))).toBe('CIRCUIT_OPEN');
    const probe = kindOf(send(read()));
    await settle();
    expect([await kindOf(send(read())), await kindOf(send(write()))]).toEqual(['CIRCUIT_OPEN', 'CIRCUIT_OPEN']);
    expect(sent.map((each) => each.request.kind)).toEqual(['read']);
    sent[0]?.answer();
    expect(await probe).toBe('answered');
    const next = kindOf(send(write()));
    await settle();
    sent[1]?.answer();
    expect(await next).toBe('answered');
  });

  test.each(['TIMEOUT', 'ABORTED'] as const)('a probe that ends by %s has found out nothing', async (kind) => {
    const send = await opened();
    now += 1_000;
    const probe = kindOf(send(read()));
    await settle();
    sent[0]?.fail(kind);
    expect(await probe).toBe(kind);
    expect(await send(read()).catch((error: unknown) => error)).toMatchObject({
      kind: 'CIRCUIT_OPEN',
      retryAfterMs: 2_000,
    });
  });

  test('opening, it sends away who waits for a turn', async () => {
    const send = protectTransport(byHand, { limits: { all: { parallel: 6 } }, keepMs: 0 });
    const reads = Array.from({ length: 8 }, () => kindOf(send(read())));
    await settle();
    const failing = [...sent];
    expect(failing).toHaveLength(6);
    // The last leaves two turns behind; by then nobody wants them.
    for (const each of failing) each.fail();
    const kinds = await Promise.all(reads);
    expect(kinds.slice(0, 6)).toEqual(Array(6).fill('TIMEOUT'));
    expect(kinds[7]).toBe('CIRCUIT_OPEN');
  });
});

describe('turns', () => {
  test('come when a call before has ended, for the caller who has had fewest', async () => {
    const send = protectTransport(byHand, { limits: { all: { parallel: 1 } }, keepMs: 0 });
    const all = ['a/1', 'a/2', 'a/3', 'b/1'].map((path) =>
      kindOf(send(request({ url: `http://provider/${path}`, by: path.charAt(0), customer: path.charAt(0) }))),
    );
    for (let turn = 0; turn < 4; turn += 1) {
      await settle();
      expect(sent).toHaveLength(turn + 1);
      sent[turn]?.answer();
    }
    await Promise.all(all);
    expect(urls()).toEqual(['a/1', 'a/2', 'b/1', 'a/3']);
  });

  test('are waited for no longer than the caller may, and the wait is part of its time', async () => {
    const send = protectTransport(byHand, { limits: { all: { parallel: 1 } }, keepMs: 0 });
    const first = kindOf(send(read()));
    expect(await kindOf(send(read({ totalTimeoutMs: 20 })))).toBe('QUEUE_TIMEOUT');
    const gone = new AbortController();
    const given = kindOf(send(read({ signal: gone.signal })));
    gone.abort();
    expect(await given).toBe('ABORTED');
    const waiting = kindOf(send(read({ timeoutMs: 4_000, totalTimeoutMs: 4_000 })));
    await new Promise((resolve) => setTimeout(resolve, 150));
    sent[0]?.answer();
    await settle();
    expect(sent).toHaveLength(2);
    expect(sent[1]?.request.timeoutMs).toBeLessThan(4_000);
    sent[1]?.answer();
    expect([await first, await waiting]).toEqual(['answered', 'answered']);
  });

  test('are refused at once when the rate gives none in time, and when too many wait already', async () => {
    const limits = { all: { parallel: 5_000, rate: { calls: 2, seconds: 60 } } };
    const send = protectTransport(byHand, { limits, keepMs: 0 });
    void send(read({ customer: 'first' }));
    void send(read({ customer: 'second' }));
    const failure = await send(read()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'QUEUE_TIMEOUT', mayHaveArrived: false });
    expect(failure).toHaveProperty('retryAfterMs', expect.any(Number));

    const narrow = protectTransport(byHand, { limits: { all: { parallel: 1 } }, keepMs: 0 });
    const clients = new AbortController();
    const all = Array.from({ length: 1_002 }, () => kindOf(narrow(read({ signal: clients.signal }))));
    await settle();
    clients.abort();
    expect((await Promise.all(all)).filter((kind) => kind === 'QUEUE_FULL')).toHaveLength(1);
  });

  test('are given up, when all places are taken, by whoever waits with most to whoever waits with fewer', async () => {
    const narrow = protectTransport(byHand, { limits: { all: { parallel: 1 } }, keepMs: 0 });
    const clients = new AbortController();
    const greedy = Array.from({ length: 1_001 }, () => kindOf(narrow(read({ customer: 'a', signal: clients.signal }))));
    const modest = kindOf(narrow(read({ customer: 'b' })));
    await settle();
    clients.abort();
    expect((await Promise.all(greedy)).filter((kind) => kind === 'QUEUE_FULL')).toHaveLength(1);
    await settle();
    sent.at(-1)?.answer();
    expect(await modest).toBe('answered');
  });

  test('of a narrower limit are waited for there, and do not hold up other calls', async () => {
    const limits = { all: { parallel: 3 }, writes: { parallel: 1 }, bulk: { parallel: 1, within: 'writes' } };
    const send = protectTransport(byHand, { limits, keepMs: 0 });
    const [w1, w2, b1] = [write({ limit: 'writes' }), write({ limit: 'writes' }), write({ limit: 'bulk' })];
    const all = [w1, w2, b1, read()].map((each) => kindOf(send(each)));
    await settle();
    expect(sent.map((each) => each.request.kind)).toEqual(['write', 'read']);
    for (let turn = 0; turn < 4; turn += 1) {
      sent[turn]?.answer();
      await settle();
    }
    expect(await Promise.all(all)).toEqual(Array(4).fill('answered'));
    expect(sent.map((each) => each.request.limit)).toEqual(['writes', undefined, 'writes', 'bulk']);
  });
});

describe('equal reads', () => {
  const share = (keepMs = 0) => protectTransport(byHand, { limits: wide, keepMs });

  test('under way at the same time are one', async () => {
    const send = share();
    const answers = [send(request()), send(request()), send(request())];
    await settle();
    expect(sent).toHaveLength(1);
    sent[0]?.answer({ text: 'the same' });
    expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(Array(3).fill('the same'));
    void send(request());
    await settle();
    expect(sent).toHaveLength(2);
  });

  test.each<[string, Parameters<typeof request>[0]]>([
    ['another actor', { by: 'other' }],
    ['another customer', { customer: 'other' }],
    ['nobody known', { customer: null }],
    ['another path', { url: 'http://provider/items' }],
    ['another method', { method: 'POST' }],
    ['another body', { body: '{}' }],
    ['other headers', { headers: { authorization: 'somebody else' } }],
    ['one that comes after a write', { fresh: true }],
  ])('are not those of %s', async (_what, other) => {
    const send = share(60_000);
    void send(request());
    void send(request(other));
    await settle();
    expect(sent).toHaveLength(2);
  });

  test.each([0, 60_000])('do not reach across a write of their customer (kept for %i ms)', async (keepMs) => {
    const send = share(keepMs);
    const before = send(request());
    const writing = send(write({ by: 'staff', customer: 'c' }));
    const during = send(request());
    await settle();
    expect(sent.map((each) => each.request.kind)).toEqual(['read', 'write', 'read']);
    sent[1]?.answer();
    await writing;
    const after = send(request());
    await settle();
    expect(sent).toHaveLength(4);
    sent[0]?.answer({ text: 'before' });
    sent[2]?.answer({ text: 'during' });
    sent[3]?.answer({ text: 'after' });
    const texts = await Promise.all([before, during, after].map(async (each) => (await each).text));
    expect(texts).toEqual(['before', 'during', 'after']);
    const later = send(request());
    if (keepMs === 0) {
      await settle();
      sent[4]?.answer({ text: 'later' });
    }
    expect((await later).text).toBe(keepMs === 0 ? 'later' : 'after');
  });

  test("are left alone by another customer's write, and ended by one of whom it is not known whose it is", async () => {
    const send = share(60_000);
    const first = send(request());
    await settle();
    sent[0]?.answer();
    await first;
    const others = send(write({ customer: 'other' }));
    await settle();
    sent[1]?.answer();
    await others;
    await send(request());
    expect(sent).toHaveLength(2);
    const staffs = send(write({ customer: null }));
    await settle();
    sent[2]?.answer();
    await staffs;
    void send(request());
    await settle();
    expect(sent).toHaveLength(4);
  });

  test("are asked again once a write's own read has seen what they are about, by whomever they were kept", async () => {
    const send = share(60_000);
    for (const by of ['shopper', 'staff']) {
      const first = send(request({ by }));
      await settle();
      sent.at(-1)?.answer({ text: 'before the write shows' });
      await first;
    }
    const other = send(request({ url: 'http://provider/items' }));
    await settle();
    sent.at(-1)?.answer();
    await other;
    const slow = send(request({ by: 'slow' }));
    const fresh = send(request({ fresh: true }));
    await settle();
    sent[4]?.answer({ text: 'after' });
    await fresh;
    sent[3]?.answer({ text: 'before the write shows' });
    await slow;
    for (const by of ['shopper', 'staff', 'slow']) void send(request({ by }));
    void send(request({ url: 'http://provider/items' }));
    await settle();
    expect(urls().slice(5)).toEqual(['orders', 'orders', 'orders']);
  });

  test('end with a write for the same customer, however the provider lets the identifier be spelt', async () => {
    const send = protectTransport(byHand, { limits: wide, keepMs: 60_000, sameCustomer: sameEmailAddress });
    const first = send(request({ customer: 'Robin@shop.test' }));
    await settle();
    sent[0]?.answer();
    await first;
    const writing = send(write({ by: 'staff', customer: 'robin@SHOP.test' }));
    await settle();
    sent[1]?.answer();
    await writing;
    void send(request({ customer: 'Robin@shop.test' }));
    await settle();
    expect(sent).toHaveLength(3);
  });

  test('failures are not kept', async () => {
    const send = share(60_000);
    const first = send(request());
    await settle();
    sent[0]?.answer({ status: 500 });
    await first;
    void send(request());
    await settle();
    expect(sent).toHaveLength(2);
  });

  test('survive the one who began them, and each keeps a deadline of its own', async () => {
    const send = share();
    const leader = new AbortController();
    const first = kindOf(send(request({ signal: leader.signal })));
    const hasty = kindOf(send(request({ timeoutMs: 20 })));
    const patient = kindOf(send(request()));
    await settle();
    expect(sent).toHaveLength(1);
    expect(await hasty).toBe('TIMEOUT');
    leader.abort();
    expect(await first).toBe('ABORTED');
    await settle();
    expect(sent).toHaveLength(2);
    sent[1]?.answer();
    expect(await patient).toBe('answered');
  });

  test('that have been under way for long are not joined', async () => {
    const begun = performance.now();
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => begun);
    const send = share();
    void send(request());
    clock.mockImplementation(() => begun + 1_100);
    void send(request());
    await settle();
    expect(sent).toHaveLength(2);
  });
});

describe('reads for events', () => {
  const share = () => protectTransport(byHand, { limits: { all: { parallel: 1_000 } }, keepMs: 0 });
  const forEvent = (more: Asked = {}) => request({ fresh: true, background: true, ...more });
  const texts = async (answers: readonly Promise<OutboundResponse>[]) =>
    (await Promise.all(answers)).map(({ text }) => text);

  test('are one under way and one after it, however many streams a hint reaches', async () => {
    const send = share();
    const first = send(forEvent());
    const others = Array.from({ length: 999 }, () => send(forEvent()));
    await settle();
    expect(sent).toHaveLength(1);
    sent[0]?.answer({ text: 'begun before the others asked' });
    await first;
    await settle();
    expect(sent).toHaveLength(2);
    // Asked for while the second one is under way, so neither is new enough.
    const late = [send(forEvent()), send(forEvent())];
    await settle();
    expect(sent).toHaveLength(2);
    sent[1]?.answer({ text: 'begun after they asked' });
    expect(new Set(await texts(others))).toEqual(new Set(['begun after they asked']));
    await settle();
    sent[2]?.answer({ text: 'begun after these' });
    expect(await texts(late)).toEqual(['begun after these', 'begun after these']);
    await settle();
    void send(forEvent());
    expect(sent).toHaveLength(4);
  });

  test.each<[string, Asked]>([
    ['another actor', { by: 'other' }],
    ['another customer', { customer: 'other' }],
    ['another path', { url: 'http://provider/items' }],
    ['other headers', { headers: { authorization: 'somebody else' } }],
    ['a write', { background: false }],
    ['a request', { fresh: false, background: false }],
  ])('are not those of %s', async (_what, other) => {
    const send = share();
    void send(forEvent());
    void send(forEvent(other));
    await settle();
    expect(sent).toHaveLength(2);
  });

  test('are shared with nobody where a session is its request’s alone', async () => {
    const send = share();
    for (let count = 0; count < 3; count += 1) void send(forEvent({ unshared: true }));
    await settle();
    expect(sent).toHaveLength(3);
  });

  test('wait a second at most for the one before', async () => {
    jest.useFakeTimers();
    const send = share();
    const [hanging, ...others] = [forEvent(), forEvent(), forEvent()].map((each) => kindOf(send(each)));
    await jest.advanceTimersByTimeAsync(999);
    expect(sent).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.request).toMatchObject({ totalTimeoutMs: 4_000, timeoutMs: 4_000 });
    sent[1]?.answer();
    expect(await Promise.all(others)).toEqual(['answered', 'answered']);
    sent[0]?.fail();
    expect(await hanging).toBe('TIMEOUT');
    void send(forEvent());
    expect(sent).toHaveLength(3);
  });

  test('survive whoever began them, in one that all the others share', async () => {
    const send = share();
    const gone = new AbortController();
    const first = send(forEvent());
    const leader = kindOf(send(forEvent({ signal: gone.signal })));
    const others = Array.from({ length: 100 }, () => kindOf(send(forEvent())));
    await settle();
    sent[0]?.answer();
    await first;
    await settle();
    expect(sent).toHaveLength(2);
    gone.abort();
    expect(await leader).toBe('ABORTED');
    await settle();
    // The first of them begins one, the others wait for its end.
    expect(sent).toHaveLength(3);
    sent[2]?.answer();
    await settle();
    sent[3]?.answer();
    expect(new Set(await Promise.all(others))).toEqual(new Set(['answered']));
    expect(sent).toHaveLength(4);
  });
});
