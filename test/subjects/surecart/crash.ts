import { ADDING, adding, type CrashSubject, ENOUGH, oneTimeLine, twoSteps } from '../../crash/crash-subject.js';
import { orderId } from '../../support/full-stack.js';

const CONVERTING = 'converting a line';

interface Records {
  readonly order: readonly { readonly id: string; readonly checkout: string }[];
  readonly upsell: readonly { readonly price: string }[];
  readonly charge: readonly { readonly checkout: string }[];
  readonly subscription: readonly object[];
}

export const crash: CrashSubject = {
  scenario: 'large',
  switches: { rateLimit: 0, sensitiveLimit: 0 },
  settings: {
    usual: {
      settlingSeconds: 1,
      limits: { all: { parallel: 64, calls: 0 }, sensitive: { calls: 0 }, previews: { calls: 0 } },
    },
  },
  writes: [adding, ...twoSteps(CONVERTING, 1)],
  async scenarios(shop) {
    const records = () => shop.emulator.state() as Records;
    const { order: orders, upsell } = records();
    const ids = orders.map(({ id, checkout }) => ({ id: orderId(shop.account, id), checkout }));
    return {
      [ADDING]: ids.splice(0, ENOUGH).map(({ id, checkout }) => ({
        mutation: 'addUpsellItem',
        input: { orderId: id, item: { providerProduct: { providerId: upsell[0]?.price } }, ifPresent: 'ADD' },
        count: () => records().charge.filter((charge) => charge.checkout === checkout).length,
      })),
      [CONVERTING]: await Promise.all(
        ids.slice(0, 4).map(async ({ id }) => {
          const line = await oneTimeLine(shop, id);
          return {
            mutation: 'convertToSubscription' as const,
            input: { lineItemId: line.id, subscribe: { frequency: { every: 1, unit: 'MONTH' } } },
            count: () => records().subscription.filter((each) => JSON.stringify(each).includes(line.providerId)).length,
          };
        }),
      ),
    };
  },
};
