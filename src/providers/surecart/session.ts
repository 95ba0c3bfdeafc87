import type { Account } from '../../domain/account.js';
import type { Shopper } from '../../domain/actor.js';
import { type Lookup, missing } from '../../domain/lookup.js';
import type { Clock } from '../../domain/moment.js';
import { isAmong, isVisibleTo } from '../kit/ownership.js';
import type { CheckoutMemory } from './checkout-memory.js';
import type { SureCartClient } from './client.js';
import type { OrderRecord } from './order-records.js';
import type { Reads } from './reads.js';
import type { SureCartSettings } from './settings.js';

export type SureCartAccount = Account<SureCartSettings>;

/** What the parts of one open data source share. */
export interface Session {
  readonly account: SureCartAccount;
  readonly shopper: Shopper;
  readonly onlyOrders: readonly string[] | null;
  readonly clock: Clock;
  readonly client: SureCartClient;
  readonly reads: Reads;
  readonly memory: CheckoutMemory;
}

/** Reads orders the shopper may be shown; another's is missing. */
export async function readOrders(
  { reads, shopper, onlyOrders }: Session,
  keys: readonly string[],
): Promise<readonly Lookup<OrderRecord>[]> {
  const records = await reads.orders.getMany(keys);
  return records.map((record) => {
    if (record.state !== 'found') return record;
    const { id, checkout } = record.value.wire;
    return isVisibleTo(shopper, checkout.customerId) && isAmong(onlyOrders, id, checkout.id) ? record : missing;
  });
}

export async function readOrder(session: Session, key: string): Promise<Lookup<OrderRecord>> {
  return (await readOrders(session, [key]))[0] ?? missing;
}
