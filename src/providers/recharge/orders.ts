import { found, type Lookup } from '../../domain/lookup.js';
import { missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import type { OrderReader, UpcomingOrderReader } from '../../domain/provider.js';
import { requireCustomerId } from '../kit/customer-id.js';
import { attempt, mapLookup, mapRecords } from '../kit/lookups.js';
import { findCharge, isQueued, mayShow } from './charges.js';
import { fromOrderKey, identifiers, isRecordId, toOrderKey } from './keys.js';
import { toOrder } from './mapping.js';
import type { Session } from './session.js';

export function createOrderReader(session: Session): OrderReader {
  const { reads, account, clock } = session;
  return {
    /** Returns the key of a charge by its id, or of an order by its address and day. */
    async keyOf(providerId) {
      if (fromOrderKey(providerId)) return found(providerId);
      if (!isRecordId(providerId)) return missing;
      const charge = await attempt(() => reads.charge.get(providerId));
      if (charge.state === 'found' && !mayShow(session, charge.value)) return missing;
      return mapLookup(charge, toOrderKey);
    },

    getMany: (keys) =>
      Promise.all(
        keys.map(async (text): Promise<Lookup<Order>> => {
          const key = fromOrderKey(text);
          if (!key) return missing;
          return mapLookup(await findCharge(session, key), (wire) => toOrder(wire, account, clock()));
        }),
      ),
  };
}

/** Creates a reader that takes lines, totals and what keeps items off in one call. */
export function createUpcomingOrderReader({ reads, account, clock }: Session): UpcomingOrderReader {
  return {
    async list(customerId, { subscriptions }) {
      requireCustomerId(identifiers, customerId);
      const { charges } = reads.lists.plan(customerId, { charges: true, subscriptions });
      const { records, problem } = await charges;
      return mapRecords(
        { records: records.filter(isUpcoming), problem },
        (wire) => toOrder(wire, account, clock()),
        ({ id }) => id,
      );
    },
  };
}

/** Whether a charge of the list is an upcoming order. What the list holds besides only keeps items off. */
const isUpcoming = isQueued;
