import type { Shopper } from '../../domain/actor.js';
import type { Clock } from '../../domain/moment.js';
import type { RechargeClient } from './client.js';
import type { Reads } from './reads.js';
import type { RechargeAccount } from './settings.js';

/** What the parts of one open data source share. */
export interface Session {
  readonly account: RechargeAccount;
  readonly shopper: Shopper;
  /** See `onlyOrdersAt`. */
  readonly onlyOrders: readonly string[] | null;
  readonly clock: Clock;
  readonly client: RechargeClient;
  readonly reads: Reads;
}
