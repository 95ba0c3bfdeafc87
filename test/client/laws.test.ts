import { afterEach, describe, expect, jest, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type Countdown,
  countdown,
  createUpsellClient,
  type DecisionStorage,
  type ExecutionResult,
  type UpsellClient,
} from '../../packages/client/src/index.js';

/** What the shopper decides: two products of one order, in two quantities. */
interface Wish {
  readonly name: string;
  readonly quantity: number;
}

/** One idempotency key at the graph. */
interface Recorded {
  readonly name: string;
  status: 'PENDING' | 'INDETERMINATE' | 'SUCCEEDED' | 'PARTIAL' | 'REJECTED' | 'FAILED' | 'SOMETHING_NEW';
  retry: string;
}

type Route = 'answered' | 'lost on the way' | 'answer lost' | 'refused before';

/** A graph with a ledger, and a network that loses requests and answers. */
class World {
  readonly ledger = new Map<string, Recorded>();
  /** Keys whose outcome some tab was told for good. */
  readonly told = new Set<string>();
  /** Keys that left a page, by name; last the one that was pressed for last. */
  readonly sent = new Map<string, string[]>();
  readonly stored = new Map<string, string>();
  timers: (() => void)[] = [];
  isOnline = true;
  /** Whether a key leaves because the shopper pressed, or because a page goes on by itself. */
  isPressed = false;
  steadyMs = 0;
  wallMs = 1_790_000_000_000;
  route: Route = 'answered';
  fate: Recorded['status'] = 'SUCCEEDED';
  retry = 'NEW_REQUEST';
  breaches: string[] = [];

  execute = async (
    _document: unknown,
    variables: Readonly<Record<string, unknown>>,
    kind: string,
  ): Promise<ExecutionResult> => {
    if (kind === 'query') return this.#tell(String(variables['key']));
    const input = Object(variables['input']);
    const key = String(input.idempotencyKey);
    this.#note(String(input.orderId), key);
    if (!this.isOnline || this.route === 'lost on the way') throw new TypeError('Failed to fetch');
    if (this.route === 'refused before' && !this.ledger.has(key)) {
      const errors = [{ code: 'NOT_FOUND', retry: 'NEVER' }];
      return { data: { add: { operation: null, errors } } };
    }
    const recorded = this.ledger.get(key) ?? { name: String(input.orderId), status: this.fate, retry: this.retry };
    this.ledger.set(key, recorded);
    if (this.route === 'answer lost') throw new TypeError('Failed to fetch');
    return this.#answer(key, recorded, 'add');
  };

  #answer(key: string, { status, retry }: Recorded, field: string): ExecutionResult {
    const errors =
      status === 'SUCCEEDED' ? [] : [{ code: 'PROVIDER', retry: isFinal(status) ? retry : 'CHECK_OPERATION' }];
    if (isFinal(status)) this.told.add(key);
    const operation = { id: key, status, errors };
    return { data: { [field]: field === 'add' ? { operation, errors } : operation } };
  }

  #tell(key: string): ExecutionResult {
    if (!this.isOnline) throw new TypeError('Failed to fetch');
    const recorded = this.ledger.get(key);
    return recorded ? this.#answer(key, recorded, 'operationByKey') : { data: { operationByKey: null } };
  }

  /** The law: while the outcome of a key is not known, no other leaves for the same name that would write anew. */
  #note(name: string, key: string): void {
    const keys = this.sent.get(name) ?? [];
    const open = keys.find((each) => each !== key && this.ledger.has(each) && !this.told.has(each));
    if (open !== undefined && !this.ledger.has(key)) this.breaches.push(`${key} left while ${open} was not settled`);
    const isOvertaken = keys.includes(key) && keys.at(-1) !== key && !this.ledger.has(key);
    if (isOvertaken && !this.isPressed) this.breaches.push(`${key} left by itself after ${keys.at(-1)}`);
    if (this.isPressed || !keys.includes(key)) this.sent.set(name, [...keys.filter((each) => each !== key), key]);
  }
}

function isFinal(status: Recorded['status']): boolean {
  return ['SUCCEEDED', 'PARTIAL', 'REJECTED', 'FAILED'].includes(status);
}

interface Tab {
  client: UpsellClient;
  /** Drawn buttons: decided in the turn they were drawn in. */
  drawn: Map<string, number>;
  window: Countdown;
  /** What the window read last, and how long the page is open. */
  lastLeft: number;
  openedMs: number;
  leaving: AbortController;
}

const WINDOW_SECONDS = 3_600;

function storageOf(stored: Map<string, string>, isPrivate = false): DecisionStorage {
  return {
    get length() {
      return stored.size;
    },
    key: (index) => [...stored.keys()][index] ?? null,
    getItem: (key) => stored.get(key) ?? null,
    setItem(key, value) {
      if (isPrivate) throw new Error('QuotaExceededError');
      stored.set(key, value);
    },
    removeItem: (key) => void stored.delete(key),
  };
}

class Shop {
  readonly tabs: Tab[] = [];

  constructor(
    readonly world: World,
    private readonly isPrivate: boolean,
  ) {
    this.tabs.push(this.open());
  }

  open(): Tab {
    const { world } = this;
    const client = createUpsellClient({
      execute: world.execute,
      storage: storageOf(world.stored, this.isPrivate),
      later: (callback) => {
        world.timers.push(callback);
        return () => {};
      },
    });
    for (const name of ['tea', 'coffee']) client.remember(name, 'mutation');
    const window = countdown({ state: 'OPEN', secondsLeft: WINDOW_SECONDS });
    const leaving = new AbortController();
    return { client, drawn: new Map(), window, lastLeft: WINDOW_SECONDS, openedMs: world.steadyMs, leaving };
  }

  /** A window never reads more than the graph said less what has passed for sure, and never opens again. */
  lookAtWindow(tab: Tab): void {
    const left = tab.window.secondsLeft() ?? Number.NaN;
    const passed = (this.world.steadyMs - tab.openedMs) / 1_000;
    if (left > Math.max(0, WINDOW_SECONDS - passed)) this.world.breaches.push(`${left} s shown after ${passed} s`);
    if (!(left <= tab.lastLeft)) this.world.breaches.push(`${left} s shown after ${tab.lastLeft} s were`);
    if ((left === 0) !== (tab.window.state() === 'CLOSED')) this.world.breaches.push(`${left} s, and not closed`);
    tab.lastLeft = left;
  }

  /** A shopper presses a button; what is drawn stays drawn until the next drawing. */
  async press(tab: Tab, { name, quantity }: Wish, times: number): Promise<void> {
    const turn = tab.drawn.get(name) ?? tab.client.turn(name);
    tab.drawn.set(name, turn);
    const decision = tab.client.decision(name, { orderId: name, quantity }, turn);
    this.world.isPressed = true;
    const answers = Array.from({ length: times }, () => tab.client.run(decision, 'mutation'));
    this.world.isPressed = false;
    const [answer] = await Promise.all(answers);
    // As the hooks do.
    if (answer?.status === 'unknown') void tab.client.watch(decision, tab.leaving.signal);
    await turns();
  }
}

const wish: fc.Arbitrary<Wish> = fc.record({
  name: fc.constantFrom('tea', 'coffee'),
  quantity: fc.constantFrom(1, 2),
});
const route = fc.constantFrom<Route>('answered', 'lost on the way', 'answer lost', 'refused before');
const fate = fc.constantFrom<Recorded['status']>(
  'SUCCEEDED',
  'PARTIAL',
  'REJECTED',
  'FAILED',
  'PENDING',
  'INDETERMINATE',
  'SOMETHING_NEW',
);

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      tab: fc.nat(2),
      wish,
      route,
      fate,
      retry: fc.constantFrom('NEW_REQUEST', 'SAME_KEY', 'NEVER', 'CHECK_OPERATION', 'LATER'),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  fc.record({ kind: fc.constant('reload' as const), tab: fc.nat(2) }),
  fc.record({ kind: fc.constant('another tab' as const) }),
  fc.record({ kind: fc.constant('draw' as const), tab: fc.nat(2) }),
  fc.record({ kind: fc.constant('network' as const), isOnline: fc.boolean() }),
  fc.record({ kind: fc.constant('settle' as const), fate }),
  fc.record({ kind: fc.constant('follow' as const), tab: fc.nat(2) }),
  fc.record({
    kind: fc.constant('clock' as const),
    /** What is set, by hand or by the network, or passes in sleep. */
    wallMs: fc.integer({ min: -7_200_000, max: 7_200_000 }),
    /** What passes while the computer is awake. */
    steadyMs: fc.integer({ min: 0, max: 600_000 }),
  }),
);

type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

async function play(isPrivate: boolean, steps: readonly Step[]): Promise<World> {
  const world = new World();
  jest.spyOn(Date, 'now').mockImplementation(() => world.wallMs);
  jest.spyOn(performance, 'now').mockImplementation(() => world.steadyMs);
  const shop = new Shop(world, isPrivate);
  const { tabs } = shop;
  const at = (index: number) => tabs[index % tabs.length] ?? shop.open();
  for (const each of steps) {
    switch (each.kind) {
      case 'press':
        Object.assign(world, { route: each.route, fate: each.fate, retry: each.retry });
        await shop.press(at(each.tab), each.wish, each.times);
        break;
      case 'reload':
        at(each.tab).leaving.abort();
        tabs[each.tab % tabs.length] = shop.open();
        break;
      case 'another tab':
        if (tabs.length < 3) tabs.push(shop.open());
        break;
      case 'draw':
        at(each.tab).drawn.clear();
        break;
      case 'network':
        world.isOnline = each.isOnline;
        break;
      case 'settle':
        for (const recorded of world.ledger.values()) {
          if (isFinal(recorded.status)) continue;
          recorded.status = each.fate;
          recorded.retry = 'NEW_REQUEST';
        }
        break;
      case 'follow': {
        const { client, leaving } = at(each.tab);
        client.resume(leaving.signal);
        await turns();
        break;
      }
      case 'clock': {
        world.steadyMs += each.steadyMs;
        world.wallMs += each.steadyMs + each.wallMs;
        const due = world.timers;
        world.timers = [];
        for (const callback of due) callback();
        await turns();
        break;
      }
    }
    for (const tab of tabs) shop.lookAtWindow(tab);
  }
  for (const { leaving } of tabs) leaving.abort();
  return world;
}

function soon(callback: () => void): () => void {
  queueMicrotask(callback);
  return () => {};
}

/** Lets everything happen that needs no timer. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('one key for one decision', () => {
  afterEach(() => void jest.restoreAllMocks());

  test('never leaves a second key while the outcome of the first is unknown, over reloads, tabs, lost answers and clocks that jump', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
        expect((await play(false, steps)).breaches).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('nor for the same decision where nothing can be stored', async () => {
    const sameWish = step
      .filter(({ kind }) => kind !== 'another tab')
      .map((each) => (each.kind === 'press' ? { ...each, wish: { name: 'tea', quantity: 1 } } : each));
    await fc.assert(
      fc.asyncProperty(fc.array(sameWish, { minLength: 1, maxLength: 30 }), async (steps) => {
        expect((await play(true, steps)).breaches).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a decision', () => {
  function clientOf(world: World): UpsellClient {
    return createUpsellClient({
      execute: world.execute,
      storage: null,
      later: (callback) => soon(callback),
    });
  }

  test('is sent once by a double click, and a new one follows when it is settled', async () => {
    const world = new World();
    const client = clientOf(world);
    const first = client.decision('tea', { orderId: 'tea' });
    await Promise.all([client.run(first, 'm'), client.run(client.decision('tea', { orderId: 'tea' }), 'm')]);
    expect(world.sent.get('tea')).toEqual([first.key]);
    expect(client.decision('tea', { orderId: 'tea' }).key).not.toBe(first.key);
    expect(first.key).toMatch(/^[\w-]{16,128}$/);
  });

  test.each(
    ['PARTIAL', 'REJECTED', 'FAILED'].flatMap((status) =>
      ['CHECK_OPERATION', 'NEVER', 'LATER'].map((retry) => [status, retry] as const),
    ),
  )('that is settled as %s is waited for no longer, with the advice %s', async (status, retry) => {
    const world = new World();
    const later = (callback: () => void) => {
      const timer = setTimeout(callback, 1);
      return () => clearTimeout(timer);
    };
    const client = createUpsellClient({ execute: world.execute, storage: null, later });
    const decision = client.decision('tea', { orderId: 'tea' });
    Object.assign(world, { route: 'answer lost', fate: status, retry });
    expect(await client.run(decision, 'm')).toMatchObject({ status: 'unknown' });
    world.route = 'answered';
    const patience = new AbortController();
    setTimeout(() => patience.abort(), 100);
    expect(await client.watch(decision, patience.signal)).toMatchObject({
      status: status.toLowerCase(),
      errors: [{ retry }],
    });
    expect(client.open()).toEqual([]);
    expect(await client.run(client.decision('tea', { orderId: 'tea' }), 'm')).toMatchObject({
      status: status.toLowerCase(),
    });
  });

  test('keeps its key under other guards and another patience, and gets another one with another quantity', () => {
    const client = clientOf(new World());
    const key = (input: object) => client.decision('tea', input).key;
    expect(key({ orderId: 'o', quantity: 1, guards: { previewId: 'a' } })).toBe(
      key({ quantity: 1, orderId: 'o', guards: { previewId: 'b' }, answerWithin: 2_000 }),
    );
    expect(key({ orderId: 'o', quantity: 1 })).not.toBe(key({ orderId: 'o', quantity: 2 }));
  });

  test('that was lost on the way is sent again by watching, with its key', async () => {
    const world = new World();
    const client = clientOf(world);
    world.route = 'lost on the way';
    const decision = client.decision('tea', { orderId: 'tea' });
    expect(await client.run(decision, 'm')).toMatchObject({ status: 'unknown' });
    world.route = 'answered';
    expect(await client.watch(decision)).toMatchObject({ status: 'succeeded' });
    expect(world.sent.get('tea')).toEqual([decision.key]);
  });

  /** A page that was just loaded, with what an earlier one stored. */
  function load(world: World): UpsellClient {
    const storage = storageOf(world.stored);
    return createUpsellClient({ execute: world.execute, storage, later: (callback) => soon(callback) });
  }

  test('that never arrived is sent again after a reload, once it is known with which document', async () => {
    const world = new World();
    world.route = 'lost on the way';
    const before = load(world);
    const decision = before.decision('tea', { orderId: 'tea' });
    await before.run(decision, 'm');
    world.route = 'answered';
    const after = load(world);
    const [followed] = after.resume();
    await turns();
    expect(world.ledger.size).toBe(0);
    after.remember('tea', 'm');
    expect(await followed?.result).toMatchObject({ status: 'succeeded' });
    expect(world.sent.get('tea')).toEqual([decision.key]);
  });

  test('that another tab gave up is given up, not sent again', async () => {
    const world = new World();
    world.route = 'lost on the way';
    const [first, second] = [load(world), load(world)];
    const decision = first.decision('tea', { orderId: 'tea' });
    await first.run(decision, 'm');
    world.route = 'refused before';
    second.remember('tea', 'm');
    await second.resume()[0]?.result;
    world.route = 'answered';
    expect(await first.watch(decision)).toMatchObject({ status: 'refused' });
    expect(world.ledger.size).toBe(0);
  });

  test('with other input waits while the earlier one is open, and says which that is', async () => {
    const world = new World();
    const client = clientOf(world);
    world.route = 'answer lost';
    await client.run(client.decision('tea', { orderId: 'tea', quantity: 1 }), 'm');
    const later = await client.run(client.decision('tea', { orderId: 'tea', quantity: 2 }), 'm');
    expect(later).toMatchObject({ status: 'busy', earlier: { input: { quantity: 1 } } });
    expect(world.ledger.size).toBe(1);
  });

  test('is settled by the stream, and by asking when the stream breaks', async () => {
    const world = new World();
    world.fate = 'PENDING';
    const events: string[] = [];
    const shown: unknown[] = [];
    const statusOf = (state: ReturnType<UpsellClient['state']>) => 'operation' in state && state.operation?.status;
    let streams = 0;
    const client = createUpsellClient({
      execute: world.execute,
      storage: null,
      later: (callback) => soon(callback),
      async *subscribe(_document, { id }) {
        streams += 1;
        events.push(String(id));
        yield { data: { operationUpdated: { id, status: 'PENDING', errors: [] } } };
        yield { data: { operationUpdated: { id, status: 'INDETERMINATE', errors: [] } } };
        shown.push(statusOf(client.state('tea')));
        if (streams === 1) throw new Error('cut');
        const recorded = world.ledger.get(String(id));
        if (recorded) recorded.status = 'SUCCEEDED';
        world.told.add(String(id));
        yield { data: { operationUpdated: { id, status: 'SUCCEEDED', errors: [] } } };
      },
    });
    const decision = client.decision('tea', { orderId: 'tea' });
    expect(await client.run(decision, 'm')).toMatchObject({ status: 'unknown' });
    expect(await client.watch(decision)).toMatchObject({ status: 'succeeded' });
    expect(events).toEqual([decision.key, decision.key]);
    expect(shown).toEqual(['INDETERMINATE', 'INDETERMINATE']);
  });

  test('whose document does not select what it needs is a mistake of the shop', async () => {
    const client = createUpsellClient({ execute: async () => ({ data: { add: { order: null } } }), storage: null });
    await expect(client.run(client.decision('tea', {}), 'm')).rejects.toThrow(
      'has to select `operation { id status }`',
    );
  });
});
