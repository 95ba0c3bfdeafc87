import { MANY, next, WITHOUT_LIMITS } from '../../../bench/soak/targets.mjs';

const VARIANT = '39990000001019';
const QUANTITY = 7;

export const neighbour = {
  scenario: 'large',
  // A change shows in an order up to ten seconds after it was made. Each order is of an address of its own.
  switches: {
    bucketSize: 0,
    rebuildSeconds: 0,
    rebuildSpreadSeconds: 10,
    largeCharges: MANY,
    largeLines: 2 * MANY,
    largeSubscriptions: MANY,
  },
  settings: { settlingSeconds: 20, limits: WITHOUT_LIMITS },
  open({ emulator, idOf }) {
    const { charges, onetimes, subscriptions } = emulator.state();
    const isOf = (address) => (each) => each.address_id === address;
    const hasVariant = (address) =>
      [...onetimes, ...subscriptions].filter(isOf(address)).some((each) => each.external_variant_id === VARIANT);
    const fresh = charges
      .filter(({ address_id: address }) => !hasVariant(address))
      .map(({ address_id: address, scheduled_at: date }) => ({
        address,
        order: `${address}/${date}`,
        item: onetimes.find(isOf(address)).id,
      }));
    const find = (item) => emulator.state().onetimes.find(({ id }) => id === item);
    const lineItemId = ({ order, item }) => idOf('LineItem', `${order}/${item}`);
    const kinds = [
      addition('onetimes', {}),
      (target) => ({
        mutation: 'changeUpsellItemQuantity',
        input: { lineItemId: lineItemId(target), quantity: QUANTITY },
        isOwn: ({ method, path }) => method === 'PUT' && path === `/onetimes/${target.item}`,
        made: () => 1,
        asExactly: () => find(target.item)?.quantity === QUANTITY,
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
    return () => {
      taken += 1;
      return kinds[taken % kinds.length](next(fresh));
    };

    function addition(list, more) {
      return ({ address, order }) => ({
        mutation: 'addUpsellItem',
        input: {
          orderId: idOf('Order', order),
          item: { providerProduct: { providerId: VARIANT } },
          ifPresent: 'ADD',
          ...more,
        },
        isOwn: ({ method, path, body }) => method === 'POST' && path === `/${list}` && body?.address_id === address,
        made: () =>
          emulator.state()[list].filter((each) => each.address_id === address && each.external_variant_id === VARIANT)
            .length,
      });
    }
  },
};
