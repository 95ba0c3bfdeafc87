import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

const MIN_POLL_MS = 10;
const MAX_POLL_MS = 120;

/** One writer per order across processes: a row with the operation that writes and an expiry. */
export function createOrderLocks(database: Kysely<Tables>) {
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
          .where('order_locks.expires_at', '<=', now)
          .where(({ exists, not, selectFrom }) =>
            not(
              exists(
                selectFrom('operations')
                  .select('operations.id')
                  .whereRef('operations.id', '=', 'order_locks.owner')
                  // Neither settled nor given up.
                  .where('operations.lease_until', 'is not', null),
              ),
            ),
          ),
      )
      .returning('owner')
      .executeTakeFirst();
    return taken !== undefined;
  }

  return {
    async acquire(order: string, operationId: string, waitMs: number, holdMs: number): Promise<boolean> {
      const giveUpAt = performance.now() + waitMs;
      for (let wait = MIN_POLL_MS; ; wait = Math.min(wait * 2, MAX_POLL_MS)) {
        if (await tryAcquire(order, operationId, holdMs)) return true;
        // Spread, so that those who wait for one order do not all ask at the same instant.
        const pause = wait * (0.5 + Math.random());
        if (performance.now() + pause > giveUpAt) return false;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    },

    async release(operationId: string): Promise<void> {
      await database.deleteFrom('order_locks').where('owner', '=', operationId).execute();
    },
  };
}
