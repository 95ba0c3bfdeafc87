import type { Account } from '../../domain/account.js';
import type { Shopper } from '../../domain/actor.js';
import { type Lookup, missing } from '../../domain/lookup.js';
import type { Clock } from '../../domain/moment.js';
import { isVisibleTo } from '../kit/ownership.js';
import type { SureCartClient } from './client.js';
import type { DeclinedOffers } from './declined-offers.js';
import type { OrderRecord } from './order-records.js';
import type { Reads } from './reads.js';
import type { SureCartSettings } from './settings.js';

export type SureCartAccount = Account<SureCartSettings>;

/** What the parts of one open data source share. */
export interface Session {
  readonly account: SureCartAccount;
  readonly shopper: Shopper;
  readonly clock: Clock;
  readonly client: SureCartClient;
  readonly reads: Reads;
  readonly declined: DeclinedOffers;
}

/** Reads orders the shopper may be shown; another's is missing. */
export async function readOrders(
  { reads, shopper }: Session,
  keys: readonly string[],
): Promise<readonly Lookup<OrderRecord>[]> {
  const records = await reads.orders.getMany(keys);
  return records.map((record) =>
    record.state === 'found' && !isVisibleTo(shopper, record.value.wire.checkout.customerId) ? missing : record,
  );
}

export async function readOrder(session: Session, key: string): Promise<Lookup<OrderRecord>> {
  return (await readOrders(session, [key]))[0] ?? missing;
}
