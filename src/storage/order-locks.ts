import type { Kysely } from 'kysely';
import type { Operation } from '../domain/operation.js';
import { createKeyedMutex } from '../operations/keyed-mutex.js';
import { TAKEOVER } from '../operations/ledger.js';
import type { SharedTime } from './database-time.js';
import { prepare } from './prepared.js';
import type { Tables } from './tables.js';

const MIN_POLL_MS = 10;
const MAX_POLL_MS = 120;

interface LockTerms {
  readonly order: string;
  readonly id: string;
}

/**
 * Locks orders across processes. The lock is a column of the operation it is held for, unique among all: it lasts as long
 * as the operation's lease.
 */
export function createOrderLocks(database: Kysely<Tables>, time: SharedTime) {
  const orders = createKeyedMutex();

  /** Takes the lock off an operation whose lease has ended; whoever ran it can save no more. */
  const unlockEnded = prepare<Pick<LockTerms, 'order'>, unknown>(database, (term) =>
    database
      .updateTable('operations')
      .set((column) => ({ locked_order: null, version: column('version', '+', TAKEOVER) }))
      .where('locked_order', '=', term('order'))
      .where((column) => column.or([column('lease_until', '<=', time()), column('lease_until', 'is', null)])),
  );

  const lockFree = prepare<LockTerms, { readonly id: string }>(database, (term) =>
    database
      .updateTable('operations')
      .set({ locked_order: term('order') })
      .where('id', '=', term('id'))
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('operations as holder').select('id').where('locked_order', '=', term('order')))),
      )
      .returning('id'),
  );

  const holderOf = prepare<Pick<LockTerms, 'order'>, { readonly id: string }>(database, (term) =>
    database
      .selectFrom('operations')
      .select('id')
      .where('locked_order', '=', term('order'))
      .where('lease_until', '>', time()),
  );

  async function tryAcquire(terms: LockTerms): Promise<boolean> {
    await unlockEnded(terms);
    try {
      const { rows } = await lockFree(terms);
      return rows.length > 0;
    } catch (error) {
      if (isTaken(error)) return false;
      throw error;
    }
  }

  async function poll(terms: LockTerms, deadline: number): Promise<boolean> {
    if (await tryAcquire(terms)) return true;
    for (let wait = MIN_POLL_MS; ; wait = Math.min(wait * 2, MAX_POLL_MS)) {
      // Jitter keeps processes that wait for one order from polling at the same instant.
      const pause = wait * (0.5 + Math.random());
      if (performance.now() + pause > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, pause));
      // Even a write that changes nothing contends with other writes; a read does not.
      const { rows } = await holderOf(terms);
      if (rows.length === 0 && (await tryAcquire(terms))) return true;
    }
  }

  return {
    async acquire(order: string, id: string, waitMs: number): Promise<boolean> {
      const deadline = performance.now() + waitMs;
      // One waiter of this process at a time polls the database.
      const release = await orders.acquire(order, { timeoutMs: waitMs });
      if (!release) return false;
      try {
        return await poll({ order, id }, deadline);
      } finally {
        release();
      }
    },

    release: prepare<Pick<Operation, 'id' | 'version'>, unknown>(database, (term) =>
      database
        .updateTable('operations')
        .set({ locked_order: null })
        .where('id', '=', term('id'))
        .where('version', '=', term('version')),
    ),
  };
}

/** Whether another operation locked the order in the same instant: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function isTaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === '23505' || error.code === 'SQLITE_CONSTRAINT_UNIQUE') &&
    /locked_order/.test(error.message)
  );
}
