import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import { problemOf } from '../../domain/problem.js';
import type { Product } from '../../domain/product.js';
import type { ProductReader } from '../../domain/provider.js';
import type { Decoded } from '../kit/decode.js';
import { toProduct } from './mapping.js';
import { isProductId } from './record-id.js';
import type { Session } from './session.js';
import type { WireProduct } from './wire-product.js';

export type FindProduct = (id: string) => Lookup<WireProduct>;

export function createProductReader(session: Session): ProductReader {
  return {
    async getMany(keys) {
      const shown = await shownAmongCandidates(session);
      const unseen = keys.filter((key) => !shown.has(key));
      const find = await findAmong(unseen, (ids) => session.reads.products.get(ids));
      return keys.map((key): Lookup<Product> => {
        const candidate = shown.get(key);
        const product = candidate ? found(candidate) : find(key);
        return product.state === 'found' ? found(toProduct(product.value, session.account)) : product;
      });
    },
  };
}

/** Products priced for an order anyway come whole: https://docs.centra.com/fe-development/cross-sell */
async function shownAmongCandidates({ reads }: Session): Promise<ReadonlyMap<string, WireProduct>> {
  const lists = await Promise.allSettled(reads.candidates.requested());
  const records = lists.flatMap((list) => (list.status === 'fulfilled' ? list.value.records : []));
  const whole = records.filter(({ name, uri }) => name !== null && uri !== null);
  return new Map(whole.map((record) => [record.product, record]));
}

/** Asks for all of them together. */
export async function findAmong(
  ids: readonly string[],
  read: (ids: readonly string[]) => Promise<Decoded<WireProduct>>,
): Promise<FindProduct> {
  const wanted = [...new Set(ids)].filter(isProductId);
  if (wanted.length === 0) return () => missing;
  try {
    const { records, problem } = await read(wanted);
    const products = new Map(records.map((record) => [record.product, record]));
    return (id) => {
      const product = products.get(id);
      if (product) return found(product);
      // Perhaps it is the record that could not be read.
      return problem && wanted.includes(id) ? failed(problem) : missing;
    };
  } catch (error) {
    const lookup = failed(problemOf(error));
    return () => lookup;
  }
}
