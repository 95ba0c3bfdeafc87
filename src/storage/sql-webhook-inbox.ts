import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { WebhookInbox } from '../domain/webhook.js';
import type { Tables } from './tables.js';

export function createSqlWebhookInbox(database: Kysely<Tables>): WebhookInbox {
  return {
    async record(account, eventId) {
      const recorded = await database
        .insertInto('webhook_inbox')
        .values({ account, event_id: digestOf(eventId), received_at: Date.now() })
        .onConflict((conflict) => conflict.columns(['account', 'event_id']).doNothing())
        .returning('event_id')
        .executeTakeFirst();
      return recorded !== undefined;
    },

    async prune(olderThanMs) {
      await database
        .deleteFrom('webhook_inbox')
        .where('received_at', '<', Date.now() - olderThanMs)
        .execute();
    },
  };
}

/** Bounds the length of what a provider chose. */
function digestOf(eventId: string): string {
  return createHash('sha256').update(eventId).digest('base64url');
}
