import { found, missing } from '../../domain/lookup.js';
import type { SubscriptionReader } from '../../domain/provider.js';
import { requireCustomerId } from '../kit/customer-id.js';
import { mapLookup, mapRecords } from '../kit/lookups.js';
import { isVisibleTo, keepOwn } from '../kit/ownership.js';
import { decodeRows } from '../kit/pages.js';
import { identifiers } from './keys.js';
import { toSubscription } from './mapping.js';
import { isOfMode } from './order-records.js';
import type { Session } from './session.js';
import { decodeSubscription } from './wire-subscriptions.js';

export function createSubscriptionReader(session: Session): SubscriptionReader {
  const { reads, client, account, shopper, clock } = session;
  return {
    async getMany(keys) {
      const now = clock();
      const records = await reads.subscriptions.getMany(keys);
      return records.map((record) => {
        const isOther =
          record.state === 'found' &&
          !(isVisibleTo(shopper, record.value.customerId) && isOfMode(record.value, account.settings));
        return isOther ? missing : mapLookup(record, (value) => toSubscription(value, account, now));
      });
    },

    async listFor(customerId) {
      requireCustomerId(identifiers, customerId);
      const { records, problem } = await decodeRows(await client.subscriptionsOf(customerId), decodeSubscription);
      const ofMode = records.filter((record) => isOfMode(record, account.settings));
      const own = keepOwn({ records: ofMode, problem }, customerId, (record) => record.customerId);
      // Prices that came along need not be read again.
      for (const { price } of own.records) if (price?.product) reads.prices.note(price.id, found(price));
      const now = clock();
      return mapRecords(
        own,
        (record) => toSubscription(record, account, now),
        ({ id }) => id,
      );
    },

    // A renewal is no order before it happens.
    nextOrders: async (subscriptions) => subscriptions.map(() => missing),
  };
}
