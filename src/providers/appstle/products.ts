import { found, missing } from '../../domain/lookup.js';
import type { Product } from '../../domain/product.js';
import type { ProductReader } from '../../domain/provider.js';
import { toProductRef } from './identity.js';
import type { Session } from './session.js';
import type { WireProduct } from './wire.js';

/** There is no catalogue: a product is what the records read so far say of it. */
export function createProductReader(session: Session): ProductReader {
  return {
    async getMany(keys) {
      const seen = await productsSeen(session);
      return keys.map((key) => {
        const product = seen.get(key);
        return product ? found(product) : missing;
      });
    },
  };
}

async function productsSeen({ reads, account }: Session): Promise<ReadonlyMap<string, Product>> {
  const [attempts, contracts, oneOffs] = await Promise.all([
    records([...reads.queuedOfCustomer.started(), ...reads.queuedOfContract.started()]),
    records(reads.contractsOfCustomer.started()),
    records(reads.oneOffs.started()),
  ]);
  const single = (await Promise.allSettled(reads.contract.started())).flatMap((read) =>
    read.status === 'fulfilled' && read.value ? read.value : [],
  );
  const products = new Map<string, Product>();
  const see = ({ variantId, title, imageUrl }: WireProduct, handle: string | null) => {
    const known = products.get(variantId);
    products.set(variantId, {
      ...toProductRef(variantId, account),
      title: known?.title ?? title,
      handle: known?.handle ?? handle,
      imageUrl: known?.imageUrl ?? imageUrl,
    });
  };
  for (const row of oneOffs) see(row, row.variantHandle);
  for (const { lines } of [...contracts, ...single]) for (const line of lines.records) see(line, null);
  for (const attempt of attempts) for (const product of attempt.products) see(product, null);
  return products;
}

/** A read that failed shows nothing. */
async function records<T>(reads: readonly Promise<{ readonly records: readonly T[] }>[]): Promise<readonly T[]> {
  const settled = await Promise.allSettled(reads);
  return settled.flatMap((read) => (read.status === 'fulfilled' ? read.value.records : []));
}
