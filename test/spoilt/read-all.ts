import { openGuarded } from '../../src/auth/guarded-source.js';
import type { Actor } from '../../src/domain/actor.js';
import type { ConnectedAccount } from '../../src/domain/connected-account.js';
import { type Listing, type Lookup, mapFound } from '../../src/domain/lookup.js';
import { problemOf, type ProviderProblem } from '../../src/domain/problem.js';
import type { Order } from '../../src/domain/order.js';
import type { GlobalId } from '../../src/domain/reference.js';

interface DomainRecord {
  readonly id: GlobalId;
  readonly ref: { readonly key: string };
}

/** A list as it was answered, or why it was not. */
export interface ListFact {
  /** By key. */
  readonly items: ReadonlyMap<string, string>;
  readonly problem: ProviderProblem | null;
  readonly failed: boolean;
}

/** What all reads say of the records of one shopper; records as text. */
export interface Facts {
  readonly lists: ReadonlyMap<string, ListFact>;
  /** By `port key`: the record as text, or `missing`, or `failed`. */
  readonly records: ReadonlyMap<string, string>;
}

/** Keys to read one by one. */
export interface Wanted {
  readonly orders: readonly string[];
  readonly lines: readonly string[];
  readonly subscriptions: readonly string[];
  readonly products: readonly string[];
}

const nothing: Wanted = { orders: [], lines: [], subscriptions: [], products: [] };

/** Reads everything there is to read. Throws what a read throws that is no `ProviderFailure`. */
export async function readAll(
  connected: ConnectedAccount,
  actor: Actor,
  wanted = nothing,
  scope: 'records' | 'with judgements' = 'records',
): Promise<Facts> {
  const { signal } = new AbortController();
  const source = openGuarded(connected, actor, { signal });
  const customerId = actor.customers[connected.account.key] ?? '';
  const lists = new Map<string, ListFact>();
  const records = new Map<string, string>();

  async function list<T extends DomainRecord>(
    name: string,
    read: Promise<Listing<T>> | undefined,
  ): Promise<readonly T[]> {
    if (!read) return [];
    try {
      const { items, problem } = await read;
      const byKey = new Map(items.map((item) => [item.ref.key, toText(item)]));
      lists.set(name, { items: byKey, problem, failed: false });
      return items;
    } catch (error) {
      lists.set(name, { items: new Map(), problem: problemOf(error), failed: true });
      return [];
    }
  }

  function note(port: string, keys: readonly string[], answers: readonly Lookup<unknown>[]): void {
    for (const [index, key] of keys.entries()) {
      const answer = answers[index];
      records.set(`${port} ${key}`, answer?.state === 'found' ? toText(answer.value) : (answer?.state ?? 'missing'));
    }
  }

  const listed = await list(
    'orders',
    source.upcomingOrders?.list(customerId, { lineItems: true, subscriptions: true }),
  );
  await list('subscriptions', source.subscriptions?.listFor(customerId));
  const orders = await source.orders.getMany(wanted.orders);
  note('order', wanted.orders, orders);
  const open = [...listed, ...orders.flatMap((order) => (order.state === 'found' ? order.value : []))];
  const each = [...new Map(open.map((order) => [order.ref.key, order])).values()];
  const keys = each.map(({ ref }) => ref.key);
  note('linesOf', keys, (await source.lineItems?.forOrders(each)) ?? []);
  note('offersOf', keys, (await source.offers?.forOrders(each)) ?? []);
  note('line', wanted.lines, (await source.lineItems?.getMany(wanted.lines)) ?? []);
  note('subscription', wanted.subscriptions, (await source.subscriptions?.getMany(wanted.subscriptions)) ?? []);
  note('product', wanted.products, (await source.products?.getMany(wanted.products)) ?? []);
  if (scope === 'with judgements') {
    const questions = each.flatMap((order) => wanted.products.slice(0, 3).flatMap((id) => questionsAbout(order, id)));
    const keysOf = questions.map(({ order, item, subscribe }) => `${order.ref.key} ${item.product.id} ${subscribe}`);
    const judged = (await source.eligibility?.check(questions)) ?? [];
    note(
      'eligibility',
      keysOf,
      judged.map((answer) =>
        mapFound(answer, ({ verdict, reasons, possibleModes }) => ({ verdict, reasons, possibleModes })),
      ),
    );
  }
  return { lists, records };
}

function questionsAbout(order: Order, id: string) {
  const item = { offerKey: null, product: { id, handle: null, variantId: null } };
  return [false, true].map((subscribe) => ({ order, item, quantity: 1, subscribe }));
}

/** Without the moments of the reading itself. */
function toText(value: unknown): string {
  return JSON.stringify(value, (name, each: unknown) => {
    if (name === 'observedAt' || name === 'asOf') return undefined;
    return typeof each === 'bigint' ? `${each}n` : each;
  });
}
