import type { Kysely, Migration } from 'kysely';

/** When each topic last changed, by the database's clock: what a replica polls. Topics are digests. */
export const createChanges: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema
      .createTable('changes')
      .addColumn('topic', 'text', (column) => column.notNull().primaryKey())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
    await database.schema.createIndex('changes_changed_at').on('changes').column('changed_at').execute();
  },
};
