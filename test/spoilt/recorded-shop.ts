import type { Account } from '../../src/domain/account.js';
import type { Actor } from '../../src/domain/actor.js';
import { connectedAccount } from '../../src/domain/connected-account.js';
import type { OutboundRequest, OutboundResponse, Transport } from '../../src/domain/transport.js';
import { createMemoryAccountStore } from '../../src/operations/memory-account-store.js';
import { providers } from '../../src/providers/index.js';
import { readJson } from '../../src/providers/kit/json.js';
import { subjectOf, unlimitedSwitches } from '../subjects/index.js';
import { finishCheckout } from '../support/finish-checkout.js';
import { startFullStack } from '../support/full-stack.js';
import { readAll, type Wanted } from './read-all.js';
import { at, objectPaths, type Spoil } from './spoil.js';

/** One answer of a provider. */
export interface Recorded {
  readonly request: OutboundRequest;
  readonly response: OutboundResponse;
  readonly body: unknown;
}

type Connected = ReturnType<typeof connectedAccount>;

/** A sandbox whose answers to reads were recorded: it is read over and over, with some of them changed. */
export interface RecordedShop {
  readonly actor: Actor;
  readonly shopper: string;
  /** All that there is to read. */
  readonly wanted: Wanted;
  readonly answers: readonly Recorded[];
  /** Values that its records have, by the names of their fields. */
  readonly vocabulary: ReadonlyMap<string, readonly unknown[]>;
  /** Connects the account, which is answered as recorded but for what is changed. */
  connectWith(
    changed: ReadonlyMap<Recorded, unknown>,
    unrecorded?: 'asked' | 'refused',
    between?: (send: Transport) => Transport,
  ): Connected;
  close(): Promise<void>;
}

export async function recordShop(name: string): Promise<RecordedShop> {
  let given: { readonly send: Transport; readonly account: Account } | null = null;
  const stack = await startFullStack({
    only: [name],
    switches: unlimitedSwitches,
    between: (send, account) => {
      given = { send, account };
      return send;
    },
  });
  const provider = Object.entries(providers).find(([key]) => key === name)?.[1];
  if (given === null || !provider) throw new Error(`${name} was not connected`);
  const { send, account }: { readonly send: Transport; readonly account: Account } = given;
  const { shopper, emulator } = stack.fixture(name);
  const now = emulator.clock.now();
  const clock = () => now;
  const store = createMemoryAccountStore(clock);
  const answers = new Map<string, Recorded>();
  const keyOf = ({ method, url, body }: OutboundRequest) => `${method} ${url} ${body ?? ''}`;
  const connect = (transport: Transport) =>
    connectedAccount(account, provider, provider.connect(account as never, { transport, clock, store }));
  const recording: Transport = async (request) => {
    const known = answers.get(keyOf(request));
    if (known) return known.response;
    const response = await send(request);
    // What was read before a write is not so any more.
    if (request.kind === 'write') answers.clear();
    const json = readJson(response.text);
    if (request.kind === 'read' && json.ok) answers.set(keyOf(request), { request, response, body: json.value });
    return response;
  };
  const actor: Actor = {
    id: 'actor-1',
    kind: 'CUSTOMER',
    scopes: ['upsell:read'],
    customers: { [account.key]: shopper },
    orders: {},
  };
  const textsOf = new WeakMap<ReadonlyMap<Recorded, unknown>, Map<string, string>>();
  const vocabulary = vocabularyOf(emulator.state());
  const wanted = await everyKey(name, connect(recording), actor);
  await readAll(connect(recording), actor, wanted, 'with judgements');
  return {
    actor,
    shopper,
    wanted,
    get answers() {
      return [...answers.values()];
    },
    vocabulary,
    connectWith(changed, unrecorded = 'asked', between = (sendOn) => sendOn) {
      const texts = textsOf.get(changed) ?? new Map<string, string>();
      if (!textsOf.has(changed)) {
        for (const [{ request }, body] of changed) texts.set(keyOf(request), JSON.stringify(body));
        textsOf.set(changed, texts);
      }
      return connect(
        between(async (asked) => {
          const known = answers.get(keyOf(asked));
          // Another call is told what was not changed.
          if (known === undefined && unrecorded === 'refused') return { status: 400, headers: {}, text: '{}' };
          const answer = known?.response ?? (await recording(asked));
          const text = texts.get(keyOf(asked));
          return text === undefined ? answer : { ...answer, text };
        }),
      );
    },
    close: () => stack.close(),
  };
}

/** Collects the words of all records, whomever they belong to. */
function vocabularyOf(state: unknown): ReadonlyMap<string, readonly unknown[]> {
  const words = new Map<string, Set<unknown>>();
  for (const path of objectPaths(state, [])) {
    for (const [name, value] of Object.entries(Object(at(state, path)))) {
      if (typeof value !== 'string' || !/^[a-z_-]{2,30}$/i.test(value)) continue;
      words.set(name, (words.get(name) ?? new Set()).add(value));
    }
  }
  return new Map([...words].map(([name, values]) => [name, [...values]]));
}

/** Objects at the same place of answers to the same call are of one kind. */
export function kindOf({ urlTemplate }: Pick<OutboundRequest, 'urlTemplate'>, path: Spoil['path']): string {
  return `${urlTemplate} ${path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.')}`;
}

async function everyKey(name: string, connected: Connected, actor: Actor): Promise<Wanted> {
  const open = () =>
    connected.connection.open({
      actorId: actor.id,
      shopper: { customerId: Object.values(actor.customers)[0] ?? null, recognised: false },
      signal: new AbortController().signal,
    });
  const { unlisted } = subjectOf(name);
  const unlistedOrders = [...(unlisted.orders ?? [])];
  for (const checkout of unlisted.checkouts ?? []) {
    // Some are somebody else's, or cannot be paid.
    const order = await finishCheckout(open, checkout, { klarna_order: 'k-1' }).catch(() => null);
    if (order) unlistedOrders.push(order.ref.key);
  }
  const { lists } = await readAll(connected, actor);
  const orders = [...(lists.get('orders')?.items.keys() ?? []), ...unlistedOrders];
  const first = await readAll(connected, actor, { orders, lines: [], subscriptions: [], products: [] });
  const lines = [...first.records].filter(([key]) => key.startsWith('linesOf'));
  const keysIn = (pattern: RegExp) => [
    ...new Set(lines.flatMap(([, text]) => Array.from(text.matchAll(pattern), ([, key = '']) => key))),
  ];
  return {
    orders,
    lines: keysIn(/"type":"LineItem","account":"[^"]*","key":"([^"]+)"/g),
    subscriptions: [...(lists.get('subscriptions')?.items.keys() ?? [])],
    products: keysIn(/"type":"Product","account":"[^"]*","key":"([^"]+)"/g),
  };
}
