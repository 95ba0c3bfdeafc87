import type { Kysely, Migration } from 'kysely';

/** What replicas agree upon, such as their parts of a provider's budget. */
export const createSharedStates: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema
      .createTable('shared_states')
      .addColumn('state_key', 'text', (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .execute();
  },
};
