import type { Kysely, Migration } from 'kysely';

export const createAccountFacts: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema
      .createTable('account_facts')
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('fact_key', 'text', (column) => column.notNull())
      .addColumn('fact', 'text', (column) => column.notNull())
      .addColumn('keep_until', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('account_facts_key', ['account', 'fact_key'])
      .execute();
  },
};
