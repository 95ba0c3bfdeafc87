import type { Account } from '../../domain/account.js';
import type { Shopper } from '../../domain/actor.js';
import type { Clock } from '../../domain/moment.js';
import type { OrdergrooveClient } from './client.js';
import type { AccountCache } from './account-cache.js';
import type { Reads } from './reads.js';
import type { OrdergrooveSettings } from './settings.js';

/** What the parts of one open data source share. */
export interface Session {
  readonly account: Account<OrdergrooveSettings>;
  readonly shopper: Shopper;
  readonly onlyOrders: readonly string[] | null;
  readonly clock: Clock;
  readonly cache: AccountCache;
  readonly client: OrdergrooveClient;
  readonly reads: Reads;
}
