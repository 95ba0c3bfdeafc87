import { afterAll, describe, expect, test } from '@jest/globals';
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
import { type Facts, readAll, type Wanted } from './read-all.js';
import { at, type Spoil, spoil, spoilsOf } from './spoil.js';

/** Fields that say whose a record is: another value takes it away from the shopper. */
const OWNERS: ReadonlySet<string> = new Set(['customer', 'customer_id', 'email', 'live_mode']);

/** Fields that identify a record, or what it belongs to: another value makes it another record. */
const IDENTIFIERS: ReadonlySet<string> = new Set(
  'id public_id external_product_id external_variant_id ecommerce contract contractId subscription order line item product variantId billingAttemptId address_id purchase_item_id scheduled_at'.split(
    ' ',
  ),
);

const summary: string[] = [];

afterAll(() => {
  process.stdout.write(`Spoilt records: ${summary.join('; ')}\n`);
});

interface Recorded {
  readonly request: OutboundRequest;
  readonly response: OutboundResponse;
  readonly body: unknown;
}

async function record(name: string) {
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
    const json = readJson(response.text);
    if (request.kind === 'read' && json.ok) answers.set(keyOf(request), { request, response, body: json.value });
    return response;
  };
  return { stack, account, shopper, connect, recording, answers, keyOf };
}

describe('a record with one field spoilt costs no other', () => {
  test.each(Object.keys(providers))(
    '%s',
    async (name) => {
      const { stack, account, shopper, connect, recording, answers, keyOf } = await record(name);
      const actor: Actor = {
        id: 'actor-1',
        kind: 'CUSTOMER',
        scopes: ['upsell:read'],
        customers: { [account.key]: shopper },
        orders: {},
      };
      const connected = connect(recording);
      const wanted = await everyKey(name, connected, actor);
      const before = await readAll(connected, actor, wanted);
      const recorded = [...answers.values()];
      let tried = 0;
      const kinds = new Set<string>();
      const wrong: string[] = [];
      for (const { request, response, body } of recorded) {
        const spoils = spoilsOf(body).filter(({ path }) => !kinds.has(kindOf(request, path)));
        for (const each of spoils) {
          const text = JSON.stringify(spoil(body, each));
          const spoiling: Transport = async (asked) =>
            keyOf(asked) === keyOf(request) ? { ...response, text } : recording(asked);
          tried += 1;
          const label = `${kindOf(request, each.path)} ${each.field} ${each.kind}`;
          try {
            const after = await readAll(connect(spoiling), actor, wanted);
            const faults = faultsOf(before, after, { row: rowOf(body, each), mayLeave: mayLeave(each), shopper });
            if (faults.length > 0) wrong.push(`${label}: ${faults.slice(0, 2).join('; ')}`);
          } catch (error) {
            wrong.push(`${label}: threw ${String(error)}`);
          }
        }
        for (const { path } of spoils) kinds.add(kindOf(request, path));
      }
      summary.push(`${name} ${kinds.size} kinds of records, ${tried} spoilt fields`);
      await stack.close();
      expect(wrong).toEqual([]);
      expect(tried).toBeGreaterThan(100);
    },
    600_000,
  );
});

/** Objects at the same place of answers to the same call are of one kind. */
function kindOf({ urlTemplate }: OutboundRequest, path: Spoil['path']): string {
  return `${urlTemplate} ${path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.')}`;
}

async function everyKey(name: string, connected: ReturnType<typeof connectedAccount>, actor: Actor): Promise<Wanted> {
  const open = () =>
    connected.connection.open({
      actorId: actor.id,
      shopper: { customerId: actor.customers[connected.account.key] ?? null, recognised: false },
      signal: new AbortController().signal,
    });
  const { unlisted } = subjectOf(name);
  // Some are somebody else's, or cannot be paid.
  const completed = await Promise.allSettled(
    (unlisted.checkouts ?? []).map((checkout) => finishCheckout(open, checkout, { klarna_order: 'k-1' })),
  );
  const unlistedOrders = [
    ...(unlisted.orders ?? []),
    ...completed.flatMap((each) => (each.status === 'fulfilled' ? each.value.ref.key : [])),
  ];
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

/** Whether the spoilt field makes it another record, or another shopper's. */
function mayLeave({ field, kind }: Spoil): boolean {
  return OWNERS.has(field) || (isAnother(kind) && IDENTIFIERS.has(field));
}

/** Whether the value can be read as an identifier. */
function isAnother(kind: Spoil['kind']): boolean {
  return kind === 'other type' || kind === 'out of range' || kind === 'unknown word';
}

/** The record of a list that is spoilt, with all it holds; null where the list itself is. */
function rowOf(body: unknown, { path, field, kind }: Spoil): string | null {
  // An item that names no order may be anybody's: then no order's lines are known to be whole.
  if (field === 'order' && !isAnother(kind)) return null;
  const inList = path.findIndex((step) => typeof step === 'number');
  if (inList < 0) return null;
  return JSON.stringify(at(body, path.slice(0, inList + 1)));
}

interface Spoilt {
  readonly row: string | null;
  readonly mayLeave: boolean;
  readonly shopper: string;
}

/** What of other records is not as it was, and what of this one went away without a word. */
function faultsOf(before: Facts, after: Facts, { row, mayLeave: may, shopper }: Spoilt): string[] {
  const faults: string[] = [];
  const isRelated = (key: string, text: string) => row === null || areRelated(row, key, text, shopper);
  for (const [name, was] of before.lists) {
    const is = after.lists.get(name);
    if (!is || is.failed) continue;
    for (const [key, text] of was.items) {
      const now = is.items.get(key);
      if (now !== text && !isRelated(key, text)) faults.push(`${name} ${key} is ${now ?? 'gone'}, another record`);
      if (now === undefined && is.problem === null && !may) faults.push(`${name} ${key} is gone silently`);
    }
    if (is.problem?.leftOut && !NAMES_WHAT_IS_LEFT_OUT.test(is.problem.detail)) {
      faults.push(`${name}: "${is.problem.detail}" names no record`);
    }
  }
  for (const [key, text] of before.records) {
    if (text === 'missing') continue;
    const now = after.records.get(key);
    const own = key.split(' ')[1] ?? '';
    if (now !== text && !isRelated(own, text)) faults.push(`${key} is ${now ?? 'not read'}, another record`);
    if (now === 'missing' && !may) faults.push(`${key} is missing`);
  }
  for (const text of [
    ...after.records.values(),
    ...[...after.lists.values()].flatMap(({ items }) => [...items.values()]),
  ]) {
    for (const [time, year] of text.matchAll(/"(?:at|date|startDate)":"([+-]?\d+)-[^"]*"/g)) {
      if (Number(year) < 1970 || Number(year) > 2199) faults.push(`the time ${time}`);
    }
    for (const [number] of text.matchAll(/(?<=:)-?\d{10,}(?=[,}])/g)) faults.push(`the number ${number}`);
  }
  return [...new Set(faults)];
}

const NAMES_WHAT_IS_LEFT_OUT = /\(record (?:number \d+|\S+)\)|another customer/;

/** Whether one names the other by an identifier: of the row's own, or of the record. */
function areRelated(row: string, key: string, text: string, shopper: string): boolean {
  const ids = Array.from(
    row.matchAll(
      /"(?:id|public_id|contract|order|line|item|product|external_product_id|external_variant_id|ecommerce|billingAttemptId|contractId|subscription|address_id|purchase_item_id)":"?([^",}]{1,80})/g,
    ),
    ([, id = '']) => id,
  );
  const parts = key.split(/[/:]/).concat(key);
  return (
    ids.some((id) => id !== shopper && id !== 'null' && text.includes(id)) ||
    parts.some((part) => part.length > 1 && row.includes(part))
  );
}
