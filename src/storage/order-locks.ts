import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely';
import { createKeyedMutex } from '../operations/keyed-mutex.js';
import type { Tables } from './tables.js';

const MIN_POLL_MS = 10;
const MAX_POLL_MS = 120;

/** Locks orders across processes: one row per order, with the writing operation and an expiry. */
export function createOrderLocks(database: Kysely<Tables>) {
  const orders = createKeyedMutex();

  async function tryAcquire(order: string, operationId: string, holdMs: number): Promise<boolean> {
    // The machine's clock, not the injected one: a lock must expire whatever time a test simulates.
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

  async function poll(order: string, operationId: string, deadline: number, holdMs: number): Promise<boolean> {
    if (await tryAcquire(order, operationId, holdMs)) return true;
    for (let wait = MIN_POLL_MS; ; wait = Math.min(wait * 2, MAX_POLL_MS)) {
      // Jitter keeps processes that wait for one order from polling at the same instant.
      const pause = wait * (0.5 + Math.random());
      if (performance.now() + pause > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, pause));
      // Even a write that changes nothing contends with other writes; a read does not.
      if ((await isFree(order)) && (await tryAcquire(order, operationId, holdMs))) return true;
    }
  }

  return {
    async acquire(order: string, operationId: string, waitMs: number, holdMs: number): Promise<boolean> {
      const deadline = performance.now() + waitMs;
      // One waiter of this process at a time polls the database.
      const release = await orders.acquire(order, { timeoutMs: waitMs });
      if (!release) return false;
      try {
        return await poll(order, operationId, deadline, holdMs);
      } finally {
        release();
      }
    },

    async release(operationId: string): Promise<void> {
      await database.deleteFrom('order_locks').where('owner', '=', operationId).execute();
    },
  };
}

/** Matches locks in force. A lock outlives its expiry while its operation is neither settled nor given up. */
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
