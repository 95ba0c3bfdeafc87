import { type Kysely, sql } from 'kysely';
import { createKeyedMutex } from '../operations/keyed-mutex.js';
import type { SharedTime } from './database-time.js';
import type { Tables } from './tables.js';

const MIN_POLL_MS = 10;
const MAX_POLL_MS = 120;

/** Locks orders across processes: one row per order, with the running operation and an expiry it renews. */
export function createOrderLocks(database: Kysely<Tables>, time: SharedTime) {
  const orders = createKeyedMutex();
  const expiry = (holdMs: number) => sql<number>`${time()} + ${Math.round(holdMs)}`;

  async function tryAcquire(order: string, operationId: string, holdMs: number): Promise<boolean> {
    const row = { owner: operationId, expires_at: expiry(holdMs) };
    const taken = await database
      .insertInto('order_locks')
      .values({ order_key: order, ...row })
      .onConflict((conflict) =>
        conflict.column('order_key').doUpdateSet(row).where('order_locks.expires_at', '<=', time()),
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
      .where('expires_at', '>', time())
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

    async renew(operationId: string, holdMs: number): Promise<void> {
      await database
        .updateTable('order_locks')
        .set({ expires_at: expiry(holdMs) })
        .where('owner', '=', operationId)
        .execute();
    },

    async release(operationId: string): Promise<void> {
      await database.deleteFrom('order_locks').where('owner', '=', operationId).execute();
    },
  };
}
