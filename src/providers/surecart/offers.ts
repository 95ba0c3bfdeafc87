import type { OfferReader } from '../../domain/provider.js';
import { mapLookup } from '../kit/lookups.js';
import { toOffer, toOrder } from './mapping.js';
import { readOrders, type Session } from './session.js';

/** Creates a reader of the current upsell alone: what the funnel would show later is no offer yet. */
export function createOfferReader(session: Session): OfferReader {
  return {
    async getMany(keys) {
      const upsells = await session.reads.upsells.getMany(keys);
      return upsells.map((upsell) => mapLookup(upsell, (value) => toOffer(value, null, session.account)));
    },

    async forOrders(orders) {
      const now = session.clock();
      const records = await readOrders(
        session,
        orders.map(({ ref }) => ref.key),
      );
      return records.map((record) =>
        mapLookup(record, (value) => {
          const isOpen = toOrder(value, session.account, now).status === 'OPEN_FOR_UPSELL';
          return value.upsell && isOpen ? [toOffer(value.upsell, value.wire.checkout, session.account)] : [];
        }),
      );
    },
  };
}
