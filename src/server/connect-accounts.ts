import type { AccountNotices } from './account-notices.js';
import type { ConfiguredAccount } from '../config/accounts.js';
import type { Account } from '../domain/account.js';
import type { AccountStore } from '../domain/account-store.js';
import { type ConnectedAccount, connectedAccount, type ConnectedAccounts } from '../domain/connected-account.js';
import type { Clock } from '../domain/moment.js';
import type { Observe } from '../domain/observer.js';
import { observedRejections, observedTransport } from '../http/observed-transport.js';
import { protectTransport } from '../http/protect-transport.js';
import type { AccountTransport } from '../http/transport.js';

export interface ConnectionParts {
  /** Creates a transport with at most `connections` open connections. */
  readonly transportFor: (account: Account, connections: number) => AccountTransport;
  readonly clockFor: (account: Account) => Clock;
  readonly accountStoreFor: (account: Account, clock: Clock) => AccountStore;
  readonly observe: Observe;
  readonly notices?: Pick<AccountNotices, 'watch'>;
}

/** Connects every account with its own connections and limits, so that a slow provider delays no other. */
export function connectAccounts(
  accounts: readonly ConfiguredAccount[],
  { transportFor, clockFor, accountStoreFor, observe, notices }: ConnectionParts,
): { readonly accounts: ConnectedAccounts; close(): Promise<void> } {
  const transports: AccountTransport[] = [];

  function connect({ account, provider, limits, cacheSeconds }: ConfiguredAccount): ConnectedAccount {
    // One connection per concurrent call: calls wait in the queue, never for a connection.
    const transport = transportFor(account, limits.all.parallel);
    transports.push(transport);
    const clock = clockFor(account);
    const send = observedTransport(transport.send, account, observe);
    const protectedSend = protectTransport(send, { limits, keepMs: cacheSeconds * 1000 });
    const watched = observedRejections(protectedSend, account, observe);
    const services = {
      transport: notices ? notices.watch(watched, account) : watched,
      clock,
      store: accountStoreFor(account, clock),
    };
    return connectedAccount(account, provider, provider.connect(account, services));
  }

  return {
    accounts: new Map(accounts.map((configured) => [configured.account.key, connect(configured)])),
    async close() {
      await Promise.all(transports.map((transport) => transport.close()));
    },
  };
}
