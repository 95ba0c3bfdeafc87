import { missing } from '../../domain/lookup.js';
import type { OrderReader } from '../../domain/provider.js';
import { mapLookup } from '../kit/lookups.js';
import { isRecordId } from './keys.js';
import { toOrder } from './mapping.js';
import { readOrder, readOrders, type Session } from './session.js';

export function createOrderReader(session: Session): OrderReader {
  return {
    /** Returns the key of an order by its own identifier, or by its checkout's, which thank-you pages know. */
    async keyOf(providerId) {
      const byOrder = await readOrder(session, providerId);
      if (byOrder.state !== 'missing') return mapLookup(byOrder, ({ wire }) => wire.id);
      return isRecordId(providerId) ? session.reads.orderOfCheckout(providerId) : missing;
    },

    async getMany(keys) {
      const now = session.clock();
      const records = await readOrders(session, keys);
      return records.map((record) => mapLookup(record, (value) => toOrder(value, session.account, now)));
    },
  };
}
