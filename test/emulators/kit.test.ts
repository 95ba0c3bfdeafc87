import { setTimeout as sleep } from 'node:timers/promises';
import { FaultScript } from '../../src/emulators/kit/faults.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EmulatorClock, emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { BoundedList } from '../../src/emulators/kit/bounded-list.js';
import type { EmulatorDefinition } from '../../src/emulators/kit/definition.js';
import { choice, flag } from '../../src/emulators/kit/switches.js';
import { type Call, caller } from './calls.js';

interface Notes {
  readonly notes: string[];
}

const switches = {
  shouts: flag(false, 'Answers in capitals.'),
  reply: choice([200, 201], 200, 'Status of a success.'),
};

/** The smallest provider there could be: it shows that a second emulator brings only its own routes, store and scenarios. */
const notebook: EmulatorDefinition<Notes, typeof switches> = {
  title: 'Notebook emulator',
  description: 'Keeps notes.',
  credentials: ['x-note-key'],
  switches,
  scenarios: {
    blank: { description: 'No notes.', create: () => ({ notes: [] }) },
    dated: {
      description: 'One note, and the clock stands still.',
      clock: { at: new Date('2026-03-01T12:00:00Z'), frozen: true },
      create: ({ now }) => ({ notes: [now.toISOString()] }),
    },
  },
  defaultScenario: 'blank',
  routes(app, context) {
    app.get('/notes', () => ({ notes: context.store.notes, total: context.store.notes.length }));
    app.post<{ Body: { text: string } }>('/notes', (request, reply) => {
      context.store.notes.push(request.body.text);
      context.events.add('note.created', { text: request.body.text });
      return reply.code(context.switches.get('reply')).send({ saved: request.body.text });
    });
    app.get('/exact', (_request, reply) =>
      reply.type('application/json').send('{"id":900719925474099312345,"other":1}'),
    );
  },
  state: (store) => store,
  sandbox: (url) => ({
    account: { key: 'n', provider: 'notebook', label: 'Notes', baseUrl: url, currency: 'USD', timeZone: 'UTC' },
    shopper: { customerId: '1' },
    secondShopper: null,
    records: [],
    decline: { purpose: 'Decline', expect: 'nothing', path: 'faults', body: {} },
    targets: { addition: { method: 'POST' }, reads: { method: 'GET' } },
  }),
};

let emulator: RunningEmulator;
let call: Call;

beforeAll(async () => {
  emulator = await startEmulator(notebook);
  call = caller(emulator.url, { authorization: 'Bearer secret', 'x-note-key': 'secret' });
});
beforeEach(() => emulator.reset('blank'));
afterAll(() => emulator.close());

const notes = async () => (await call('GET', '/notes')).json.at('notes');

describe('faults', () => {
  test('a scripted status is answered and nothing is applied', async () => {
    emulator.faults.add({
      match: { method: 'post', path: '^/notes$' },
      action: { kind: 'status', status: 500, body: { error: 'x' } },
    });
    expect(await call('POST', '/notes', { text: 'a' })).toMatchObject({ status: 500, text: '{"error":"x"}' });
    expect(await notes()).toEqual([]);
    expect((await call('POST', '/notes', { text: 'b' })).status).toBe(200);
    expect(await notes()).toEqual(['b']);
  });

  test('a write can be applied although its answer is an error', async () => {
    emulator.faults.add({
      match: { method: 'POST' },
      action: { kind: 'applyThenStatus', status: 502, body: 'bad', contentType: 'text/plain' },
    });
    const answer = await call('POST', '/notes', { text: 'a' });
    expect(answer).toMatchObject({ status: 502, text: 'bad' });
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await notes()).toEqual(['a']);
  });

  test('a reset connection leaves nothing behind, and a lost answer leaves the write behind', async () => {
    emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'reset' } });
    emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'applyThenReset' } });
    await expect(call('POST', '/notes', { text: 'not applied' })).rejects.toThrow(/fetch failed|terminated/);
    await expect(call('POST', '/notes', { text: 'applied' })).rejects.toThrow(/fetch failed|terminated/);
    expect(await notes()).toEqual(['applied']);
    expect(emulator.requests.list().slice(0, 2)).toMatchObject([
      { status: null, outcome: 'lost', fault: { kind: 'reset' } },
      { status: null, outcome: 'lost', fault: { kind: 'applyThenReset' } },
    ]);
  });

  test('a hanging answer never comes, applied or not, and does not keep the emulator from closing', async () => {
    const hanging = await startEmulator(notebook);
    hanging.faults.add({ action: { kind: 'hang' } });
    hanging.faults.add({ action: { kind: 'applyThenHang' } });
    const outcomes = ['silent', 'applied'].map((text) =>
      caller(hanging.url)('POST', '/notes', { text }).then(
        () => 'answered',
        () => 'lost',
      ),
    );
    const applied = (async () => {
      while ((hanging.state() as Notes).notes.length === 0) await sleep(5);
      return 'applied';
    })();
    expect(await Promise.race([...outcomes, applied])).toBe('applied');
    const stored = hanging.state();
    const begun = performance.now();
    await hanging.close();
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(await Promise.all(outcomes)).toEqual(['lost', 'lost']);
    expect(stored).toEqual({ notes: [expect.any(String)] });
  });

  test('a delay lets the request through afterwards', async () => {
    emulator.faults.add({ action: { kind: 'delay', milliseconds: 80 } });
    const begun = performance.now();
    expect((await call('GET', '/notes')).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThan(70);
  });

  test('a cut body is applied, has a 200 and ends half way', async () => {
    emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'cutBody' } });
    await expect(call('POST', '/notes', { text: 'a' })).rejects.toThrow(/fetch failed|terminated/);
    expect(emulator.requests.list()[0]).toMatchObject({ status: 200, outcome: 'lost' });
    expect(await notes()).toEqual(['a']);
  });

  test('a gateway page is HTML', async () => {
    emulator.faults.add({ action: { kind: 'html', status: 504 } });
    const answer = await call('GET', '/notes');
    expect(answer.status).toBe(504);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.text).toContain('<html>');
  });

  test('an answer can be altered, with every other number left exactly as it was', async () => {
    emulator.faults.add({
      match: { path: 'exact' },
      action: { kind: 'patchBody', set: { other: null, status: 99 }, remove: ['nothing'] },
    });
    expect((await call('GET', '/exact')).text).toBe('{"id":900719925474099312345,"other":null,"status":99}');
    expect((await call('GET', '/exact')).text).toBe('{"id":900719925474099312345,"other":1}');
  });

  test('a patch reaches every row of a list', async () => {
    await call('POST', '/notes', { text: 'a' });
    await call('POST', '/notes', { text: 'b' });
    emulator.faults.add({ action: { kind: 'patchBody', set: { 'notes.*': '' }, remove: ['total'] } });
    expect((await call('GET', '/notes')).json.value).toEqual({ notes: ['', ''] });
    emulator.faults.add({ action: { kind: 'patchBody', remove: ['notes.0'] } });
    expect(await notes()).toEqual(['b']);
  });

  test('faults choose by method, path, query and part of the body, let requests pass, and can strike always', async () => {
    const refuse = { kind: 'status', status: 503 } as const;
    emulator.faults.add({ match: { body: { text: 'b' } }, action: refuse });
    emulator.faults.add({ match: { path: '^/notes$', query: 'page=2' }, skip: 1, times: 'always', action: refuse });
    const statuses = [];
    for (const path of ['/notes', '/notes?page=2', '/notes?page=2', '/notes?page=2'])
      statuses.push((await call('GET', path)).status);
    for (const text of ['a', 'b', 'b']) statuses.push((await call('POST', '/notes', { text })).status);
    expect(statuses).toEqual([200, 200, 503, 503, 200, 503, 200]);
    expect(emulator.faults.list()).toMatchObject([
      { seen: 1, struck: 1 },
      { seen: 3, struck: 2 },
    ]);
  });

  test('faults end after their time, and one that applies can bring others', async () => {
    let now = 1_000;
    const script = new FaultScript(null, () => now);
    const request = (method: string) => ({ method, path: '/', query: '', body: null, headers: {} });
    const outage = { match: { method: 'GET' }, times: 'always', forSeconds: 30, action: { kind: 'hang' } } as const;
    script.add({ match: { method: 'POST' }, followedBy: [outage], action: { kind: 'reset' } });
    expect(script.take(request('GET'))).toBeNull();
    expect(script.take(request('POST'))).toMatchObject({ action: { kind: 'reset' } });
    now += 29_999;
    expect(script.take(request('GET'))).toMatchObject({ action: { kind: 'hang' }, endsAt: '1970-01-01T00:00:31.000Z' });
    now += 1;
    expect(script.take(request('GET'))).toBeNull();
  });

  test('faults also strike unknown paths', async () => {
    emulator.faults.add({ action: { kind: 'status', status: 503 } });
    expect((await call('GET', '/nowhere')).status).toBe(503);
    expect((await call('GET', '/nowhere')).status).toBe(404);
  });
});

describe('the request log', () => {
  test('shows what was called, with credentials kept out', async () => {
    await call('POST', '/notes?tag=x&tag=y&x-note-key=secret', { text: 'a' });
    const [entry] = emulator.requests.list();
    expect(entry).toMatchObject({
      seq: 1,
      method: 'POST',
      path: '/notes',
      query: { tag: ['x', 'y'], 'x-note-key': '[redacted]' },
      body: { text: 'a' },
      status: 200,
      outcome: 'answered',
      fault: null,
    });
    expect(JSON.stringify(entry)).not.toContain('secret');
  });

  test('tells calls in sequence from calls at the same time', async () => {
    emulator.faults.add({ times: 'always', action: { kind: 'delay', milliseconds: 250 } });
    await Promise.all([call('GET', '/notes'), call('GET', '/notes')]);
    await call('GET', '/notes');
    const [first, second, third] = emulator.requests.list();
    expect(second?.startedAt).toBeLessThan(first?.finishedAt ?? 0);
    expect(third?.startedAt).toBeGreaterThanOrEqual(second?.finishedAt ?? Infinity);
    expect(first?.durationMs).toBeGreaterThanOrEqual(25);
  });

  test('forgets its oldest entries but keeps counting', () => {
    const list = new BoundedList<number>(10);
    for (let entry = 1; entry <= 25; entry += 1) list.add(entry);
    expect(list.list()).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
    expect(list.added).toBe(25);
  });
});

describe('control endpoints', () => {
  test('need no credential and are not logged', async () => {
    const bare = caller(emulator.url);
    const index = await bare('GET', '/__emulator');
    expect(index.status).toBe(200);
    expect(index.json.value).toMatchObject({
      title: 'Notebook emulator',
      scenario: 'blank',
      clock: { frozen: false },
      switches: { shouts: { value: false, description: 'Answers in capitals.' } },
    });
    expect(index.json.at('links')).toEqual(
      expect.arrayContaining(
        ['requests', 'faults', 'clock', 'switches', 'state', 'events', 'reset'].map((name) => `/__emulator/${name}`),
      ),
    );
    expect(emulator.requests.list()).toEqual([]);
  });

  test('script, list and delete faults', async () => {
    const posted = await call('POST', '/__emulator/faults', {
      id: 'f',
      match: { path: '/notes' },
      times: 2,
      action: { kind: 'html', status: 502 },
    });
    expect(posted.status).toBe(201);
    expect((await call('GET', '/notes')).status).toBe(502);
    expect((await call('GET', '/__emulator/faults')).json.value).toMatchObject([{ id: 'f', struck: 1 }]);
    expect((await call('DELETE', '/__emulator/faults')).status).toBe(204);
    expect((await call('GET', '/notes')).status).toBe(200);
  });

  test.each([
    ['/faults', { action: { kind: 'explode' } }, 'action.kind must be one of'],
    ['/faults', { action: { kind: 'status' } }, 'action.status'],
    ['/faults', { match: { path: '(' }, action: { kind: 'reset' } }, 'match.path must be a regular expression'],
    ['/faults', { math: {}, action: { kind: 'reset' } }, 'does not know math'],
    ['/faults', { times: 0, action: { kind: 'reset' } }, 'times'],
    ['/clock', { at: 'soon' }, 'at must be a date'],
    ['/clock', {}, 'at, frozen, advanceSeconds'],
    ['/switches', { shouts: 'yes' }, 'Switch shouts takes a boolean'],
    ['/switches', { reply: 500 }, 'Switch reply takes one of 200, 201'],
    ['/switches', { nothing: true }, 'There is no switch nothing'],
    ['/reset', { scenario: 'lost' }, 'There is no scenario lost'],
  ])('refuse bad input to %s with a readable message: %j', async (path, body, message) => {
    const answer = await call('POST', `/__emulator${path}`, body);
    expect(answer.status).toBe(400);
    expect(answer.json.text('message')).toContain(message);
  });

  test('a bad switch leaves the good ones beside it alone', async () => {
    await call('POST', '/__emulator/switches', { shouts: true, reply: 1 });
    expect(emulator.switches.get('shouts')).toBe(false);
    await call('POST', '/__emulator/switches', { shouts: true, reply: 201 });
    expect((await call('POST', '/notes', { text: 'a' })).status).toBe(201);
  });

  test('show the store and the events, and start over', async () => {
    await call('POST', '/notes', { text: 'a' });
    expect((await call('GET', '/__emulator/state')).json.value).toEqual({ notes: ['a'] });
    expect((await call('GET', '/__emulator/events')).json.value).toMatchObject([
      { seq: 1, type: 'note.created', object: { text: 'a' } },
    ]);
    await call('POST', '/__emulator/reset', { scenario: 'dated', switches: { shouts: true } });
    expect(await notes()).toEqual(['2026-03-01T12:00:00.000Z']);
    expect(emulator.clock.isFrozen).toBe(true);
    expect(emulator.switches.get('shouts')).toBe(true);
    expect(emulator.events.list()).toEqual([]);
    await call('POST', '/__emulator/reset');
    expect(emulator.switches.get('shouts')).toBe(false);
  });

  test('move the clock, which runs on unless it is frozen', async () => {
    await call('POST', '/__emulator/clock', { at: '2030-01-01T00:00:00Z' });
    const first = emulator.clock.now().getTime();
    await new Promise((resolve) => setTimeout(resolve, 15));
    expect(emulator.clock.now().getTime()).toBeGreaterThan(first);
    await call('POST', '/__emulator/clock', { at: '2030-01-01T00:00:00Z', frozen: true });
    const answer = await call('POST', '/__emulator/clock', { advanceSeconds: 90 });
    expect(answer.json.value).toEqual({ now: '2030-01-01T00:01:30.000Z', frozen: true });
  });
});

describe('a started emulator', () => {
  test('accepts bodies up to 1 MiB and empty JSON bodies', async () => {
    expect((await call('POST', '/notes', { text: 'x'.repeat(1_000_000) })).status).toBe(200);
    expect((await call('POST', '/notes', { text: 'x'.repeat(1_100_000) })).status).toBe(413);
    const empty = await fetch(`${emulator.url}/notes`, {
      method: 'GET',
      headers: { 'content-type': 'application/json' },
    });
    expect(empty.status).toBe(200);
  });

  test('leaves a clock it was handed alone', async () => {
    const clock = new EmulatorClock();
    clock.set(new Date('2027-05-05T05:05:05Z'), { frozen: true });
    const shared = await startEmulator(notebook, { clock, scenario: 'dated' });
    expect(shared.state()).toEqual({ notes: ['2027-05-05T05:05:05.000Z'] });
    await shared.close();
  });

  test('comes with everything sandbox mode needs', () => {
    for (const definition of Object.values(emulators)) {
      const { account, shopper } = definition.sandbox('http://127.0.0.1:9');
      expect(account.baseUrl).toMatch(/^http:..127\.0\.0\.1:9(\/|$)/);
      expect(Object.keys(emulators)).toContain(account.provider);
      expect(shopper.customerId).not.toBe('');
    }
  });
});
