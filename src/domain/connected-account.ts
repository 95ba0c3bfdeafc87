import type { Account } from './account.js';
import { type Capability, listCapabilities } from './capability.js';
import type { AccountConnection, AccountOwnership, Provider } from './provider.js';

/** A configured account with its connection: all that the graph and the write protocol know of a provider. */
export interface ConnectedAccount extends AccountOwnership {
  readonly account: Account;
  readonly capabilities: readonly Capability[];
  readonly writes: Provider['writes'];
  readonly connection: AccountConnection;
}

/** Combines an account with its connection and its provider's capabilities. */
export function connectedAccount(
  account: Account,
  {
    capabilities,
    sameCustomer,
    writes,
    identifiers,
  }: Pick<Provider, 'capabilities' | 'sameCustomer' | 'writes' | 'identifiers'>,
  connection: AccountConnection,
): ConnectedAccount {
  return {
    account,
    capabilities: listCapabilities(capabilities),
    sameCustomer,
    writes,
    connection,
    ...(identifiers && { identifiers }),
  };
}

export type ConnectedAccounts = ReadonlyMap<string, ConnectedAccount>;

/** Names an order for locks and change hints: orders that a provider changes together share the name. */
export function lockNameOf(
  { account, connection }: Pick<ConnectedAccount, 'account' | 'connection'>,
  orderKey: string,
): string {
  return `${account.key}:${connection.lockKey?.(orderKey) ?? orderKey}`;
}

/** Returns the order of a line, where its key tells without a read; else null. */
export function orderKeyOf({ connection }: Pick<ConnectedAccount, 'connection'>, lineItemKey: string): string | null {
  return connection.orderKeyOf?.(lineItemKey) ?? null;
}
