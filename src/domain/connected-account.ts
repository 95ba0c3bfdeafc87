import type { Account } from './account.js';
import type { Capability } from './capability.js';
import type { AccountConnection } from './provider.js';

/** A configured account, connected: what the graph and the write protocol know of a provider. */
export interface ConnectedAccount {
  readonly account: Account;
  readonly capabilities: readonly Capability[];
  readonly connection: AccountConnection;
}

export type ConnectedAccounts = ReadonlyMap<string, ConnectedAccount>;
