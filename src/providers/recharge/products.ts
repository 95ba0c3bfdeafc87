import { found, type Lookup, missing } from '../../domain/lookup.js';
import type { Product } from '../../domain/product.js';
import type { ProductReader } from '../../domain/provider.js';
import { mapLookup } from '../kit/lookups.js';
import { toProduct } from './mapping.js';
import type { Session } from './session.js';

/** Takes products from the lines read so far, which name them as the catalogue does; looks the others up. */
export function createProductReader({ reads, account }: Session): ProductReader {
  return {
    async getMany(keys) {
      const seen = new Map<string, Product>();
      for (const { variantId, ...line } of await reads.lines.all()) {
        if (variantId !== null && line.title !== null) seen.set(variantId, toProduct(variantId, line, account));
      }
      const others = keys.filter((key) => !seen.has(key));
      const items = account.settings.catalogue === 'none' ? [] : await reads.variants.getMany(others);
      const answers = new Map(others.map((key, index) => [key, items[index] ?? missing] as const));
      return keys.map((key): Lookup<Product> => {
        const product = seen.get(key);
        return product
          ? found(product)
          : mapLookup(answers.get(key) ?? missing, (item) => toProduct(key, item, account));
      });
    },
  };
}
