import { found, type Lookup, missing } from '../../domain/lookup.js';
import type { OfferReader } from '../../domain/provider.js';
import { isForbidden } from '../kit/eligibility.js';
import { attempt } from '../kit/lookups.js';
import { toOffer } from './mapping.js';
import { reasonsOfOrder } from './order-reasons.js';
import type { Session } from './session.js';

/** Creates a reader of the one offer that covers any product, on every order that still takes items. */
export function createOfferReader(session: Session): OfferReader {
  const toOwnOffer = (offerId: string) => toOffer(offerId, session.account, !session.shopper.recognised);
  return {
    async getMany(keys) {
      const offer = await readOfferId(session, []);
      if (offer.state !== 'found') return keys.map(() => offer);
      return keys.map((key) => (key === offer.value ? found(toOwnOffer(key)) : missing));
    },

    async forOrders(orders) {
      const isOpen = orders.map((order) => !isForbidden(reasonsOfOrder(order)));
      const offer = isOpen.includes(true) ? await readOfferId(session, []) : missing;
      const offers = offer.state === 'found' ? [toOwnOffer(offer.value)] : [];
      return isOpen.map((open) => (open && offer.state === 'failed' ? offer : found(open ? offers : [])));
    },
  };
}

/** Returns the offer as configured, as known from before, or as looked up along with these products. */
export async function readOfferId(
  { account, cache, reads }: Session,
  productIds: readonly string[],
): Promise<Lookup<string>> {
  if (account.settings.offerId !== undefined) return found(account.settings.offerId);
  return attempt(async () => {
    const known = cache.offerId(productIds);
    return known === undefined ? (await reads.offer.get(productIds)).offerId : known;
  });
}
