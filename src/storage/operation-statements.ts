import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { SharedTime } from './database-time.js';
import type { StoredRow, StoredState } from './operation-row.js';
import { prepare, type Term } from './prepared.js';
import type { OperationsTable, Tables } from './tables.js';
import { unflushed } from './unflushed.js';

interface LeaseTerm {
  /** Null: no lease. */
  readonly forMs: number | null;
}

type ClaimTerms = StoredRow & LeaseTerm & Pick<OperationsTable, 'locked_order'>;

type SaveTerms = StoredState & LeaseTerm & { readonly id: string; readonly versionBefore: number };

/** Prepares the statements on the path of a write. Each is one transaction. */
export function prepareStatements(database: Kysely<Tables>, time: SharedTime) {
  const leaseEnd = (term: Term<LeaseTerm>): RawBuilder<number> => sql<number>`${time()} + ${term('forMs')}`;

  function stateOf(term: Term<StoredState>) {
    return {
      order_name: term('order_name'),
      line_name: term('line_name'),
      status: term('status'),
      may_restart: term('may_restart'),
      version: term('version'),
      created_at: term('created_at'),
      settled_at: term('settled_at'),
      state: term('state'),
    };
  }

  const save = (isRunning: boolean) =>
    prepare<SaveTerms, unknown>(database, (term) =>
      database
        .updateTable('operations')
        .set({ ...stateOf(term), lease_until: leaseEnd(term), ...(!isRunning && { locked_order: null }) })
        .where('id', '=', term('id'))
        .where('version', '=', term('versionBefore')),
    );

  return {
    /**
     * Locks the order as well, unless an operation has it: none can take it in between, for the column is unique. Nothing is
     * sent before the next save, which is flushed with it.
     */
    claim: prepare<ClaimTerms, { readonly now: string; readonly locked_order: string | null }>(database, (term) => {
      const holder = database.selectFrom('operations as holder').where('locked_order', '=', term('locked_order'));
      const row = {
        id: term('id'),
        actor_id: term('actor_id'),
        idempotency_key: term('idempotency_key'),
        input_hash: term('input_hash'),
        ...stateOf(term),
      };
      return database
        .insertInto('operations')
        .values({
          ...row,
          lease_until: leaseEnd(term),
          locked_order: database
            .selectNoFrom(term('locked_order').as('order'))
            .where(({ not, exists }) => not(exists(holder.select('id')))),
        })
        .onConflict((conflict) =>
          conflict
            .columns(['actor_id', 'idempotency_key'])
            .doUpdateSet(({ ref }) => ({
              ...Object.fromEntries(Object.keys(row).map((column) => [column, sql.ref(`excluded.${column}`)])),
              lease_until: ref('excluded.lease_until'),
              locked_order: ref('excluded.locked_order'),
            }))
            .where('operations.may_restart', '=', 1)
            .whereRef('operations.input_hash', '=', 'excluded.input_hash'),
        )
        .returning([time().$castTo<string>().as('now'), 'locked_order', unflushed(database).as('commit')]);
    }),

    saveRunning: save(true),
    saveAndUnlock: save(false),

    renew: prepare<LeaseTerm & Pick<OperationsTable, 'id' | 'version'>, unknown>(database, (term) =>
      database
        .updateTable('operations')
        .set({ lease_until: leaseEnd(term) })
        .where('id', '=', term('id'))
        .where('version', '=', term('version'))
        .where('lease_until', 'is not', null),
    ),

    byId: prepare<Pick<OperationsTable, 'id'>, Pick<OperationsTable, 'state' | 'version'>>(database, (term) =>
      database.selectFrom('operations').select(['state', 'version']).where('id', '=', term('id')),
    ),

    byKey: prepare<Pick<OperationsTable, 'actor_id' | 'idempotency_key'>, Pick<OperationsTable, 'state' | 'version'>>(
      database,
      (term) =>
        database
          .selectFrom('operations')
          .select(['state', 'version'])
          .where('actor_id', '=', term('actor_id'))
          .where('idempotency_key', '=', term('idempotency_key')),
    ),
  };
}
