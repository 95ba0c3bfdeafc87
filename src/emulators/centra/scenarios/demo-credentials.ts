/** Made up: these open nothing but the emulator. */
export const demoSecret = 'demo-shared-secret-0001';
export const demoIntegrationToken = 'demo-integration-token-0001';
export const demoStorefrontToken = 'demo-storefront-token-0001';
export const demoKlarnaUser = 'PK00001_demo';
export const demoKlarnaPassword = 'demo-klarna-password-0001';

/** Signs webhooks. */
export const demoWebhookSecret = 'demo-endpoint-secret-0001';
