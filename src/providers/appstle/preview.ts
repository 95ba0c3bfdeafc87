import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Money } from '../../domain/money.js';
import type { UpsellPreview } from '../../domain/preview.js';
import { problem } from '../../domain/problem.js';
import type { UpsellPreviewer } from '../../domain/provider.js';
import type { AddItem } from '../../domain/write.js';
import { judge } from './eligibility.js';
import { toProductRef } from './identity.js';
import { fromOrderKey } from './keys.js';
import { priceOf, sumOf } from './money.js';
import type { OrderView } from './order-view.js';
import type { Session } from './session.js';

export function createPreviewer(session: Session): UpsellPreviewer {
  const { account, shopper, views } = session;
  return {
    async preview({ orderKey, item, quantity, subscribe }: AddItem): Promise<Lookup<UpsellPreview>> {
      if (item.product === null) return failed(productNeeded);
      const key = fromOrderKey(orderKey);
      if (!key) return missing;
      const view = await views.get({ key, customerId: shopper.customerId });
      if (view.state !== 'found') return view;
      const { order } = view.value;
      const eligibility = judge(session, { order, item, quantity, subscribe: subscribe !== null }, view);
      const lineTotal = subscribe === null ? increaseOf(session, view.value, item.product.id, quantity) : null;
      return found({
        order,
        product: toProductRef(item.product.id, account),
        quantity,
        lineTotal,
        lineDiscount: null,
        orderTotalAfter: sumOf([order.totals?.total ?? null, lineTotal]),
        charge: { increase: lineTotal, timing: 'WITH_UPCOMING_ORDER', at: order.scheduled },
        fidelity: lineTotal === null ? 'UNAVAILABLE' : 'ESTIMATED',
        eligibility,
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

const productNeeded = problem('REJECTED', 'This shop has no offers: name the product to preview.');
