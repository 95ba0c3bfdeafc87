import type { FactStore } from '../domain/fact-store.js';
import { type Ledger, LedgerUnavailable, OperationTakenOver } from '../operations/ledger.js';

/** Tells whatever the database driver throws as `LedgerUnavailable`. */
export function reachedLedger(ledger: Ledger): Ledger {
  return {
    claim: (...terms) => reached(ledger.claim(...terms)),
    save: (...terms) => reached(ledger.save(...terms)),
    byId: (...terms) => reached(ledger.byId(...terms)),
    byKey: (...terms) => reached(ledger.byKey(...terms)),
    takeUnsettled: (...terms) => reached(ledger.takeUnsettled(...terms)),
    lockOrder: (...terms) => reached(ledger.lockOrder(...terms)),
    unlockOrder: (...terms) => reached(ledger.unlockOrder(...terms)),
    list: (...terms) => reached(ledger.list(...terms)),
    countUnsettled: () => reached(ledger.countUnsettled()),
    prune: (...terms) => reached(ledger.prune(...terms)),
    ping: () => reached(ledger.ping()),
  };
}

export function reachedFacts(facts: FactStore): FactStore {
  return {
    get: (...terms) => reached(facts.get(...terms)),
    putIfAbsent: (...terms) => reached(facts.putIfAbsent(...terms)),
  };
}

async function reached<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof OperationTakenOver) throw error;
    throw new LedgerUnavailable({ cause: error });
  }
}
