import { found } from '../../domain/lookup.js';
import type { OfferReader } from '../../domain/provider.js';
import { toOffer, toOrder } from './mapping.js';
import { readOrders, type Session } from './session.js';

/** The current upsell alone: what the funnel would show later is no offer yet. */
export function createOfferReader(session: Session): OfferReader {
  return {
    async getMany(keys) {
      const upsells = await session.reads.upsells.getMany(keys);
      return upsells.map((upsell) =>
        upsell.state === 'found' ? found(toOffer(upsell.value, session.account)) : upsell,
      );
    },

    async forOrders(orders) {
      const now = session.clock();
      const records = await readOrders(
        session,
        orders.map(({ ref }) => ref.key),
      );
      return records.map((record) => {
        if (record.state !== 'found') return record;
        const { upsell } = record.value;
        const isOpen = toOrder(record.value, session.account, now).status === 'OPEN_FOR_UPSELL';
        return found(upsell && isOpen ? [toOffer(upsell, session.account)] : []);
      });
    },
  };
}
