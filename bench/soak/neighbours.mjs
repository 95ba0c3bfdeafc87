import { toGlobalId } from '../../dist/domain/reference.js';
import { emulators, startEmulator } from '../../dist/emulators/index.js';
import { TIMEOUT_MS } from './shop.mjs';

const MANY = 200;
const WITHOUT_LIMITS = { all: { parallel: 64, calls: 0 } };

/**
 * The other providers. Each of their decisions has a target of its own, so that whatever happens to the target is the
 * decision's doing. `take` makes one decision: its `isOwn` tells its requests, its `made` counts in the provider's books.
 */
export async function openNeighbours() {
  const shops = await Promise.all([openSurecart(), openAppstle(), openCentra(), openRecharge()]);
  return {
    shops,
    forget: () => shops.forEach(({ forget }) => forget()),
    close: () => Promise.all(shops.map(({ close }) => close())),
  };
}

async function openSurecart() {
  const emulator = await startEmulator(emulators.surecart, {
    scenario: 'large',
    switches: { rateLimit: 0, sensitiveLimit: 0, largeCheckouts: MANY, largeLines: 2 },
  });
  const limits = { ...WITHOUT_LIMITS, sensitive: { calls: 0 }, previews: { calls: 0 } };
  const shop = shopOf(emulators.surecart, emulator, { limits });
  const { order: orders, upsell: upsells } = emulator.state();
  const fresh = orders.map(({ id, checkout }) => ({ id, checkout }));
  const [{ price }] = upsells;
  return {
    ...shop,
    async take() {
      const { id, checkout } = next(fresh);
      const isOwn = ({ path, query, body }) =>
        path.endsWith('/line_items/upsell') && query.preview !== 'true' && JSON.stringify(body).includes(checkout);
      const before = linesOf(checkout);
      return {
        mutation: 'addUpsellItem',
        input: { orderId: shop.idOf('Order', id), item: { providerProduct: { providerId: price } }, ifPresent: 'ADD' },
        isOwn,
        made: () => Math.max(linesOf(checkout) - before, 0),
      };
    },
  };

  function linesOf(checkout) {
    return emulator.state().line_item.filter((line) => line.checkout === checkout && line.upsell !== null).length;
  }
}

async function openAppstle() {
  const emulator = await startEmulator(emulators.appstle, { scenario: 'large', switches: { largeContracts: MANY } });
  const shop = shopOf(emulators.appstle, emulator, { limits: { writes: { parallel: 64 } } });
  const { contracts, attempts } = emulator.state();
  const queued = new Map();
  for (const { id, contractId, status } of attempts) {
    if (status === 'QUEUED' && !queued.has(contractId)) queued.set(contractId, id);
  }
  const fresh = contracts.flatMap(({ id }) => (queued.has(id) ? [{ contract: id, attempt: queued.get(id) }] : []));
  const product = { providerId: '43500000000001', handle: 'house-espresso-beans-1kg' };
  return {
    ...shop,
    async take() {
      const { contract, attempt } = next(fresh);
      return {
        mutation: 'addUpsellItem',
        input: {
          orderId: shop.idOf('Order', `${contract}/${attempt}`),
          item: { providerProduct: product },
          ifPresent: 'ADD',
        },
        isOwn: ({ method, query }) => method === 'PUT' && query.contractId === contract,
        made: () =>
          emulator
            .state()
            .oneOffs.filter(({ contractId, variantId }) => contractId === contract && variantId === product.providerId)
            .length,
      };
    },
  };
}

async function openCentra() {
  const emulator = await startEmulator(emulators.centra, { scenario: 'sandbox', switches: { crossSellMinutes: 60 } });
  const shop = shopOf(emulators.centra, emulator, {});
  return {
    ...shop,
    async take() {
      const fill = () =>
        fetch(`${emulator.url}/__emulator/checkouts`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ customer: shop.customerId, items: ['1004-1'] }),
        });
      // A connection kept from the round before may have ended meanwhile.
      const answer = await fill().catch(fill);
      const { selection } = await answer.json();
      return {
        mutation: 'completeCheckout',
        input: {
          accountKey: shop.account.key,
          providerCheckoutId: selection,
          paymentFields: { klarna_order: selection },
        },
        isOwn: ({ path }) => isPaymentOf(path, selection),
        // A second payment of one checkout leaves no second order.
        made: () => emulator.writes.list().filter(({ path }) => isPaymentOf(path, selection)).length,
      };
    },
  };
}

/** A change shows in an order up to ten seconds after it was made. Each order is of an address of its own. */
async function openRecharge() {
  const emulator = await startEmulator(emulators.recharge, {
    scenario: 'large',
    switches: {
      bucketSize: 0,
      rebuildSeconds: 0,
      rebuildSpreadSeconds: 10,
      largeCharges: MANY,
      largeLines: 2 * MANY,
      largeSubscriptions: MANY,
    },
  });
  const shop = shopOf(emulators.recharge, emulator, { settlingSeconds: 20, limits: WITHOUT_LIMITS });
  const variant = '39990000001019';
  const quantity = 7;
  const { charges, onetimes, subscriptions } = emulator.state();
  const isOf = (address) => (each) => each.address_id === address;
  const hasVariant = (address) =>
    [...onetimes, ...subscriptions].filter(isOf(address)).some((each) => each.external_variant_id === variant);
  const fresh = charges
    .filter(({ address_id: address }) => !hasVariant(address))
    .map(({ address_id: address, scheduled_at: date }) => ({
      address,
      order: `${address}/${date}`,
      item: onetimes.find(isOf(address)).id,
    }));
  const find = (item) => emulator.state().onetimes.find(({ id }) => id === item);
  const lineItemId = ({ order, item }) => shop.idOf('LineItem', `${order}/${item}`);
  const kinds = [
    addition('onetimes', {}),
    (target) => ({
      mutation: 'changeUpsellItemQuantity',
      input: { lineItemId: lineItemId(target), quantity },
      isOwn: ({ method, path }) => method === 'PUT' && path === `/onetimes/${target.item}`,
      made: () => 1,
      asExactly: () => find(target.item)?.quantity === quantity,
    }),
    addition('subscriptions', { subscribe: { frequency: { every: 1, unit: 'MONTH' } } }),
    (target) => ({
      mutation: 'removeUpsellItem',
      input: { lineItemId: lineItemId(target) },
      isOwn: ({ method, path }) => method === 'DELETE' && path === `/onetimes/${target.item}`,
      made: () => 1,
    }),
  ];
  let taken = 0;
  return {
    ...shop,
    take() {
      taken += 1;
      return kinds[taken % kinds.length](next(fresh));
    },
  };

  function addition(list, more) {
    return ({ address, order }) => ({
      mutation: 'addUpsellItem',
      input: {
        orderId: shop.idOf('Order', order),
        item: { providerProduct: { providerId: variant } },
        ifPresent: 'ADD',
        ...more,
      },
      isOwn: ({ method, path, body }) => method === 'POST' && path === `/${list}` && body?.address_id === address,
      made: () =>
        emulator.state()[list].filter((each) => each.address_id === address && each.external_variant_id === variant)
          .length,
    });
  }
}

function isPaymentOf(path, selection) {
  return path.includes(selection) && path.endsWith('/payment-result');
}

function shopOf(definition, emulator, settings) {
  const { account, shopper } = definition.sandbox(emulator.url);
  return {
    name: account.provider,
    account: { ...account, settlingSeconds: 1, timeoutMs: TIMEOUT_MS, ...settings },
    customerId: shopper.customerId,
    faults: emulator.faults,
    idOf: (type, key) => toGlobalId({ type, account: account.key, key }),
    books: () => ({ writes: emulator.writes.list(), requests: emulator.requests.list() }),
    forget() {
      emulator.requests.clear();
      emulator.writes.clear();
    },
    close: () => emulator.close(),
  };
}

function next(fresh) {
  const taken = fresh.shift();
  if (!taken) throw new Error('there are no fresh targets left');
  return taken;
}
