import { found } from '../../domain/lookup.js';
import type { ProductReader } from '../../domain/provider.js';
import { toProduct } from './mapping.js';
import type { Session } from './session.js';

export function createProductReader({ reads, account }: Session): ProductReader {
  return {
    async getMany(keys) {
      const prices = await reads.prices.getMany(keys);
      return prices.map((price) => (price.state === 'found' ? found(toProduct(price.value, account)) : price));
    },
  };
}
