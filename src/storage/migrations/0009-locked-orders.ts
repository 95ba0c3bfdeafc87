import { type Kysely, type Migration, sql } from 'kysely';

/** Keeps the lock of an order with the operation it is locked for, so that both change in one statement. */
export const moveLocksToOperations: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema.alterTable('operations').addColumn('locked_order', 'text').execute();
    await sql`
      update operations set locked_order = (select max(order_key) from order_locks where owner = operations.id)
      where status = 'PENDING'
    `.execute(database);
    await database.schema.dropTable('order_locks').execute();
    await database.schema
      .createIndex('operations_locked_order')
      .on('operations')
      .column('locked_order')
      .unique()
      .execute();
  },
};
