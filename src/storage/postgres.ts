import { type Dialect, PostgresDialect } from 'kysely';
import { Pool } from 'pg';

export function postgres(url: string, timeoutMs: number): Dialect {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    // For a server that says nothing any more; one that can still answer ends the statement itself.
    query_timeout: timeoutMs + 1_000,
  });
  // A lost connection is replaced, and the statement it carried reports the fault. Unheard, either event would end the process:
  // https://node-postgres.com/apis/pool#error, https://node-postgres.com/apis/client#error
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({ pool });
}
