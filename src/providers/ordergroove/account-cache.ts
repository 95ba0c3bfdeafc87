import { LRUCache } from 'lru-cache';
import type { Clock } from '../../domain/moment.js';

/** Caches facts about an account for some minutes, across requests; never anything of a shopper. */
export interface AccountCache {
  /** Whether `GET /items/` narrows to a customer, which is not documented. False after it turned out not to. */
  canListItemsOfCustomer(): boolean;
  noteItemsNotNarrowed(): void;
  /** Whether `GET /items/?order=` may name the customer, which is not documented. False after it was refused. */
  canNameCustomerOfItems(): boolean;
  noteCustomerOfItems(isAccepted: boolean): void;
  /** Returns the offer told for these products; undefined when it is not known for one of them. */
  offerId(productIds: readonly string[]): string | null | undefined;
  noteOffer(productIds: readonly string[], id: string | null): void;
}

const LIFETIME_MS = 5 * 60_000;

/** Products whose offer is remembered. */
const MAX_PRODUCTS = 1_000;

/** Stands for the merchant's offer, asked for without a product. */
const NO_PRODUCT = '';

export function createAccountCache(clock: Clock): AccountCache {
  const notNarrowed = expiring<true>(clock);
  const customerRefused = expiring<boolean>(clock);
  const offers = new LRUCache<string, { readonly id: string | null; readonly until: number }>({ max: MAX_PRODUCTS });
  return {
    canListItemsOfCustomer: () => notNarrowed.value() === undefined,
    noteItemsNotNarrowed: () => notNarrowed.note(true),
    canNameCustomerOfItems: () => customerRefused.value() !== true,
    noteCustomerOfItems: (isAccepted) => customerRefused.note(!isAccepted),
    offerId(productIds) {
      const ids = new Set<string | null | undefined>();
      for (const productId of productIds.length > 0 ? productIds : [NO_PRODUCT]) {
        const known = offers.get(productId);
        ids.add(known && clock().getTime() < known.until ? known.id : undefined);
      }
      const [id] = ids;
      return ids.size === 1 ? id : undefined;
    },
    noteOffer(productIds, id) {
      // "No offer" for several products is not that of each.
      if (id === null && productIds.length > 1) return;
      const until = clock().getTime() + LIFETIME_MS;
      for (const productId of productIds.length > 0 ? productIds : [NO_PRODUCT]) offers.set(productId, { id, until });
    },
  };
}

function expiring<T>(clock: Clock) {
  let known: { readonly value: T; readonly until: number } | null = null;
  return {
    value: (): T | undefined => (known !== null && clock().getTime() < known.until ? known.value : undefined),
    note: (value: T) => {
      known = { value, until: clock().getTime() + LIFETIME_MS };
    },
  };
}
