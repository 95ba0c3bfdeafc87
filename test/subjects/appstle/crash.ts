import {
  ADDING,
  adding,
  type CrashSubject,
  ENOUGH,
  locatedFirst,
  oneTimeLine,
  twoSteps,
} from '../../crash/crash-subject.js';
import { orderId } from '../../support/full-stack.js';

const CONVERTING = 'converting an item';

interface Records {
  readonly contracts: readonly { readonly id: string; readonly lines: readonly { readonly variantId: string }[] }[];
  readonly attempts: readonly { readonly id: string; readonly contractId: string; readonly status: string }[];
  readonly oneOffs: readonly { readonly attemptId: string; readonly variantId: string }[];
}

export const crash: CrashSubject = {
  scenario: 'large',
  switches: { largeContracts: 40 },
  // Writes that stand still keep their places.
  settings: { usual: { settlingSeconds: 1, limits: { writes: { parallel: 64 } } } },
  writes: [
    adding,
    {
      title: 'converting an item whose order is to be found: another replica ends it',
      write: CONVERTING,
      settings: 'usual',
      rows: locatedFirst,
    },
    ...twoSteps(CONVERTING, 1),
  ],
  /** One order a contract: Appstle takes one writer a contract. */
  async scenarios(shop) {
    const records = () => shop.emulator.state() as Records;
    const providerProduct = { providerId: '43500000000001', handle: 'house-espresso-beans-1kg' };
    const { contracts, attempts } = records();
    const orders = contracts.flatMap(({ id }) => {
      const attempt = attempts.find(({ contractId, status }) => contractId === id && status === 'QUEUED');
      return attempt ? [{ contractId: id, attemptId: attempt.id }] : [];
    });
    const idOf = (order: (typeof orders)[number]) => orderId(shop.account, `${order.contractId}/${order.attemptId}`);
    return {
      [ADDING]: orders.splice(0, ENOUGH).map((order) => ({
        mutation: 'addUpsellItem',
        input: { orderId: idOf(order), item: { providerProduct }, ifPresent: 'ADD' },
        count: () =>
          records().oneOffs.filter(
            (each) => each.attemptId === order.attemptId && each.variantId === providerProduct.providerId,
          ).length,
      })),
      [CONVERTING]: await Promise.all(
        orders.slice(0, 8).map(async (order) => ({
          mutation: 'convertToSubscription' as const,
          input: {
            lineItemId: (await oneTimeLine(shop, idOf(order))).id,
            subscribe: { frequency: { every: 1, unit: 'MONTH' } },
          },
          count: () => records().contracts.find(({ id }) => id === order.contractId)?.lines.length ?? 0,
        })),
      ),
    };
  },
};
