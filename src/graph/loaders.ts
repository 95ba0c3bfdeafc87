import DataLoader from 'dataloader';
import { maySeeCustomerRecord, maySeeOrder } from '../auth/access.js';
import type { Actor } from '../domain/actor.js';
import type { EligibilityQuestion, UpsellEligibility } from '../domain/eligibility.js';
import type { LineItem } from '../domain/line-item.js';
import type { Lookup } from '../domain/lookup.js';
import type { UpsellOffer } from '../domain/offer.js';
import type { Order } from '../domain/order.js';
import { problem, problemOf } from '../domain/problem.js';
import type { Product } from '../domain/product.js';
import type { DataSource } from '../domain/provider.js';
import type { Subscription } from '../domain/subscription.js';
import { ProviderReadError } from './errors/provider-error.js';

/**
 * The records of one account, read in batches straight from its ports. What comes out was checked against the actor:
 * another shopper's record is null, like a missing one. A failed read throws `ProviderReadError`.
 */
export interface Loaders {
  readonly order: DataLoader<string, Order | null>;
  readonly lineItem: DataLoader<string, LineItem | null>;
  readonly lineItemsOf: DataLoader<Order, readonly LineItem[] | null, string>;
  readonly subscription: DataLoader<string, Subscription | null>;
  readonly product: DataLoader<string, Product | null>;
  readonly offersOf: DataLoader<Order, readonly UpsellOffer[] | null, string>;
  readonly eligibility: DataLoader<EligibilityQuestion, UpsellEligibility | null, string>;
  readonly nextOrder: DataLoader<Subscription, Order | null, string>;
}

type Read<K, V> = (keys: readonly K[]) => Promise<readonly Lookup<V>[]>;

export function createLoaders(actor: Actor, account: string, source: DataSource): Loaders {
  const { orders, lineItems, subscriptions, products, offers, eligibility } = source;
  const isVisible = (order: Order) => maySeeOrder(actor, account, order);
  const batch = <K, V>(read: Read<K, V> | undefined, accept: (value: V, key: K) => V | Error | null = keep) =>
    batchOf(account, read, accept);

  const order = new DataLoader<string, Order | null>(
    batch(
      (keys) => orders.getMany(keys),
      (found) => (isVisible(found) ? found : null),
    ),
  );
  const lineItem = new DataLoader<string, LineItem | null>(async (keys) => {
    const found = await batch(lineItems && ((wanted: readonly string[]) => lineItems.getMany(wanted)))(keys);
    return Promise.all(found.map((item) => throughItsOrder(item, order)));
  });

  return {
    order,
    lineItem,
    lineItemsOf: new DataLoader(
      batch(lineItems && ((of: readonly Order[]) => lineItems.forOrders(of)), (items, of) => {
        if (items.some(({ orderRef }) => orderRef.key !== of.ref.key)) return foreignRows(account);
        for (const item of items) lineItem.prime(item.ref.key, item);
        return items;
      }),
      { cacheKeyFn: idOf },
    ),
    subscription: new DataLoader<string, Subscription | null>(
      batch(subscriptions && ((keys) => subscriptions.getMany(keys)), (found) =>
        maySeeCustomerRecord(actor, account, found.customerId) ? found : null,
      ),
    ),
    product: new DataLoader<string, Product | null>(batch(products && ((keys) => products.getMany(keys)))),
    offersOf: new DataLoader(batch(offers && ((of: readonly Order[]) => offers.forOrders(of))), { cacheKeyFn: idOf }),
    eligibility: new DataLoader(batch(eligibility && ((questions) => eligibility.check(questions))), {
      cacheKeyFn: textOf,
    }),
    nextOrder: new DataLoader(
      batch(subscriptions && ((of: readonly Subscription[]) => subscriptions.nextOrders(of)), (found) =>
        isVisible(found) ? found : null,
      ),
      { cacheKeyFn: idOf },
    ),
  };
}

/** A list with rows of somebody else is not to be trusted at all. */
function foreignRows(account: string): ProviderReadError {
  return new ProviderReadError(
    account,
    problem('CONTRACT_DRIFT', 'The provider answered with records nobody asked for.'),
  );
}

/** Answers every key: with its record, with null, or with an error of its own. An absent port has no records. */
function batchOf<K, V>(
  account: string,
  read: Read<K, V> | undefined,
  accept: (value: V, key: K) => V | Error | null,
): (keys: readonly K[]) => Promise<(V | Error | null)[]> {
  if (!read) return (keys) => Promise.resolve(keys.map(() => null));
  return async (keys) => {
    const lookups = await readAll(read, keys);
    return keys.map((key, index) => {
      const lookup = lookups[index];
      if (!lookup || lookup.state === 'missing') return null;
      return lookup.state === 'found' ? accept(lookup.value, key) : new ProviderReadError(account, lookup.problem);
    });
  };
}

/** A call that failed whole failed for each key. */
async function readAll<K, V>(read: Read<K, V>, keys: readonly K[]): Promise<readonly Lookup<V>[]> {
  try {
    return await read(keys);
  } catch (error) {
    const failure: Lookup<V> = { state: 'failed', problem: problemOf(error) };
    return keys.map(() => failure);
  }
}

async function throughItsOrder(
  item: LineItem | Error | null,
  order: DataLoader<string, Order | null>,
): Promise<LineItem | Error | null> {
  if (!item || item instanceof Error) return item;
  try {
    return (await order.load(item.orderRef.key)) ? item : null;
  } catch (error) {
    if (error instanceof ProviderReadError) return error;
    throw error;
  }
}

function keep<V>(value: V): V {
  return value;
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function textOf({ order, item, quantity, subscribe }: EligibilityQuestion): string {
  return JSON.stringify([order.id, item, quantity, subscribe]);
}
