import type { Kysely } from 'kysely';
import type { ComputeChange, SharedStates } from '../domain/shared-states.js';
import { databaseTime } from './database-time.js';
import { replaceUnchanged } from './replace-unchanged.js';
import type { Tables } from './tables.js';

/** Keeps states in the database, each replaced only while it is as it was read. */
export function createSqlSharedStates(database: Kysely<Tables>): SharedStates {
  const time = databaseTime(database);

  async function attempt<T>(key: string, compute: ComputeChange<T>): Promise<{ readonly result: T } | null> {
    const row = await database
      .selectNoFrom((of) => [
        time().$castTo<string>().as('now'),
        of.selectFrom('shared_states').select('state').where('state_key', '=', key).as('state'),
        of.selectFrom('shared_states').select('version').where('state_key', '=', key).as('version'),
      ])
      .executeTakeFirstOrThrow();
    const { state, result } = compute(row.state, Number(row.now));
    const version = row.version ?? 0;
    const next = { state, version: version + 1 };
    const saved = await database
      .insertInto('shared_states')
      .values({ state_key: key, ...next })
      .onConflict((conflict) =>
        conflict.column('state_key').doUpdateSet(next).where('shared_states.version', '=', version),
      )
      .returning('version')
      .executeTakeFirst();
    return saved ? { result } : null;
  }

  return {
    change: (key, compute) => replaceUnchanged(() => attempt(key, compute)),
  };
}
