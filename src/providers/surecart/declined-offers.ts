import type { AccountStore } from '../../domain/account-store.js';
import type { WireCheckout } from './wire.js';

/** A decline leaves no trace on a checkout whose funnel ends with the declined upsell: it is kept here. */
export interface DeclinedOffers {
  has(checkoutId: string, upsellId: string): Promise<boolean>;
  add(checkoutId: string, upsellId: string, until: Date): Promise<void>;
}

export function declinedOffers(store: AccountStore): DeclinedOffers {
  return {
    has: async (checkoutId, upsellId) => (await store.get(keyOf(checkoutId, upsellId))) !== null,
    async add(checkoutId, upsellId, until) {
      await store.putIfAbsent(keyOf(checkoutId, upsellId), { declined: 'yes' }, until);
    },
  };
}

/** Whether it matters what was declined: the offer could still be shown. */
export function canBeOpen({ currentUpsell, upsellsExpireAt }: WireCheckout, now: Date): boolean {
  return currentUpsell !== null && (upsellsExpireAt === null || upsellsExpireAt > now);
}

function keyOf(checkoutId: string, upsellId: string): string {
  return `declined:${checkoutId}:${upsellId}`;
}
