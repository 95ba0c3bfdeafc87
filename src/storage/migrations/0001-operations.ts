import type { Kysely, Migration } from 'kysely';

export const createOperations: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema
      .createTable('operations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('actor_id', 'text', (column) => column.notNull())
      .addColumn('idempotency_key', 'text', (column) => column.notNull())
      .addColumn('input_hash', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('may_restart', 'integer', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('lease_until', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('settled_at', 'bigint')
      .addColumn('state', 'text', (column) => column.notNull())
      .addUniqueConstraint('operations_key', ['actor_id', 'idempotency_key'])
      .execute();
    await database.schema.createIndex('operations_lease').on('operations').column('lease_until').execute();
    await database.schema.createIndex('operations_settled').on('operations').column('settled_at').execute();
  },
};
