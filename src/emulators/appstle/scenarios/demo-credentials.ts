/** Made-up keys every scenario accepts; with the prefix `apst_` the first one works too. */
export const demoApiKey = 'demo-appstle-key-0001';

/** Key of another shop, whose records the first one must not see. */
export const otherApiKey = 'apst_demo-other-shop-key-0001';

/** Signs webhooks. */
export const demoWebhookSecret = 'whsec_ZGVtby1hcHBzdGxlLXdlYmhvb2tzLTAwMDE=';
