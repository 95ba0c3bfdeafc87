import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.js';

/** The time that replicas share, as an expression of milliseconds since 1970. */
export type SharedTime = () => RawBuilder<number>;

/** Reads the database's clock: those of the replicas may run apart. */
export function databaseTime(database: Kysely<Tables>): SharedTime {
  const isPostgres = database.getExecutor().adapter instanceof PostgresAdapter;
  const now = isPostgres
    ? sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`
    : sql<number>`cast((julianday('now') - 2440587.5) * 86400000 as integer)`;
  return () => now;
}
