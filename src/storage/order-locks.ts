import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely';
import { createKeyedMutex } from '../operations/keyed-mutex.js';
import type { Tables } from './tables.js';

const MIN_POLL_MS = 10;
const MAX_POLL_MS = 120;

/** One writer per order across processes: a row with the operation that writes and an expiry. */
export function createOrderLocks(database: Kysely<Tables>) {
  const orders = createKeyedMutex();

  async function tryAcquire(order: string, operationId: string, holdMs: number): Promise<boolean> {
    // The wall clock of the machine, not a test's: a lock must end whatever time the tests pretend it is.
    const now = Date.now();
    const row = { owner: operationId, expires_at: now + holdMs };
    const taken = await database
      .insertInto('order_locks')
      .values({ order_key: order, ...row })
      .onConflict((conflict) =>
        conflict
          .column('order_key')
          .doUpdateSet(row)
          .where((lock) => lock.not(isHeld(lock, now))),
      )
      .returning('owner')
      .executeTakeFirst();
    return taken !== undefined;
  }

  async function isFree(order: string): Promise<boolean> {
    const held = await database
      .selectFrom('order_locks')
      .select('owner')
      .where('order_key', '=', order)
      .where((lock) => isHeld(lock, Date.now()))
      .executeTakeFirst();
    return held === undefined;
  }

  async function poll(order: string, operationId: string, giveUpAt: number, holdMs: number): Promise<boolean> {
    if (await tryAcquire(order, operationId, holdMs)) return true;
    for (let wait = MIN_POLL_MS; ; wait = Math.min(wait * 2, MAX_POLL_MS)) {
      // Spread, so that processes that wait for one order do not all ask at the same instant.
      const pause = wait * (0.5 + Math.random());
      if (performance.now() + pause > giveUpAt) return false;
      await new Promise((resolve) => setTimeout(resolve, pause));
      // A write that changes nothing still takes its place among the writes; a read disturbs nobody.
      if ((await isFree(order)) && (await tryAcquire(order, operationId, holdMs))) return true;
    }
  }

  return {
    async acquire(order: string, operationId: string, waitMs: number, holdMs: number): Promise<boolean> {
      const giveUpAt = performance.now() + waitMs;
      // One asks the database for all that wait in this process.
      const release = await orders.acquire(order, { timeoutMs: waitMs });
      if (!release) return false;
      try {
        return await poll(order, operationId, giveUpAt, holdMs);
      } finally {
        release();
      }
    },

    async release(operationId: string): Promise<void> {
      await database.deleteFrom('order_locks').where('owner', '=', operationId).execute();
    },
  };
}

/** A lock outlives its expiry while its operation is neither settled nor given up. */
function isHeld(
  { or, eb, exists, selectFrom }: ExpressionBuilder<Tables, 'order_locks'>,
  now: number,
): Expression<SqlBool> {
  return or([
    eb('order_locks.expires_at', '>', now),
    exists(
      selectFrom('operations')
        .select('operations.id')
        .whereRef('operations.id', '=', 'order_locks.owner')
        .where('operations.lease_until', 'is not', null),
    ),
  ]);
}
