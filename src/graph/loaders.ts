import { setImmediate as nextTurn } from 'node:timers/promises';
import DataLoader from 'dataloader';
import type { EligibilityQuestion, UpsellEligibility } from '../domain/eligibility.js';
import type { LineItem } from '../domain/line-item.js';
import type { Lookup } from '../domain/lookup.js';
import type { UpsellOffer } from '../domain/offer.js';
import type { Order } from '../domain/order.js';
import { type Observe, unobserved } from '../domain/observer.js';
import { problemOf } from '../domain/problem.js';
import type { Product } from '../domain/product.js';
import type { GuardedSource } from '../domain/provider.js';
import type { Subscription } from '../domain/subscription.js';
import type { OrderView } from '../domain/write.js';
import { ProviderReadError } from './errors/provider-error.js';
import { RecordLoader } from './record-loader.js';

/**
 * Batches reads of one account from its guarded ports. Returns null for a missing record, and for another shopper's.
 * Throws `ProviderReadError` when a read fails.
 */
export interface Loaders {
  readonly order: RecordLoader<Order>;
  readonly lineItem: RecordLoader<LineItem>;
  readonly lineItemsOf: DataLoader<Order, readonly LineItem[] | null, string>;
  readonly subscription: RecordLoader<Subscription>;
  readonly product: RecordLoader<Product>;
  readonly offer: RecordLoader<UpsellOffer>;
  readonly offersOf: DataLoader<Order, readonly UpsellOffer[] | null, string>;
  readonly eligibility: DataLoader<EligibilityQuestion, UpsellEligibility | null, string>;
  readonly nextOrder: DataLoader<Subscription, Order | null, string>;
  /** Loads subscriptions together with the lines of orders from now on, because the query selects them. */
  expectSubscriptions(): void;
  /** Answers the records of a view from the view: after a write, nothing it has seen is read again. */
  prime(view: OrderView): void;
}

type Read<K, V> = (keys: readonly K[]) => Promise<readonly Lookup<V>[]>;

export function createLoaders(account: string, source: GuardedSource, observe: Observe = unobserved): Loaders {
  const { orders, lineItems, subscriptions, products, offers, eligibility } = source;
  const batch = <K, V>(loader: keyof Loaders, read: Read<K, V> | undefined) =>
    batchOf(account, read && observed(read, loader, account, observe));
  const lineItem = new RecordLoader<LineItem>(batch('lineItem', lineItems?.getMany));
  const subscription = new RecordLoader<Subscription>(batch('subscription', subscriptions?.getMany));
  let areSubscriptionsExpected = false;
  const linesOf = batch('lineItemsOf', lineItems?.forOrders);
  const order = new RecordLoader<Order>(batch('order', orders.getMany));
  const lineItemsOf = new DataLoader<Order, readonly LineItem[] | null, string>(
    async (of) => {
      const lists = await linesOf(of);
      const lines = lists.flatMap((list) => (list instanceof Error ? [] : (list ?? [])));
      lineItem.prime(lines);
      if (areSubscriptionsExpected) {
        const keys = lines.flatMap(({ subscriptionRef }) => subscriptionRef?.key ?? []);
        // Loading them delays nothing else of the lines.
        await Promise.race([subscription.settle(keys), nextTurn()]);
      }
      return lists;
    },
    { cacheKeyFn: idOf },
  );

  return {
    order,
    lineItem,
    lineItemsOf,
    subscription,
    product: new RecordLoader<Product>(batch('product', products?.getMany)),
    offer: new RecordLoader<UpsellOffer>(batch('offer', offers?.getMany)),
    offersOf: new DataLoader(batch('offersOf', offers?.forOrders), { cacheKeyFn: idOf }),
    eligibility: new DataLoader(batch('eligibility', eligibility?.check), { cacheKeyFn: textOf }),
    nextOrder: new DataLoader(batch('nextOrder', subscriptions?.nextOrders), { cacheKeyFn: idOf }),
    expectSubscriptions() {
      areSubscriptionsExpected = true;
    },
    prime({ order: seen, lines, elsewhere, subscriptions: made }) {
      lineItem.prime([...lines.items, ...(elsewhere?.items ?? [])]);
      // What was not read for the write is read when it is asked for.
      subscription.prime((made?.items ?? []).filter(({ dunning }) => dunning === null || 'reason' in dunning));
      if (seen.state !== 'found') return;
      order.prime([seen.value]);
      if (lines.problem === null) lineItemsOf.prime(seen.value, lines.items);
    },
  };
}

/** Creates a batch function that returns a record, null or an error for every key. An absent port has no records. */
function batchOf<K, V>(
  account: string,
  read: Read<K, V> | undefined,
): (keys: readonly K[]) => Promise<(V | Error | null)[]> {
  if (!read) return (keys) => Promise.resolve(keys.map(() => null));
  return async (keys) => {
    const lookups = await readAll(read, keys);
    return keys.map((_key, index) => {
      const lookup = lookups[index];
      if (!lookup || lookup.state === 'missing') return null;
      return lookup.state === 'found' ? lookup.value : new ProviderReadError(account, lookup.problem);
    });
  };
}

function observed<K, V>(read: Read<K, V>, loader: string, account: string, observe: Observe): Read<K, V> {
  if (observe === unobserved) return read;
  return (keys) =>
    observe(
      'loaderBatch',
      { loader, account, size: keys.length },
      () => read(keys),
      (lookups) => ({ failed: lookups.filter(({ state }) => state === 'failed').length }),
    );
}

/** Reads keys, turning the failure of a whole call into a failure of each key. */
async function readAll<K, V>(read: Read<K, V>, keys: readonly K[]): Promise<readonly Lookup<V>[]> {
  try {
    return await read(keys);
  } catch (error) {
    const failure: Lookup<V> = { state: 'failed', problem: problemOf(error) };
    return keys.map(() => failure);
  }
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function textOf({ order, item, quantity, subscribe }: EligibilityQuestion): string {
  return JSON.stringify([order.id, item, quantity, subscribe]);
}
