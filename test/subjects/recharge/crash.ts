import { toGlobalId } from '../../../src/domain/reference.js';
import { ADDING, adding, type CrashSubject, ENOUGH, twoSteps, unlimited } from '../../crash/crash-subject.js';
import { orderId } from '../../support/full-stack.js';

const CONVERTING = 'converting an item';

interface Item {
  readonly id: number;
  readonly address_id: number;
  readonly external_variant_id: string;
}

interface Records {
  readonly charges: readonly { readonly address_id: number; readonly scheduled_at: string }[];
  readonly onetimes: readonly Item[];
  readonly subscriptions: readonly Item[];
}

export const crash: CrashSubject = {
  scenario: 'large',
  // A subscription and a one-time item on each charge.
  switches: { bucketSize: 0, rebuildSeconds: 0, largeCharges: 28, largeLines: 56, largeSubscriptions: 28 },
  settings: { usual: { settlingSeconds: 1, ...unlimited } },
  writes: [adding, ...twoSteps(CONVERTING, 1)],
  /** One order an address: Recharge takes one writer an address. */
  scenarios({ emulator, account }) {
    const records = () => emulator.state() as Records;
    const { charges, onetimes } = records();
    const providerProduct = { providerId: '39990000001019' };
    const keyOf = ({ address_id: address, scheduled_at: date }: Records['charges'][number]) => `${address}/${date}`;
    const countOf = (items: readonly Item[], address: number, variant: string) =>
      items.filter((each) => each.address_id === address && each.external_variant_id === variant).length;
    const orders = [...charges];
    return {
      [ADDING]: orders.splice(0, ENOUGH).map((order) => ({
        mutation: 'addUpsellItem',
        input: { orderId: orderId(account, keyOf(order)), item: { providerProduct }, ifPresent: 'ADD' },
        count: () => countOf(records().onetimes, order.address_id, providerProduct.providerId),
      })),
      [CONVERTING]: orders.splice(0, 6).flatMap((order) => {
        const item = onetimes.find((each) => each.address_id === order.address_id);
        if (!item) return [];
        return {
          mutation: 'convertToSubscription' as const,
          input: {
            lineItemId: toGlobalId({ type: 'LineItem', account, key: `${keyOf(order)}/${item.id}` }),
            subscribe: { frequency: { every: 1, unit: 'MONTH' } },
          },
          count: () => countOf(records().subscriptions, order.address_id, item.external_variant_id),
        };
      }),
    };
  },
};
