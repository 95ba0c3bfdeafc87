import { MANY, next, WITHOUT_LIMITS } from '../../../bench/soak/targets.mjs';

export const neighbour = {
  scenario: 'large',
  switches: { rateLimit: 0, sensitiveLimit: 0, largeCheckouts: MANY, largeLines: 2 },
  settings: { limits: { ...WITHOUT_LIMITS, sensitive: { calls: 0 }, previews: { calls: 0 } } },
  open({ emulator, idOf }) {
    const { order: orders, upsell: upsells } = emulator.state();
    const fresh = orders.map(({ id, checkout }) => ({ id, checkout }));
    const [{ price }] = upsells;
    const linesOf = (checkout) =>
      emulator.state().line_item.filter((line) => line.checkout === checkout && line.upsell !== null).length;
    return async () => {
      const { id, checkout } = next(fresh);
      const before = linesOf(checkout);
      return {
        mutation: 'addUpsellItem',
        input: { orderId: idOf('Order', id), item: { providerProduct: { providerId: price } }, ifPresent: 'ADD' },
        isOwn: ({ path, query, body }) =>
          path.endsWith('/line_items/upsell') && query.preview !== 'true' && JSON.stringify(body).includes(checkout),
        made: () => Math.max(linesOf(checkout) - before, 0),
      };
    };
  },
};
