import type { ProductReader } from '../../domain/provider.js';
import { mapLookup } from '../kit/lookups.js';
import { toProduct } from './mapping.js';
import type { Session } from './session.js';

export function createProductReader({ reads, account }: Session): ProductReader {
  return {
    async getMany(keys) {
      const prices = await reads.prices.getMany(keys);
      return prices.map((price) => mapLookup(price, (value) => toProduct(value, account)));
    },
  };
}
