/** Credentials and shopper of every scenario; made up. */
export const demoToken = 'st_emulator_5c0ffee0beef4d1c8a7b6c5d4e3f2a1b';
export const demoShopperId = '7c1d5a2e-9b34-4f6a-8e21-3d5f7a9b1c2e';
export const secondShopperId = '2b6e8f14-5a7c-4d90-b3e2-6f8a1c3d5e70';
export const demoEmail = 'dana.field@example.com';

/** Signs webhooks. */
export const demoWebhookSecret = 'whsec-demo-surecart-0001';
