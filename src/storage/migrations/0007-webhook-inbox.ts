import type { Kysely, Migration } from 'kysely';

/** Events that were delivered, so that each counts once. Nothing of what they say is stored; ids are digests. */
export const createWebhookInbox: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await database.schema
      .createTable('webhook_inbox')
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('event_id', 'text', (column) => column.notNull())
      .addColumn('received_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('webhook_inbox_key', ['account', 'event_id'])
      .execute();
    await database.schema.createIndex('webhook_inbox_received_at').on('webhook_inbox').column('received_at').execute();
  },
};
