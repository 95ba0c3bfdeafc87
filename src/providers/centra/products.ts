import { found, type Lookup, missing } from '../../domain/lookup.js';
import type { ProductReader } from '../../domain/provider.js';
import type { Decoded } from '../kit/decode.js';
import { attempt, lookupIn, mapLookup } from '../kit/lookups.js';
import { toProduct } from './mapping.js';
import { isProductId } from './keys.js';
import type { Session } from './session.js';
import type { WireProduct } from './wire-product.js';

export type FindProduct = (id: string) => Lookup<WireProduct>;

export function createProductReader(session: Session): ProductReader {
  return {
    async getMany(keys) {
      const shown = await shownAmongCandidates(session);
      const unseen = keys.filter((key) => !shown.has(key));
      const find = await findAmong(unseen, (ids) => session.reads.products.get(ids));
      return keys.map((key) => {
        const candidate = shown.get(key);
        return mapLookup(candidate ? found(candidate) : find(key), (product) => toProduct(product, session.account));
      });
    },
  };
}

/**
 * Returns the products that were priced for an order anyway, as those come whole.
 * See https://docs.centra.com/fe-development/cross-sell
 */
async function shownAmongCandidates({ reads }: Session): Promise<ReadonlyMap<string, WireProduct>> {
  const records = await reads.candidateProducts.all();
  const whole = records.filter(({ name, uri }) => name !== null && uri !== null);
  return new Map(whole.map((record) => [record.product, record]));
}

/** Reads products by one question for all of them. */
export async function findAmong(
  ids: readonly string[],
  read: (ids: readonly string[]) => Promise<Decoded<WireProduct>>,
): Promise<FindProduct> {
  const wanted = [...new Set(ids)].filter(isProductId);
  if (wanted.length === 0) return () => missing;
  const decoded = await attempt(() => read(wanted));
  if (decoded.state !== 'found') return () => decoded;
  const { records, problem } = decoded.value;
  const products = new Map(records.map((record) => [record.product, record]));
  return (id) => lookupIn(products.get(id), wanted.includes(id) ? problem : null);
}
