import { Client } from 'pg';

/** What a PostgreSQL database lets its user do. */
export interface DatabaseDescription {
  readonly version: string;
  readonly isReadOnly: boolean;
  readonly mayCreate: boolean;
  readonly hasTables: boolean;
  readonly mayWrite: boolean;
  /** The session belongs to another process than the one that was connected to. */
  readonly isPooled: boolean;
  readonly clock: Date;
}

const TIMEOUT_MS = 5_000;

const QUERY = `
  select current_setting('server_version') as version,
    (pg_is_in_recovery() or current_setting('transaction_read_only') = 'on') as "isReadOnly",
    has_schema_privilege(current_schema(), 'CREATE') as "mayCreate",
    to_regclass('operations') is not null as "hasTables",
    coalesce(has_table_privilege(to_regclass('operations'), 'SELECT, INSERT, UPDATE, DELETE'), false) as "mayWrite",
    pg_backend_pid() as pid, clock_timestamp() as clock`;

/** Connects and asks; changes nothing. */
export async function describeDatabase(url: string): Promise<DatabaseDescription> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query(QUERY);
    const { pid, ...description } = rows[0];
    return { ...description, isPooled: Reflect.get(client, 'processID') !== pid };
  } finally {
    await client.end().catch(() => {});
  }
}
