import { type Kysely, sql } from 'kysely';
import type { Operation } from '../domain/operation.js';
import { type Lease, type Ledger, OperationTakenOver, type TakenOperations } from '../operations/ledger.js';
import { databaseTime, type SharedTime } from './database-time.js';
import { withLedgerErrors } from './map-ledger-errors.js';
import { createOperationRows } from './operation-row.js';
import { createOrderLocks } from './order-locks.js';
import type { OperationsTable, Tables } from './tables.js';

/** What comes back of a row that was leased, with the database's time. */
type TakenRow = Pick<OperationsTable, 'state' | 'version'> & { readonly now: string };

/** Operations of one order that are looked at. */
const MAX_ON_ORDER = 100;

/**
 * Keeps the ledger in a database, for one or many processes. Each call is one statement, hence one transaction; its time
 * is the database's.
 */
export function createSqlLedger(
  database: Kysely<Tables>,
  dataKey: Buffer,
  time: SharedTime = databaseTime(database),
): Ledger {
  return withLedgerErrors(queries(database, dataKey, time));
}

function queries(database: Kysely<Tables>, dataKey: Buffer, time: SharedTime): Ledger {
  const { toRow, toOperation, ownerColumns, nameDigest } = createOperationRows(dataKey);
  const locks = createOrderLocks(database, time);
  const leaseEnd = ({ forMs }: Lease) => (forMs === null ? null : sql<number>`${time()} + ${Math.round(forMs)}`);

  function taken(rows: readonly TakenRow[]): TakenOperations {
    return { operations: rows.map(toOperation), now: new Date(Number(rows[0]?.now ?? Date.now())) };
  }

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
      const row = { ...toRow(draft), lease_until: leaseEnd(lease) };
      const claimed = await database
        .insertInto('operations')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['actor_id', 'idempotency_key'])
            .doUpdateSet(row)
            .where('operations.may_restart', '=', 1)
            .where('operations.input_hash', '=', row.input_hash),
        )
        .returning(time().$castTo<string>().as('now'))
        .executeTakeFirst();
      if (claimed) return { claimed: true, operation: draft, now: new Date(Number(claimed.now)) };
      const owner = await byKey(draft.actorId, draft.idempotencyKey);
      // The owner is gone only when retention deleted it in between: then the key is free.
      return owner ? { claimed: false, operation: owner } : this.claim(draft, lease);
    },

    async save(operation, lease) {
      const next = { ...operation, version: operation.version + 1 };
      const { id, ...row } = toRow(next);
      const { numUpdatedRows } = await database
        .updateTable('operations')
        .set({ ...row, lease_until: leaseEnd(lease) })
        .where('id', '=', id)
        .where('version', '=', operation.version)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new OperationTakenOver(id);
      return next;
    },

    async renew({ id, version }, leaseMs) {
      const { numUpdatedRows } = await database
        .updateTable('operations')
        .set({ lease_until: leaseEnd({ forMs: leaseMs }) })
        .where('id', '=', id)
        .where('version', '=', version)
        .where('lease_until', 'is not', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await locks.renew(id, leaseMs);
      return true;
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

    async takeUnsettled(leaseMs, limit) {
      const isDue = database
        .selectFrom('operations')
        .select('id')
        .where('lease_until', '<=', time())
        .orderBy('lease_until')
        .limit(limit);
      const rows = await database
        .updateTable('operations')
        .set((column) => ({ lease_until: leaseEnd({ forMs: leaseMs }), version: column('version', '+', 1) }))
        .where('id', 'in', isDue)
        // Checked again once the row is locked: of two replicas that chose the same row, one finds it taken.
        .where('lease_until', '<=', time())
        .returning(['state', 'version', time().$castTo<string>().as('now')])
        .execute();
      return taken(rows);
    },

    async takeIndeterminate(lockNames, leaseMs) {
      const rows = await database
        .updateTable('operations')
        .set((column) => ({ lease_until: leaseEnd({ forMs: leaseMs }), version: column('version', '+', 1) }))
        .where('order_name', 'in', lockNames.map(nameDigest))
        .where('status', '=', 'INDETERMINATE')
        .where('lease_until', 'is not', null)
        .returning(['state', 'version', time().$castTo<string>().as('now')])
        .execute();
      return taken(rows);
    },

    lockOrder: locks.acquire,

    unlockOrder: locks.release,

    async onOrder(names) {
      const digests = names.map(nameDigest);
      const rows = await database
        .selectFrom('operations')
        .select(['state', 'version'])
        .where(({ or, eb }) => or([eb('order_name', 'in', digests), eb('line_name', 'in', digests)]))
        .orderBy('created_at', 'desc')
        .limit(MAX_ON_ORDER)
        .execute();
      return rows.map(toOperation);
    },

    async ownedBy(actorId, { isSettled, limit, after }) {
      const rows = await database
        .selectFrom('operations')
        .select(['state', 'version'])
        .where('actor_id', '=', nameDigest(actorId))
        .$if(isSettled !== null, (query) => query.where('settled_at', isSettled ? 'is not' : 'is', null))
        .$if(after !== null, (query) =>
          query.where(({ eb, or, and }) =>
            or([
              eb('created_at', '<', after?.createdMs ?? 0),
              and([eb('created_at', '=', after?.createdMs ?? 0), eb('id', '<', after?.id ?? '')]),
            ]),
          ),
        )
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toOperation);
    },

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

    async prune(settledForMs) {
      const { numDeletedRows } = await database
        .deleteFrom('operations')
        .where('settled_at', '<', sql<number>`${time()} - ${settledForMs}`)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    /** Runs an update of no rows, because a read would also succeed on a standby. */
    async ping() {
      await database.updateTable('operations').set({ version: 0 }).where('id', '=', '').execute();
    },
  };
}
