import type { Lookup } from '../../domain/lookup.js';
import type { AsyncMemo } from '../kit/memoize.js';
import type { AppstleClient } from './client.js';
import type { RecordSources } from './contract-reads.js';
import type { OrderView, ViewOf } from './order-view.js';

/** What the parts of one open data source share. */
export interface Session extends RecordSources {
  readonly client: AppstleClient;
  readonly views: AsyncMemo<ViewOf, Lookup<OrderView>>;
}
