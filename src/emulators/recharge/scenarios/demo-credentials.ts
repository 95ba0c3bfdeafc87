/** Made-up tokens every scenario accepts. */
export const demoToken = `sk_test_1x1_${'ab12cd34'.repeat(8)}`;

/** May read products and nothing else. */
export const narrowToken = `sk_test_1x1_${'00ffee11'.repeat(8)}`;

/** The client secret of the token; signs webhooks. */
export const demoWebhookSecret = 'demo-recharge-client-secret-0001';
