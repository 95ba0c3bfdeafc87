import type { OrderReader } from '../../domain/provider.js';
import { mapLookup } from '../kit/lookups.js';
import { toOrder } from './mapping.js';
import { readOrders, type Session } from './session.js';

export function createOrderReader(session: Session): OrderReader {
  return {
    async getMany(keys) {
      const now = session.clock();
      const records = await readOrders(session, keys);
      return records.map((record) => mapLookup(record, (value) => toOrder(value, session.account, now)));
    },
  };
}
