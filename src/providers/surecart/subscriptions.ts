import { found, missing } from '../../domain/lookup.js';
import { problem, ProviderFailure } from '../../domain/problem.js';
import type { SubscriptionReader } from '../../domain/provider.js';
import { decodeEach } from '../kit/decode.js';
import { toSubscription } from './mapping.js';
import { isRecordId } from './record-id.js';
import { isVisibleTo, type Session } from './session.js';
import { decodeSubscription } from './wire-subscriptions.js';

export function createSubscriptionReader(session: Session): SubscriptionReader {
  const { reads, client, account, shopper, clock } = session;
  return {
    async getMany(keys) {
      const now = clock();
      const records = await reads.subscriptions.getMany(keys);
      return records.map((record) => {
        if (record.state !== 'found') return record;
        const isVisible = isVisibleTo(shopper, record.value.customerId);
        return isVisible ? found(toSubscription(record.value, account, now)) : missing;
      });
    },

    async listFor(customerId) {
      if (!isRecordId(customerId)) return { items: [], problem: null };
      const { rows, problem: cut } = await client.subscriptionsOf(customerId);
      const { records, problem: broken } = decodeEach(rows, decodeSubscription);
      if (records.some((record) => record.customerId !== null && record.customerId !== customerId)) {
        throw new ProviderFailure(problem('CONTRACT_DRIFT', "SureCart listed another customer's subscriptions."));
      }
      const now = clock();
      return { items: records.map((record) => toSubscription(record, account, now)), problem: cut ?? broken };
    },

    /** A renewal is no order before it happens. */
    nextOrders: async (subscriptions) => subscriptions.map(() => missing),
  };
}
