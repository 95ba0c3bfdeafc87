import { createHash } from 'node:crypto';
import {
  type Dialect,
  type Kysely,
  PostgresAdapter,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  sql,
} from 'kysely';
import { Client, DatabaseError, Pool, type PoolClient } from 'pg';

/** Time for the server to take leave of a connection. */
const LEAVE_MS = 1_000;

/** A connection that ends soon also where the network has fallen silent, which `pg` would wait for. */
export class EndingClient extends Client {
  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  override end(callback?: (error: Error) => void): Promise<void> | undefined {
    const destroying = setTimeout(() => this.connection.stream.destroy(), LEAVE_MS).unref();
    this.once('end', () => clearTimeout(destroying));
    if (!callback) return super.end();
    super.end(callback);
    return undefined;
  }
}

/**
 * Opens PostgreSQL, or a pooler before it. Nothing of a session is relied on, neither a setting nor a lock: a pooler in transaction
 * mode gives each transaction another one, and refuses start-up parameters it does not know.
 */
export function postgres(
  url: string,
  { connections, timeoutMs }: { readonly connections: number; readonly timeoutMs: number },
): Dialect {
  const pool = new Pool({
    connectionString: url,
    Client: EndingClient,
    max: connections,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  // A lost connection is replaced, and the statement it carried reports the fault. Unheard, either event would end the process:
  // https://node-postgres.com/apis/pool#error, https://node-postgres.com/apis/client#error
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PooledPostgresDialect({ pool: discardBroken(pool) });
}

class PooledPostgresDialect extends PostgresDialect {
  override createAdapter() {
    return new TransactionLockAdapter();
  }
}

const MIGRATION_LOCK = 3_853_314_791;

/** Locks migrations until their transaction ends, however it does: a pooler would hand the lock of a session to others. */
class TransactionLockAdapter extends PostgresAdapter {
  override async acquireMigrationLock(transaction: Kysely<unknown>): Promise<void> {
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(transaction);
  }

  override async releaseMigrationLock(): Promise<void> {}
}

/** Keeps connections that can no longer be used, or no longer be written with, from going back to the pool. */
function discardBroken(pool: Pool): PostgresPool {
  const connectedAt = new WeakMap<PoolClient, number>();
  const names = createStatementNames();
  let staleBefore = 0;
  pool.on('connect', (client) => void connectedAt.set(client, performance.now()));

  async function connect(): Promise<PoolClient> {
    for (;;) {
      const client = await pool.connect();
      if ((connectedAt.get(client) ?? 0) >= staleBefore) return client;
      client.release(true);
    }
  }

  function watch(client: PoolClient): PostgresPoolClient {
    let isBroken = false;
    let inTransaction = false;

    async function execute(text: string, parameters: readonly unknown[]) {
      const statement = { text, values: [...parameters] };
      if (/^(?:begin|start transaction)\b/.test(text)) inTransaction = true;
      // In a transaction a refused name ends it, and a commit after that is a rollback that succeeds.
      const name = inTransaction ? null : names.of(text);
      if (/^(?:commit|rollback)$/.test(text)) inTransaction = false;
      if (name === null) return client.query(statement);
      try {
        return await client.query({ ...statement, name });
      } catch (error) {
        if (!isUnprepared(error)) throw error;
        names.giveUp();
        return client.query(statement);
      }
    }

    return Object.assign(Object.create(client), {
      async query(statement: string, parameters: readonly unknown[]) {
        try {
          return await execute(statement, parameters);
        } catch (error) {
          isBroken ||= endsSession(error);
          // The server was demoted: the other connections lead to it as well.
          if (isReadOnly(error)) staleBefore = performance.now();
          // For the operator: no statement holds a value.
          throw error instanceof Error ? Object.assign(error, { statement }) : error;
        }
      },
      release: () => client.release(isBroken),
    });
  }

  return { connect: async () => watch(await connect()), end: () => pool.end() };
}

/** Statements prepared on each connection; beyond, they are planned each time. */
const MAX_PREPARED = 200;

/**
 * Names the statements to prepare. A name is made of the text, so that it means the same on whatever connection a pooler
 * hands out; where the pooler keeps no prepared statements, none is used any more.
 */
function createStatementNames() {
  const names = new Map<string, string>();
  let isGivenUp = false;
  return {
    of(text: string): string | null {
      if (isGivenUp) return null;
      const known = names.get(text);
      if (known !== undefined || names.size >= MAX_PREPARED) return known ?? null;
      const name = createHash('sha256').update(text).digest('base64url');
      names.set(text, name);
      return name;
    },
    giveUp(): void {
      isGivenUp = true;
    },
  };
}

/** Whether a prepared statement is missing, there already, or of a table that has changed: nothing was executed. */
function isUnprepared(error: unknown): boolean {
  return error instanceof DatabaseError && ['26000', '42P05', '0A000'].includes(error.code ?? '');
}

/** Errors of the server that say nothing of the statement. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const ENDS_SESSION = /^(?:08|25006|53|57P|58|XX)/;

/**
 * Whether an error ends the session. What is no answer of the server is a fault of the connection, or a statement that
 * it still carries.
 */
function endsSession(error: unknown): boolean {
  return !(error instanceof DatabaseError) || ENDS_SESSION.test(error.code ?? '');
}

function isReadOnly(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '25006';
}
