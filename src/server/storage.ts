import type { Account } from '../domain/account.js';
import type { AccountStore } from '../domain/account-store.js';
import type { Clock } from '../domain/moment.js';
import type { Sealer } from '../domain/sealer.js';
import type { Ledger } from '../operations/ledger.js';
import { createMemoryAccountStore } from '../operations/memory-account-store.js';
import { createMemoryLedger } from '../operations/memory-ledger.js';
import { openDataKey } from '../storage/data-key.js';
import { type DatabaseLocation, openDatabase } from '../storage/database.js';
import { createSqlAccountStore } from '../storage/sql-account-store.js';
import { createSqlLedger } from '../storage/sql-ledger.js';
import { createIdSealer } from '../storage/sealer.js';

/** Persistent state of the process. */
export interface Storage {
  readonly ledger: Ledger;
  /** Creates the store of an account, on the clock of the account. */
  accountStoreFor(account: Account, clock: Clock): AccountStore;
  /** Seals identifiers handed to clients. */
  readonly sealer: Sealer;
  close(): Promise<void>;
}

/** Opens storage in a database. Throws `StorageProblem` when the database is unusable. */
export async function openStorage(location: DatabaseLocation): Promise<Storage> {
  const database = await openDatabase(location);
  const dataKey = await openDataKey(database, location);
  return {
    ledger: createSqlLedger(database, dataKey),
    accountStoreFor: ({ key }, clock) => createSqlAccountStore(database, key, clock),
    sealer: createIdSealer(dataKey, 'identifiers'),
    close: () => database.destroy(),
  };
}

/** Creates storage in memory, for the sandbox, whose emulators keep their state in memory as well. */
export function memoryStorage(): Storage {
  return {
    ledger: createMemoryLedger(),
    accountStoreFor: (_account, clock) => createMemoryAccountStore(clock),
    sealer: createIdSealer('sandbox', 'identifiers'),
    close: async () => {},
  };
}
