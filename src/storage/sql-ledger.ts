import { type Kysely, sql } from 'kysely';
import type { Operation } from '../domain/operation.js';
import {
  isRunning,
  type Lease,
  type Ledger,
  OperationTakenOver,
  TAKEOVER,
  type TakenOperations,
} from '../operations/ledger.js';
import { databaseTime } from './database-time.js';
import { withLedgerErrors } from './map-ledger-errors.js';
import { createOperationRows } from './operation-row.js';
import { prepareStatements } from './operation-statements.js';
import { createOrderLocks, isTaken } from './order-locks.js';
import type { OperationsTable, Tables } from './tables.js';

/** What comes back of a row that was leased, with the database's time. */
type TakenRow = Pick<OperationsTable, 'state' | 'version'> & { readonly now: string };

/** Operations of one order that are looked at. */
const MAX_ON_ORDER = 100;

/**
 * Keeps the ledger in a database, for one or many processes. Each call is one statement, hence one transaction; its time
 * is the database's.
 */
export function createSqlLedger(database: Kysely<Tables>, dataKey: Buffer): Ledger {
  return withLedgerErrors(queries(database, dataKey));
}

function queries(database: Kysely<Tables>, dataKey: Buffer): Ledger {
  const time = databaseTime(database);
  const { toRow, toState, toOperation, ownerColumns, nameDigest } = createOperationRows(dataKey);
  const locks = createOrderLocks(database, time);
  const statements = prepareStatements(database, time);
  const leaseEnd = (forMs: number) => sql<number>`${time()} + ${Math.round(forMs)}`;

  function taken(rows: readonly TakenRow[]): TakenOperations {
    return { operations: rows.map(toOperation), now: new Date(Number(rows[0]?.now ?? Date.now())) };
  }

  async function byKey(actorId: string, idempotencyKey: string): Promise<Operation | null> {
    const [row] = (await statements.byKey(ownerColumns(actorId, idempotencyKey))).rows;
    return row ? toOperation(row) : null;
  }

  /** Claims a key with the lock of an order, or without where another operation takes that in the same instant. */
  async function claimed(draft: Operation, { forMs }: Lease, lockName: string | null) {
    const terms = { ...toRow(draft), forMs: rounded(forMs) };
    try {
      return await statements.claim({ ...terms, locked_order: lockName });
    } catch (error) {
      if (!isTaken(error)) throw error;
      return statements.claim({ ...terms, locked_order: null });
    }
  }

  return {
    async claim(draft, lease, lockName = null) {
      const [row] = (await claimed(draft, lease, lockName)).rows;
      if (row) {
        const now = new Date(Number(row.now));
        return { claimed: true, operation: draft, now, hasLock: row.locked_order !== null };
      }
      const owner = await byKey(draft.actorId, draft.idempotencyKey);
      // The owner is gone only when retention deleted it in between: then the key is free.
      return owner ? { claimed: false, operation: owner } : this.claim(draft, lease, lockName);
    },

    async save(operation, { forMs }) {
      const next = { ...operation, version: operation.version + 1 };
      const save = isRunning(next) ? statements.saveRunning : statements.saveAndUnlock;
      const { numAffectedRows } = await save({
        id: next.id,
        ...toState(next),
        versionBefore: operation.version,
        forMs: rounded(forMs),
      });
      if (numAffectedRows === 0n) throw new OperationTakenOver(next.id);
      return next;
    },

    async renew({ id, version }, leaseMs) {
      const { numAffectedRows } = await statements.renew({ id, version, forMs: rounded(leaseMs) });
      return numAffectedRows !== 0n;
    },

    async byId(id) {
      const [row] = (await statements.byId({ id })).rows;
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
        .set((column) => ({ lease_until: leaseEnd(leaseMs), version: column('version', '+', TAKEOVER) }))
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
        .set((column) => ({ lease_until: leaseEnd(leaseMs), version: column('version', '+', TAKEOVER) }))
        .where('order_name', 'in', lockNames.map(nameDigest))
        .where('status', '=', 'INDETERMINATE')
        .where('lease_until', 'is not', null)
        .returning(['state', 'version', time().$castTo<string>().as('now')])
        .execute();
      return taken(rows);
    },

    lockOrder: locks.acquire,

    async unlockOrder({ id, version }) {
      await locks.release({ id, version });
    },

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

/** Rounds a lease to the milliseconds that the database counts in. */
function rounded(forMs: number | null): number | null {
  return forMs === null ? null : Math.round(forMs);
}
