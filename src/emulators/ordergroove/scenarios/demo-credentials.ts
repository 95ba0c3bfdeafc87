import type { ApiKey } from '../records.js';

/** Made-up credentials every scenario accepts. */
export const demoStorefrontKey = 'demo-storefront-key-0001';

/** A key without the Bulk Operations permission: lists have to name a customer. */
export const demoApiKey = 'demo-application-key-0001';

export const demoBulkApiKey = 'demo-bulk-application-key-0001';

export const demoApiKeys: readonly ApiKey[] = [
  { key: demoApiKey, bulk: false },
  { key: demoBulkApiKey, bulk: true },
];

/** Signs webhooks. */
export const demoWebhookSecret = 'demo-webhook-key-0002';
