import type { AccountStore, StoredRecord } from '../domain/account-store.js';
import type { Clock } from '../domain/moment.js';

/** Records that live and die with the process. */
export function createMemoryAccountStore(clock: Clock): AccountStore {
  const records = new Map<string, { record: StoredRecord; keepUntil: number }>();

  function dropOld(): void {
    for (const [key, { keepUntil }] of records) if (keepUntil <= clock().getTime()) records.delete(key);
  }

  return {
    async get(key) {
      dropOld();
      return records.get(key)?.record ?? null;
    },
    async putIfAbsent(key, record, keepUntil) {
      dropOld();
      const kept = records.get(key)?.record;
      if (!kept) records.set(key, { record, keepUntil: keepUntil.getTime() });
      return kept ?? record;
    },
  };
}
