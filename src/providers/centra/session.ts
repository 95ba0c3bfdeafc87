import type { Account } from '../../domain/account.js';
import type { Shopper } from '../../domain/actor.js';
import type { Clock } from '../../domain/moment.js';
import type { CentraClient } from './client.js';
import type { Reads } from './reads.js';
import type { CentraSettings } from './settings.js';
import type { OrderMemory } from './terms.js';

/** What the parts of one open data source share. */
export interface Session {
  readonly account: Account<CentraSettings>;
  readonly shopper: Shopper;
  readonly onlyOrders: readonly string[] | null;
  readonly clock: Clock;
  readonly memory: OrderMemory;
  readonly client: CentraClient;
  readonly reads: Reads;
  /** Whether the shopper's own session at Centra is known: Checkout API shows nothing without it. */
  readonly hasSessionToken: boolean;
}
