import type { Notices } from './notices.js';
import type { ConfiguredAccount } from '../config/accounts.js';
import type { Account } from '../domain/account.js';
import type { AccountStore } from '../domain/account-store.js';
import { type ConnectedAccount, connectedAccount, type ConnectedAccounts } from '../domain/connected-account.js';
import type { Clock } from '../domain/moment.js';
import type { Observe } from '../domain/observer.js';
import type { Transport } from '../domain/transport.js';
import { observedRejections, observedTransport } from '../http/observed-transport.js';
import type { CreateRate } from '../http/call-limiter.js';
import { type BudgetShare, LeasedRate } from '../http/leased-rate.js';
import { protectTransport } from '../http/protect-transport.js';
import type { AccountTransport } from '../http/transport.js';
import type { AccountConnection, RequestScope } from '../domain/provider.js';
import { type AccountReporter, forgetReporter, watchSurprises } from './report-surprises.js';
import { wrapSource } from './wrap-source.js';

/** Creates the transport of an account: with at most `connections` open connections, and no response larger than that. */
export type TransportFor = (account: Account, connections: number, maxResponseBytes: number) => AccountTransport;

export interface ConnectionParts {
  readonly transportFor: TransportFor;
  readonly clockFor: (account: Account) => Clock;
  readonly accountStoreFor: (account: Account, clock: Clock) => AccountStore;
  readonly observe: Observe;
  /** Counts what is sent for each actor. */
  readonly countCalls?: (send: Transport) => Transport;
  readonly notices?: Pick<Notices, 'watch'>;
  /** What the accounts' budgets are shared by; absent for a process that runs alone. */
  readonly budgets?: Omit<BudgetShare, 'key'>;
  /** Receives the fields whose values were not understood, with null where they may be of several accounts. */
  readonly surprised?: (account: Account | null, field: string) => void;
}

export interface ConnectionsOfProcess {
  readonly accounts: ConnectedAccounts;
  /** Drops the cached reads of an account. */
  forgetReads(account: string): void;
  close(): Promise<void>;
}

/** Connects every account with its own connections and limits, so that a slow provider delays no other. */
export function connectAccounts(
  accounts: readonly ConfiguredAccount[],
  {
    transportFor,
    clockFor,
    accountStoreFor,
    observe,
    countCalls = (send) => send,
    notices,
    budgets,
    surprised,
  }: ConnectionParts,
): ConnectionsOfProcess {
  const transports: AccountTransport[] = [];
  const forgetting = new Map<string, () => void>();
  const reporters: AccountReporter[] = [];

  function connect({ account, provider, limits, cacheSeconds, responseKiB }: ConfiguredAccount): ConnectedAccount {
    // One connection per concurrent call: calls wait in the queue, never for a connection.
    const transport = transportFor(account, limits.all.parallel, responseKiB * 1024);
    transports.push(transport);
    const clock = clockFor(account);
    const send = countCalls(observedTransport(transport.send, account, observe));
    const protectedSend = protectTransport(send, {
      limits,
      keepMs: cacheSeconds * 1000,
      sameCustomer: provider.sameCustomer,
      ...(budgets && { rateOf: (budget: string) => leasing({ ...budgets, key: `${account.key} ${budget}` }) }),
    });
    forgetting.set(account.key, protectedSend.forgetReads);
    const watched = observedRejections(protectedSend, account, observe);
    const services = {
      transport: notices ? notices.watch(watched, account) : watched,
      clock,
      store: accountStoreFor(account, clock),
    };
    const connection = provider.connect(account, services);
    if (!surprised) return connectedAccount(account, provider, connection);
    const reporter = {
      report: (field: string) => surprised(account, field),
      reportUnclear: (field: string) => surprised(null, field),
    };
    reporters.push(reporter);
    return connectedAccount(account, provider, watching(connection, reporter));
  }

  return {
    accounts: new Map(accounts.map((configured) => [configured.account.key, connect(configured)])),
    forgetReads: (account) => forgetting.get(account)?.(),
    async close() {
      for (const reporter of reporters) forgetReporter(reporter);
      await Promise.all(transports.map((transport) => transport.close()));
    },
  };
}

function leasing(share: BudgetShare): CreateRate {
  return (rate, listener) => new LeasedRate(rate, share, listener);
}

/** Reports what the reads and writes of a connection did not understand. */
function watching(connection: AccountConnection, reporter: AccountReporter): AccountConnection {
  return Object.assign(Object.create(connection), {
    open: (scope: RequestScope) => wrapSource(connection.open(scope), (_call, work) => watchSurprises(reporter, work)),
  });
}
