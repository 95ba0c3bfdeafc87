import type { Kysely } from 'kysely';
import type { AccountStore, StoredRecord } from '../domain/account-store.js';
import type { Clock } from '../domain/moment.js';
import { withAccountStoreErrors } from './map-ledger-errors.js';
import type { Tables } from './tables.js';

/** Stores records of one account in the database, shared by all replicas. */
export function createSqlAccountStore(database: Kysely<Tables>, account: string, clock: Clock): AccountStore {
  async function get(key: string): Promise<StoredRecord | null> {
    const row = await database
      .selectFrom('account_facts')
      .select('fact')
      .where('account', '=', account)
      .where('fact_key', '=', key)
      .where('keep_until', '>', clock().getTime())
      .executeTakeFirst();
    return row ? toRecord(row.fact) : null;
  }

  return withAccountStoreErrors({
    get,
    async putIfAbsent(key, record, keepUntil) {
      const row = { fact: JSON.stringify(record), keep_until: keepUntil.getTime() };
      await database.deleteFrom('account_facts').where('keep_until', '<=', clock().getTime()).execute();
      await database
        .insertInto('account_facts')
        .values({ account, fact_key: key, ...row })
        .onConflict((conflict) => conflict.columns(['account', 'fact_key']).doNothing())
        .execute();
      return (await get(key)) ?? record;
    },
  });
}

function toRecord(text: string): StoredRecord {
  const record: StoredRecord = JSON.parse(text);
  return record;
}
