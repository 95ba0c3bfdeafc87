import type { AccountStore } from '../domain/account-store.js';
import { type Ledger, LedgerUnavailable, OperationTakenOver } from '../operations/ledger.js';

/** Wraps errors of the database driver in `LedgerUnavailable`. */
export function withLedgerErrors(ledger: Ledger): Ledger {
  return {
    claim: (...terms) => mapErrors(ledger.claim(...terms)),
    save: (...terms) => mapErrors(ledger.save(...terms)),
    renew: (...terms) => mapErrors(ledger.renew(...terms)),
    byId: (...terms) => mapErrors(ledger.byId(...terms)),
    byKey: (...terms) => mapErrors(ledger.byKey(...terms)),
    takeUnsettled: (...terms) => mapErrors(ledger.takeUnsettled(...terms)),
    takeIndeterminate: (...terms) => mapErrors(ledger.takeIndeterminate(...terms)),
    lockOrder: (...terms) => mapErrors(ledger.lockOrder(...terms)),
    unlockOrder: (...terms) => mapErrors(ledger.unlockOrder(...terms)),
    onOrder: (...terms) => mapErrors(ledger.onOrder(...terms)),
    ownedBy: (...terms) => mapErrors(ledger.ownedBy(...terms)),
    list: (...terms) => mapErrors(ledger.list(...terms)),
    countUnsettled: () => mapErrors(ledger.countUnsettled()),
    prune: (...terms) => mapErrors(ledger.prune(...terms)),
    ping: () => mapErrors(ledger.ping()),
  };
}

export function withAccountStoreErrors(store: AccountStore): AccountStore {
  return {
    get: (...terms) => mapErrors(store.get(...terms)),
    putIfAbsent: (...terms) => mapErrors(store.putIfAbsent(...terms)),
  };
}

async function mapErrors<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof OperationTakenOver) throw error;
    throw new LedgerUnavailable({ cause: error });
  }
}
