import type { Kysely } from 'kysely';
import type { Account } from '../domain/account.js';
import type { AccountStore } from '../domain/account-store.js';
import type { Changes } from '../domain/changes.js';
import type { Clock } from '../domain/moment.js';
import type { BudgetShare } from '../http/leased-rate.js';
import type { Sealer } from '../domain/sealer.js';
import type { WebhookInbox } from '../domain/webhook.js';
import type { Ledger } from '../operations/ledger.js';
import { createMemoryAccountStore } from '../operations/memory-account-store.js';
import { createMemoryLedger } from '../operations/memory-ledger.js';
import { systemTimers } from '../operations/timers.js';
import { openDataKey } from '../storage/data-key.js';
import { type DatabaseLocation, openDatabase } from '../storage/database.js';
import { createLocalChanges } from '../storage/local-changes.js';
import { createMemoryWebhookInbox } from '../storage/memory-webhook-inbox.js';
import { createSharedChanges } from '../storage/shared-changes.js';
import { createSqlAccountStore } from '../storage/sql-account-store.js';
import { createSqlLedger } from '../storage/sql-ledger.js';
import type { Tables } from '../storage/tables.js';
import { createIdSealer } from '../storage/sealer.js';
import { createSqlSharedStates } from '../storage/sql-shared-states.js';
import { createSqlWebhookInbox } from '../storage/sql-webhook-inbox.js';

/** Where the budgets of providers are divided among processes. */
export type SharedBudgets = Pick<BudgetShare, 'states' | 'replicas'>;

/** Persistent state of the process. */
export interface Storage {
  readonly ledger: Ledger;
  /** Hints between replicas that share the storage. */
  readonly changes: Changes;
  readonly inbox: WebhookInbox;
  /** What several processes share budgets by; null for a process that runs alone. */
  readonly budgets: SharedBudgets | null;
  /** Begins to take hints of other replicas; absent where there are none. */
  listen?(): void;
  /** Drops the operations of an account; absent where they are kept for good. */
  forgetOperations?(account: string): void;
  /** Creates the store of an account, on the clock of the account. */
  accountStoreFor(account: Account, clock: Clock): AccountStore;
  /** Seals identifiers handed to clients. */
  readonly sealer: Sealer;
  close(): Promise<void>;
}

export interface StorageLocation extends DatabaseLocation {
  /** For notifications; null or absent for `url`. */
  readonly listenUrl?: string | null;
  /** The most processes that ever run at once; 1 when absent. */
  readonly replicas?: number;
  /** Redis URL; null or absent for `url`. */
  readonly redis?: string | null;
}

/** A budget is leased while a shopper waits. */
const REDIS_TIMEOUT_MS = 1_000;

/** Opens storage in a database. Throws `StorageProblem` when the database is unusable. `report` logs. */
export async function openStorage(
  location: StorageLocation,
  report: (message: string, cause?: unknown) => void = () => {},
): Promise<Storage> {
  const database = await openDatabase(location);
  const dataKey = await openDataKey(database, location);
  const common = {
    ledger: createSqlLedger(database, dataKey),
    inbox: createSqlWebhookInbox(database),
    accountStoreFor: ({ key }: Account, clock: Clock) => createSqlAccountStore(database, key, clock),
    sealer: createIdSealer(dataKey, 'identifiers'),
  };
  // The embedded file has one process.
  if (location.url === null) {
    return { ...common, budgets: null, changes: createLocalChanges(), close: () => database.destroy() };
  }
  const { createPostgresChanges } = await import('../storage/postgres-changes.js');
  const store = createPostgresChanges(database, location.listenUrl ?? location.url, report);
  const changes = createSharedChanges(store, { report });
  const shared = await openSharedBudgets(database, location);
  return {
    ...common,
    budgets: shared?.budgets ?? null,
    changes,
    listen: changes.start,
    async close() {
      await changes.close();
      await shared?.close();
      await database.destroy();
    },
  };
}

async function openSharedBudgets(
  database: Kysely<Tables>,
  { replicas = 1, redis = null }: StorageLocation,
): Promise<{ readonly budgets: SharedBudgets; close(): Promise<void> } | null> {
  if (replicas === 1) return null;
  if (redis === null) {
    return { budgets: { replicas, states: createSqlSharedStates(database) }, close: async () => {} };
  }
  const { createRedisSharedStates } = await import('../storage/redis-shared-states.js');
  const states = createRedisSharedStates(redis, REDIS_TIMEOUT_MS);
  return { budgets: { replicas, states }, close: () => states.close() };
}

/** Creates storage in memory, for the sandbox, whose emulators keep their state in memory as well. */
export function memoryStorage(clock: Clock = () => new Date()): Storage {
  const ledger = createMemoryLedger(systemTimers, clock);
  return {
    ledger,
    forgetOperations: ledger.forget,
    changes: createLocalChanges(),
    inbox: createMemoryWebhookInbox(),
    budgets: null,
    accountStoreFor: (_account, ofAccount) => createMemoryAccountStore(ofAccount),
    sealer: createIdSealer('sandbox', 'identifiers'),
    close: async () => {},
  };
}
