import type { Kysely, Migration } from 'kysely';

export const createDataKeys: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema
      .createTable('data_keys')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('wrapped', 'text', (column) => column.notNull())
      .execute();
  },
};
