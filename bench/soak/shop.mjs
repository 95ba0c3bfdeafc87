import { emulators, startEmulator } from '../../dist/emulators/index.js';

/** What hangs is given up after this; a machine with other things to do answers before. */
export const TIMEOUT_MS = 2_500;
const ORDERS = 800;
const PRODUCTS = ['44931275500020', '44931275500021'];
const OPEN = 1;

/** The provider's side: an emulated shop with many upcoming orders, and what it really holds. */
export async function openShop(count = ORDERS) {
  const emulator = await startEmulator(emulators.ordergroove, {
    scenario: 'large',
    switches: { largeOrders: count, largeItemsPerOrder: 2, rateLimitPerMinute: 0, writeDurationMs: 5 },
  });
  const { account, shopper } = emulators.ordergroove.sandbox(emulator.url);
  const taken = new Set();
  const find = (id) => emulator.state().items.find(({ public_id: each }) => each === id);
  const lineOn = (order) => emulator.state().items.find((item) => item.order === order && item.one_time).public_id;

  return {
    account,
    customerId: shopper.customerId,
    products: PRODUCTS,
    faults: emulator.faults,
    /** Open orders that were not taken before, so that no order grows without end; the placed ones leave new ones behind. */
    takeOrders(count) {
      const state = emulator.state();
      const withOneTimeLine = new Set(
        state.items.flatMap(({ order, one_time: isOneTime }) => (isOneTime ? order : [])),
      );
      const orders = state.orders
        .filter(({ status, customer }) => status === OPEN && customer === shopper.customerId)
        .map(({ public_id: id }) => id)
        .filter((id) => withOneTimeLine.has(id));
      const fresh = orders.filter((id) => !taken.has(id)).slice(0, count);
      if (fresh.length < count) {
        taken.clear();
        fresh.push(...orders.filter((id) => !fresh.includes(id)).slice(0, count - fresh.length));
      }
      for (const id of fresh) taken.add(id);
      return fresh;
    },
    /** One decision each to remove, change and convert a one-time line, on an order that no other decision is about. */
    takeLineWrites(orders, idOf) {
      const isCarried = (id) =>
        emulator.state().subscriptions.find(({ public_id: each }) => each === find(id)?.subscription)?.live !== false;
      const [removed, changed, converted] = orders.map((order) => lineOn(order));
      const quantity = 7;
      return [
        {
          mutation: 'removeUpsellItem',
          input: { lineItemId: idOf('LineItem', removed) },
          isOwn: ({ method, path }) => method === 'DELETE' && path.includes(removed),
          made: () => 1,
        },
        {
          mutation: 'changeUpsellItemQuantity',
          input: { lineItemId: idOf('LineItem', changed), quantity },
          isOwn: ({ path }) => path === `/items/${changed}/change_quantity/`,
          made: () => 1,
          asExactly: () => (find(changed)?.quantity ?? quantity) === quantity,
        },
        {
          mutation: 'convertToSubscription',
          input: { lineItemId: idOf('LineItem', converted), subscribe: { frequency: { every: 8, unit: 'WEEK' } } },
          isOwn: ({ path, body }) => path === '/subscriptions/create_from_item/' && body?.item === converted,
          made: () => emulator.writes.list().filter(({ body }) => body?.item === converted).length,
          isLive: () => isCarried(converted),
          asExactly: () => isCarried(converted),
        },
      ];
    },
    /** What arrived, what took effect and what is there now. */
    books: () => ({
      writes: emulator.writes.list(),
      requests: emulator.requests.list(),
      state: emulator.state(),
    }),
    forget() {
      emulator.requests.clear();
      emulator.writes.clear();
    },
    /** Places these orders as if their day had come: from now on they take nothing more. */
    async place(orders) {
      const { items } = emulator.state();
      for (const order of orders) {
        const item = items.find((each) => each.order === order && each.subscription !== null);
        if (!item) continue;
        const headers = { 'x-soak': order };
        emulator.faults.add({ match: { headers }, action: { kind: 'closeOrder' } });
        await fetch(`${emulator.url}/items/${item.public_id}/change_quantity/`, {
          method: 'PATCH',
          headers: { ...headers, 'x-api-key': account.apiKey, 'content-type': 'application/json' },
          body: JSON.stringify({ quantity: item.quantity }),
        });
      }
    },
    close: () => emulator.close(),
  };
}
