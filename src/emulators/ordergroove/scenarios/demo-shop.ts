import { OrdergrooveStore } from '../store.js';
import { demoApiKeys, demoStorefrontKey } from './demo-credentials.js';

/** The made-up merchant of the scenarios `sandbox` and `large`, and the shopper whose orders they hold. */
export const demoMerchantId = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
export const demoOfferId = '5c0ffee0beef4d1c8a7b6c5d4e3f2a1b';
export const demoShopper = {
  merchant_user_id: '8801234567890',
  email: 'dana.field@example.com',
  first_name: 'Dana',
  last_name: 'Field',
};

/** Another customer of the shop, who pays in yen. */
export const secondShopper = {
  merchant_user_id: '00026001',
  email: 'kenji@example.com',
  first_name: 'Kenji',
  last_name: 'Example',
};

export function openDemoShop(seed: string): OrdergrooveStore {
  return new OrdergrooveStore({
    seed,
    merchant: {
      id: demoMerchantId,
      storefrontKey: demoStorefrontKey,
      apiKeys: demoApiKeys,
      offerId: demoOfferId,
      recurringDiscount: 10,
    },
  });
}
