import type { Kysely } from 'kysely';
import type { Operation } from '../domain/operation.js';
import { type Ledger, OperationTakenOver } from '../operations/ledger.js';
import { createOperationRows } from './operation-row.js';
import { createOrderLocks } from './order-locks.js';
import { withLedgerErrors } from './map-ledger-errors.js';
import type { Tables } from './tables.js';

/** Keeps the ledger in a database, for one or many processes. Each call is one statement, hence one transaction. */
export function createSqlLedger(database: Kysely<Tables>, dataKey: Buffer): Ledger {
  return withLedgerErrors(queries(database, dataKey));
}

function queries(database: Kysely<Tables>, dataKey: Buffer): Ledger {
  const { toRow, toOperation, ownerColumns } = createOperationRows(dataKey);
  const locks = createOrderLocks(database);

  async function byKey(actorId: string, idempotencyKey: string): Promise<Operation | null> {
    const owner = ownerColumns(actorId, idempotencyKey);
    const row = await database
      .selectFrom('operations')
      .select(['state', 'version'])
      .where('actor_id', '=', owner.actor_id)
      .where('idempotency_key', '=', owner.idempotency_key)
      .executeTakeFirst();
    return row ? toOperation(row) : null;
  }

  return {
    async claim(draft, lease) {
      const { id, ...row } = toRow(draft, lease);
      const claimed = await database
        .insertInto('operations')
        .values({ id, ...row })
        .onConflict((conflict) =>
          conflict
            .columns(['actor_id', 'idempotency_key'])
            .doUpdateSet({ id, ...row })
            .where('operations.may_restart', '=', 1)
            .where('operations.input_hash', '=', row.input_hash),
        )
        .returning('id')
        .executeTakeFirst();
      if (claimed) return { claimed: true, operation: draft };
      const owner = await byKey(draft.actorId, draft.idempotencyKey);
      // The owner is gone only when retention deleted it in between: then the key is free.
      return owner ? { claimed: false, operation: owner } : this.claim(draft, lease);
    },

    async save(operation, lease) {
      const next = { ...operation, version: operation.version + 1 };
      const { id, ...row } = toRow(next, lease);
      const { numUpdatedRows } = await database
        .updateTable('operations')
        .set(row)
        .where('id', '=', id)
        .where('version', '=', operation.version)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new OperationTakenOver(id);
      return next;
    },

    async byId(id) {
      const row = await database
        .selectFrom('operations')
        .select(['state', 'version'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? toOperation(row) : null;
    },

    byKey,

    async takeUnsettled(now, until, limit) {
      const isDue = database
        .selectFrom('operations')
        .select('id')
        .where('lease_until', '<=', now.getTime())
        .orderBy('lease_until')
        .limit(limit);
      const rows = await database
        .updateTable('operations')
        .set((column) => ({ lease_until: until.getTime(), version: column('version', '+', 1) }))
        .where('id', 'in', isDue)
        // Checked again once the row is locked: of two replicas that chose the same row, one finds it taken.
        .where('lease_until', '<=', now.getTime())
        .returning(['state', 'version'])
        .execute();
      return rows.map(toOperation);
    },

    lockOrder: locks.acquire,

    unlockOrder: locks.release,

    async list({ unsettledOnly, limit }) {
      const rows = await database
        .selectFrom('operations')
        .select(['state', 'version'])
        .$if(unsettledOnly, (query) => query.where('settled_at', 'is', null))
        .orderBy('created_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toOperation);
    },

    async countUnsettled() {
      const rows = await database
        .selectFrom('operations')
        .select(({ fn }) => ['status', fn.countAll().as('open'), fn.count('lease_until').as('leased')])
        .where('settled_at', 'is', null)
        .groupBy('status')
        .execute();
      const open = rows.reduce((sum, row) => sum + Number(row.open), 0);
      const leased = rows.reduce((sum, row) => sum + Number(row.leased), 0);
      const pending = Number(rows.find(({ status }) => status === 'PENDING')?.leased ?? 0);
      return { pending, indeterminate: leased - pending, givenUp: open - leased };
    },

    async prune(settledBefore) {
      const { numDeletedRows } = await database
        .deleteFrom('operations')
        .where('settled_at', '<', settledBefore.getTime())
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    /** Runs an update of no rows, because a read would also succeed on a standby. */
    async ping() {
      await database.updateTable('operations').set({ version: 0 }).where('id', '=', '').execute();
    },
  };
}
