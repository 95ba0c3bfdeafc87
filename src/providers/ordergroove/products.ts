import { type Lookup, missing } from '../../domain/lookup.js';
import type { ProductReader } from '../../domain/provider.js';
import { attempt, lookupIn, mapLookup } from '../kit/lookups.js';
import { isMerchantId } from './keys.js';
import { toProduct } from './mapping.js';
import type { Session } from './session.js';
import type { WireProduct } from './wire.js';

export function createProductReader(session: Session): ProductReader {
  return {
    async getMany(keys) {
      const read = await readProducts(session, keys);
      return keys.map((key) => mapLookup(read(key), (product) => toProduct(product, session.account)));
    },
  };
}

/** Reads products by the merchant's identifiers, all together. */
export async function readProducts(
  { reads }: Session,
  ids: readonly string[],
): Promise<(id: string) => Lookup<WireProduct>> {
  const wanted = [...new Set(ids)].filter(isMerchantId);
  if (wanted.length === 0) return () => missing;
  const list = await attempt(() => reads.products.get(wanted));
  if (list.state !== 'found') return () => list;
  const { records, problem } = list.value;
  const products = new Map(records.map((record) => [record.externalProductId, record]));
  return (id) => lookupIn(products.get(id), problem);
}
