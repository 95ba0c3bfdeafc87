import { openGuarded } from '../../src/auth/guarded-source.js';
import type { Actor } from '../../src/domain/actor.js';
import type { ConnectedAccount } from '../../src/domain/connected-account.js';
import type { EligibilityQuestion } from '../../src/domain/eligibility.js';
import type { LineItem } from '../../src/domain/line-item.js';
import { failed, type Listing, type Lookup } from '../../src/domain/lookup.js';
import type { UpsellOffer } from '../../src/domain/offer.js';
import type { Order } from '../../src/domain/order.js';
import { problemOf, type ProviderProblem } from '../../src/domain/problem.js';
import type { GuardedSource } from '../../src/domain/provider.js';
import type { Subscription } from '../../src/domain/subscription.js';
import type { AddItem } from '../../src/domain/write.js';
import type { Wanted } from './read-all.js';
import { isRecord } from './spoil.js';

/** What a read says: of a list, or of each of the keys it was asked for. */
export interface Answered {
  /** By key, as plain JSON. */
  readonly records: ReadonlyMap<string, Lookup<unknown>>;
  /** Null for reads by key. */
  readonly list: { readonly problem: ProviderProblem | null } | null;
}

/** Records that reads are asked about. */
export interface Known {
  readonly wanted: Wanted;
  readonly orders: readonly Order[];
  readonly subscriptions: readonly Subscription[];
  readonly lines: readonly LineItem[];
  /** By order. */
  readonly offers: ReadonlyMap<string, readonly UpsellOffer[]>;
}

type Read = (source: GuardedSource, known: Known, customerId: string) => Promise<Answered | null>;

const hints = { lineItems: true, subscriptions: true };

/** Everything that can be read, each by itself. */
export const readPaths: Readonly<Record<string, Read>> = {
  'upcomingOrders.list': ({ upcomingOrders }, _known, customerId) =>
    customerId === '' ? nothing : listed(upcomingOrders?.list(customerId, hints)),
  'subscriptions.listFor': ({ subscriptions }, _known, customerId) =>
    customerId === '' ? nothing : listed(subscriptions?.listFor(customerId)),
  'subscriptions.nextOrders': ({ subscriptions }, known) =>
    byKey(
      known.subscriptions.map(({ ref }) => ref.key),
      subscriptions?.nextOrders(known.subscriptions),
    ),
  'subscriptions.getMany': ({ subscriptions }, { wanted }) =>
    byKey(wanted.subscriptions, subscriptions?.getMany(wanted.subscriptions)),
  'orders.getMany': ({ orders }, known) =>
    byKey(
      known.orders.map(({ ref }) => ref.key),
      orders.getMany(known.orders.map(({ ref }) => ref.key)),
    ),
  'orders.keyOf': ({ orders }, known) => {
    const ids = known.orders.map(({ providerId }) => providerId);
    const { keyOf } = orders;
    return byKey(ids, keyOf && Promise.all(ids.map((id) => keyOf(id))));
  },
  'lineItems.getMany': ({ lineItems }, known) =>
    byKey(
      known.lines.map(({ ref }) => ref.key),
      lineItems?.getMany(known.lines.map(({ ref }) => ref.key)),
    ),
  'lineItems.forOrders': ({ lineItems }, known) =>
    byKey(
      known.orders.map(({ ref }) => ref.key),
      lineItems?.forOrders(known.orders),
    ),
  'products.getMany': ({ products }, { wanted }) => byKey(wanted.products, products?.getMany(wanted.products)),
  'offers.forOrders': ({ offers }, known) =>
    byKey(
      known.orders.map(({ ref }) => ref.key),
      offers?.forOrders(known.orders),
    ),
  'offers.getMany'({ offers }, known) {
    const keys = [...new Set([...known.offers.values()].flat().map(({ ref }) => ref.key))];
    return byKey(keys, offers?.getMany(keys));
  },
  async 'eligibility.check'({ eligibility }, known) {
    const questions = questionsAbout(known);
    return byKey(questions.map(nameOf), eligibility?.check(questions));
  },
  async 'preview.preview'({ preview }, known) {
    const questions = questionsAbout(known).filter((_each, index) => index % 3 === 0);
    return byKey(questions.map(nameOf), preview && Promise.all(questions.map((each) => preview.preview(toAdd(each)))));
  },
};

/** Reads the records that the paths are asked about. */
export async function readKnown(connected: ConnectedAccount, actor: Actor, wanted: Wanted): Promise<Known> {
  const source = openGuarded(connected, actor, { signal: new AbortController().signal });
  const orders = valuesOf(await source.orders.getMany(wanted.orders));
  const subscriptions = valuesOf((await source.subscriptions?.getMany(wanted.subscriptions)) ?? []);
  const lines = valuesOf((await source.lineItems?.forOrders(orders)) ?? []).flat();
  const offered = (await source.offers?.forOrders(orders)) ?? [];
  const offers = new Map(orders.map(({ ref }, index) => [ref.key, valuesOf(offered.slice(index, index + 1)).flat()]));
  return { wanted, orders, subscriptions, lines, offers };
}

/** Makes one read with a data source of its own. Null where there is no such read. */
export function readPath(
  path: string,
  connected: ConnectedAccount,
  actor: Actor,
  known: Known,
): Promise<Answered | null> {
  const source = openGuarded(connected, actor, { signal: new AbortController().signal });
  const read = readPaths[path];
  if (!read) throw new Error(`there is no read ${path}`);
  return read(source, known, actor.customers[connected.account.key] ?? '');
}

const nothing = Promise.resolve(null);

async function listed(
  read: Promise<Listing<{ readonly ref: { readonly key: string } }>> | undefined,
): Promise<Answered | null> {
  if (!read) return null;
  try {
    const { items, problem } = await read;
    const records = items.map((item) => [item.ref.key, { state: 'found', value: plain(item) }] as const);
    return { records: new Map(records), list: { problem } };
  } catch (error) {
    return { records: new Map(), list: { problem: problemOf(error) } };
  }
}

async function byKey(
  keys: readonly string[],
  read: Promise<readonly Lookup<unknown>[]> | undefined,
): Promise<Answered | null> {
  if (!read || keys.length === 0) return null;
  const answers = await read.catch((error: unknown) => keys.map(() => failed(problemOf(error))));
  const records = keys.map((key, index) => [key, plainLookup(answers[index])] as const);
  return { records: new Map(records), list: null };
}

function plainLookup(lookup: Lookup<unknown> = { state: 'missing' }): Lookup<unknown> {
  return lookup.state === 'found' ? { state: 'found', value: plain(lookup.value) } : lookup;
}

/** Without the moments of the reading itself. Where something could not be read, nothing is said. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (name, each: unknown) => {
    if (name === 'observedAt' || name === 'asOf' || name === 'checkedAt') return undefined;
    if (isRecord(each) && 'httpStatus' in each && 'detail' in each) return 'UNKNOWN';
    return typeof each === 'bigint' ? `${each}n` : each;
  });
  return JSON.parse(text);
}

function valuesOf<T>(lookups: readonly Lookup<T>[]): readonly T[] {
  return lookups.flatMap((each) => (each.state === 'found' ? each.value : []));
}

/** Asks of every order about a product that is on it and one that need not be, its offers and itself, once and to recur. */
function questionsAbout({ orders, lines, offers, wanted: { products } }: Known): readonly EligibilityQuestion[] {
  return orders.flatMap((order, index) => {
    const own = lines.findLast(({ orderRef }) => orderRef.key === order.ref.key);
    const ids = new Set([own?.product.ref.key ?? [], products[index % products.length] ?? []].flat());
    const named = Array.from(ids, (id) => ({ offerKey: null, product: { id, handle: null, variantId: null } }));
    const offered = (offers.get(order.ref.key) ?? []).map(({ ref }) => ({ offerKey: ref.key, product: null }));
    return [...named, ...offered, null].flatMap((item) =>
      [false, true].map((subscribe) => ({ order, item, quantity: 1, subscribe })),
    );
  });
}

function nameOf({ order, item, subscribe }: EligibilityQuestion): string {
  return `${order.ref.key} ${item?.product?.id ?? item?.offerKey ?? 'anything'} ${subscribe}`;
}

function toAdd({ order, item, subscribe }: EligibilityQuestion): AddItem {
  return {
    kind: 'ADD_UPSELL_ITEM',
    orderKey: order.ref.key,
    item: item ?? { offerKey: null, product: null },
    quantity: 1,
    subscribe: subscribe ? 'AS_PLANNED' : null,
    ifPresent: 'ADD',
    ifTargetMoved: 'REJECT',
  };
}
