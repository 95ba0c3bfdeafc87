import type { Clock } from '../../domain/moment.js';

/** Caches facts about an account for some minutes, across requests; never anything of a shopper. */
export interface AccountCache {
  /** False after `GET /items/` turned out not to narrow to a customer, which is not documented. */
  canListItemsOfCustomer(): boolean;
  noteItemsNotNarrowed(): void;
  /** Undefined when not known. */
  offerId(): string | null | undefined;
  noteOffer(id: string | null): void;
}

const LIFETIME_MS = 5 * 60_000;

export function createAccountCache(clock: Clock): AccountCache {
  const notNarrowed = expiring<true>(clock);
  const offer = expiring<string | null>(clock);
  return {
    canListItemsOfCustomer: () => notNarrowed.value() === undefined,
    noteItemsNotNarrowed: () => notNarrowed.note(true),
    offerId: offer.value,
    noteOffer: offer.note,
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
