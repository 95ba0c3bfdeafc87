import { emulators, startEmulator } from '../../dist/emulators/index.js';

const ORDERS = 100;
const PRODUCTS = ['44931275500020', '44931275500021'];

/** The provider's side: an emulated shop with many upcoming orders, and what it really holds. */
export async function openShop() {
  const emulator = await startEmulator(emulators.ordergroove, {
    scenario: 'large',
    switches: { largeOrders: ORDERS, largeItemsPerOrder: 2, rateLimitPerMinute: 0, writeDurationMs: 5 },
  });
  const { account, shopper } = emulators.ordergroove.sandbox(emulator.url);
  const orders = emulator
    .state()
    .orders.filter(({ status }) => status === 1)
    .map(({ public_id: id }) => id);
  let next = 0;

  return {
    account,
    customerId: shopper.customerId,
    products: PRODUCTS,
    faults: emulator.faults,
    /** Orders in turn, so that no order grows without end. */
    takeOrders: (count) => Array.from({ length: count }, () => orders[next++ % orders.length]),
    /** Ids of all items on these orders. */
    itemsOn(wanted) {
      const items = emulator.state().items.filter(({ order }) => wanted.includes(order));
      return new Set(items.map(({ public_id: id }) => id));
    },
    close: () => emulator.close(),
  };
}
