import { MANY, next } from '../../../bench/soak/targets.mjs';

export const neighbour = {
  scenario: 'large',
  switches: { largeContracts: MANY },
  settings: { limits: { writes: { parallel: 64 } } },
  open({ emulator, idOf }) {
    const { contracts, attempts } = emulator.state();
    const queued = new Map();
    for (const { id, contractId, status } of attempts) {
      if (status === 'QUEUED' && !queued.has(contractId)) queued.set(contractId, id);
    }
    const fresh = contracts.flatMap(({ id }) => (queued.has(id) ? [{ contract: id, attempt: queued.get(id) }] : []));
    const product = { providerId: '43500000000001', handle: 'house-espresso-beans-1kg' };
    return async () => {
      const { contract, attempt } = next(fresh);
      const isMade = ({ contractId, variantId }) => contractId === contract && variantId === product.providerId;
      return {
        mutation: 'addUpsellItem',
        input: {
          orderId: idOf('Order', `${contract}/${attempt}`),
          item: { providerProduct: product },
          ifPresent: 'ADD',
        },
        isOwn: ({ method, query }) => method === 'PUT' && query.contractId === contract,
        made: () => emulator.state().oneOffs.filter(isMade).length,
      };
    };
  },
};
