import type { ConfiguredAccount } from '../config/accounts.js';
import type { Account } from '../domain/account.js';
import { listCapabilities } from '../domain/capability.js';
import type { ConnectedAccount, ConnectedAccounts } from '../domain/connected-account.js';
import type { FactStore } from '../domain/fact-store.js';
import type { Clock } from '../domain/moment.js';
import type { AccountTransport } from '../http/transport.js';

export interface ConnectionParts {
  readonly transportFor: (account: Account) => AccountTransport;
  readonly clockFor: (account: Account) => Clock;
  readonly factsFor: (account: Account, clock: Clock) => FactStore;
}

/** Connects every account through connections of its own, so that a slow provider holds up no other. */
export function connectAccounts(
  accounts: readonly ConfiguredAccount[],
  { transportFor, clockFor, factsFor }: ConnectionParts,
): { readonly accounts: ConnectedAccounts; close(): Promise<void> } {
  const transports: AccountTransport[] = [];

  function connect({ account, provider }: ConfiguredAccount): ConnectedAccount {
    const transport = transportFor(account);
    transports.push(transport);
    const clock = clockFor(account);
    const services = { transport: transport.send, clock, facts: factsFor(account, clock) };
    const connection = provider.connect(account, services);
    return { account, connection, capabilities: listCapabilities(provider.capabilities) };
  }

  return {
    accounts: new Map(accounts.map((configured) => [configured.account.key, connect(configured)])),
    async close() {
      await Promise.all(transports.map((transport) => transport.close()));
    },
  };
}
