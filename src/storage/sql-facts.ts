import type { Kysely } from 'kysely';
import type { Fact, FactStore } from '../domain/fact-store.js';
import type { Clock } from '../domain/moment.js';
import { reachedFacts } from './reached.js';
import type { Tables } from './tables.js';

/** Facts of one account in the database, shared by all replicas. */
export function createSqlFacts(database: Kysely<Tables>, account: string, clock: Clock): FactStore {
  async function get(key: string): Promise<Fact | null> {
    const row = await database
      .selectFrom('account_facts')
      .select('fact')
      .where('account', '=', account)
      .where('fact_key', '=', key)
      .where('keep_until', '>', clock().getTime())
      .executeTakeFirst();
    return row ? toFact(row.fact) : null;
  }

  return reachedFacts({
    get,
    async putIfAbsent(key, fact, keepUntil) {
      const row = { fact: JSON.stringify(fact), keep_until: keepUntil.getTime() };
      await database.deleteFrom('account_facts').where('keep_until', '<=', clock().getTime()).execute();
      await database
        .insertInto('account_facts')
        .values({ account, fact_key: key, ...row })
        .onConflict((conflict) => conflict.columns(['account', 'fact_key']).doNothing())
        .execute();
      return (await get(key)) ?? fact;
    },
  });
}

function toFact(text: string): Fact {
  const fact: Fact = JSON.parse(text);
  return fact;
}
