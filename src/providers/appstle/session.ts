import type { Account } from '../../domain/account.js';
import type { Shopper } from '../../domain/actor.js';
import type { Lookup } from '../../domain/lookup.js';
import type { Clock } from '../../domain/moment.js';
import type { AppstleClient } from './client.js';
import type { AsyncMemo } from '../kit/memoize.js';
import type { OrderView, ViewOf } from './order-view.js';
import type { Reads } from './reads.js';
import type { AppstleSettings } from './settings.js';

export type AppstleAccount = Account<AppstleSettings>;

/** What the parts of one open data source share. */
export interface Session {
  readonly account: AppstleAccount;
  readonly shopper: Shopper;
  readonly clock: Clock;
  readonly client: AppstleClient;
  readonly reads: Reads;
  readonly views: AsyncMemo<ViewOf, Lookup<OrderView>>;
}
