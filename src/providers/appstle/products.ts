import type { ProviderProblem } from '../../domain/problem.js';
import type { Product } from '../../domain/product.js';
import type { ProductReader } from '../../domain/provider.js';
import { attempt, lookupIn } from '../kit/lookups.js';
import { toProductRef } from '../kit/references.js';
import { isNumericId } from './keys.js';
import type { Session } from './session.js';
import type { WireProduct } from './wire.js';

/** Finds products in the records read so far, then in the shopper's own records: Appstle has no catalogue. */
export function createProductReader(session: Session): ProductReader {
  return {
    async getMany(keys) {
      const read = await productsSeen(session);
      const isComplete = keys.every((key) => read.has(key));
      const problem = isComplete ? null : await readOwnRecords(session);
      const seen = isComplete ? read : await productsSeen(session);
      return keys.map((key) => lookupIn(seen.get(key), problem));
    },
  };
}

/** Reads what the shopper will be sent; gives what went wrong with it. */
async function readOwnRecords({ reads, shopper: { customerId } }: Session): Promise<ProviderProblem | null> {
  if (customerId === null || !isNumericId(customerId)) return null;
  const { queued, contracts: listed } = reads.lists.plan(customerId, { queued: true, contracts: true });
  const own = await attempt(() => Promise.all([queued, listed]));
  if (own.state !== 'found') return own.state === 'failed' ? own.problem : null;
  const [queue, contracts] = own.value;
  return queue.problem ?? contracts.problem;
}

async function productsSeen({ reads, account }: Session): Promise<ReadonlyMap<string, Product>> {
  const { collected } = reads;
  const [attempts, contracts, oneOffs] = await Promise.all([
    collected.attempts.all(),
    collected.contracts.all(),
    collected.oneOffs.all(),
  ]);
  const products = new Map<string, Product>();
  const see = ({ variantId, title, imageUrl }: Seen, handle: string | null) => {
    if (variantId === null) return;
    const known = products.get(variantId);
    products.set(variantId, {
      title: known?.title ?? title,
      handle: known?.handle ?? handle,
      imageUrl: known?.imageUrl ?? imageUrl,
      ...toProductRef(variantId, account),
    });
  };
  for (const row of oneOffs) see(row, row.variantHandle);
  for (const { lines } of contracts) for (const line of lines.records) see(line, null);
  for (const { contents } of attempts) for (const product of contents.records) see(product, null);
  return products;
}

/** The variant of a line may have been deleted. */
type Seen = Omit<WireProduct, 'variantId'> & { readonly variantId: string | null };
