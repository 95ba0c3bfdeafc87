import type { Kysely, Migration } from 'kysely';

/** Finds the operations of an order or a line. Those of earlier versions are found by their keys alone. */
export const addOperationNames: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema.alterTable('operations').addColumn('order_name', 'text').execute();
    await database.schema.alterTable('operations').addColumn('line_name', 'text').execute();
    await database.schema.createIndex('operations_order').on('operations').column('order_name').execute();
    await database.schema.createIndex('operations_line').on('operations').column('line_name').execute();
  },
};
