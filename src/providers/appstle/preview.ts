import { failed, type Lookup, missing } from '../../domain/lookup.js';
import type { Money } from '../../domain/money.js';
import type { UpsellPreview } from '../../domain/preview.js';
import type { UpsellPreviewer } from '../../domain/provider.js';
import type { AddItem } from '../../domain/write.js';
import { mapLookup } from '../kit/lookups.js';
import { estimatedPreview, nothingToPreview } from '../kit/preview.js';
import { toProductRef } from '../kit/references.js';
import { evaluate } from './eligibility.js';
import { fromOrderKey } from './keys.js';
import { priceOf } from './money.js';
import type { OrderView } from './order-view.js';
import type { Session } from './session.js';

export function createPreviewer(session: Session): UpsellPreviewer {
  const { account, shopper, views } = session;
  return {
    async preview({ orderKey, item, quantity, subscribe }: AddItem): Promise<Lookup<UpsellPreview>> {
      const { product } = item;
      if (product === null) return failed(nothingToPreview('This shop has no offers'));
      const key = fromOrderKey(orderKey);
      if (!key) return missing;
      const view = await views.get({ key, customerId: shopper.customerId });
      return mapLookup(view, (value) => {
        const { order } = value;
        const eligibility = evaluate(session, { order, item, quantity, subscribe: subscribe !== null }, view);
        return estimatedPreview(eligibility, {
          product: toProductRef(product.id, account),
          lineTotal: subscribe === null ? increaseOf(session, value, product.id, quantity) : null,
          timing: 'WITH_UPCOMING_ORDER',
          at: order.scheduled,
        });
      });
    },
  };
}

/** Appstle sets the price. What it is can be told only where the contract has the same product as a one-off already. */
export function increaseOf(
  { account }: Session,
  { oneOffs }: OrderView,
  variant: string,
  quantity: number,
): Money | null {
  const rows = oneOffs.state === 'found' ? oneOffs.value : [];
  const priced = rows.find(({ variantId, price }) => variantId === variant && price !== null);
  return priced ? (priceOf(priced, account)?.times(quantity) ?? null) : null;
}
