import type { Account } from '../../domain/account.js';
import type { Shopper } from '../../domain/actor.js';
import type { Clock } from '../../domain/moment.js';
import type { OrdergrooveClient } from './client.js';
import type { AccountMemory } from './memory.js';
import type { Reads } from './reads.js';
import type { OrdergrooveSettings } from './settings.js';

/** What the parts of one open data source share. */
export interface Session {
  readonly account: Account<OrdergrooveSettings>;
  readonly shopper: Shopper;
  readonly clock: Clock;
  readonly memory: AccountMemory;
  readonly client: OrdergrooveClient;
  readonly reads: Reads;
}

/** Whether the shopper may be shown a record of this customer; staff and guests are judged elsewhere. */
export function isVisibleTo({ customerId }: Shopper, owner: string | null): boolean {
  return customerId === null || owner === null || owner === customerId;
}
