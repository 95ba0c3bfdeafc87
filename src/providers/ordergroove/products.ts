import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Product } from '../../domain/product.js';
import { problemOf } from '../../domain/problem.js';
import type { ProductReader } from '../../domain/provider.js';
import { toProduct } from './mapping.js';
import { isMerchantId } from './record-id.js';
import type { Session } from './session.js';
import type { WireProduct } from './wire.js';

export function createProductReader(session: Session): ProductReader {
  return {
    async getMany(keys) {
      const read = await readProducts(session, keys);
      return keys.map((key): Lookup<Product> => {
        const product = read(key);
        return product.state === 'found' ? found(toProduct(product.value, session.account)) : product;
      });
    },
  };
}

/** Products by the merchant's identifiers, read together. */
export async function readProducts(
  { reads }: Session,
  ids: readonly string[],
): Promise<(id: string) => Lookup<WireProduct>> {
  const wanted = [...new Set(ids)].filter(isMerchantId);
  if (wanted.length === 0) return () => missing;
  try {
    const { records, problem } = await reads.products.get(wanted);
    const products = new Map(records.map((record) => [record.externalProductId, record]));
    return (id) => {
      const product = products.get(id);
      if (product) return found(product);
      return problem ? failed(problem) : missing;
    };
  } catch (error) {
    const problem = problemOf(error);
    return () => failed(problem);
  }
}
