import type { WebhookInbox } from '../domain/webhook.js';

/** Events remembered before the oldest are dropped. */
const MAX_EVENTS = 10_000;

export function createMemoryWebhookInbox(): WebhookInbox {
  const events = new Map<string, number>();

  return {
    async record(account, eventId) {
      const key = JSON.stringify([account, eventId]);
      if (events.has(key)) return false;
      events.set(key, performance.now());
      const [oldest] = events.keys();
      if (events.size > MAX_EVENTS && oldest !== undefined) events.delete(oldest);
      return true;
    },

    async prune(olderThanMs) {
      const before = performance.now() - olderThanMs;
      for (const [key, receivedAt] of events) if (receivedAt < before) events.delete(key);
    },
  };
}
