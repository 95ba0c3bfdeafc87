import { failed, type Lookup, missing } from '../../domain/lookup.js';
import { fromInstant } from '../../domain/moment.js';
import type { Money } from '../../domain/money.js';
import type { UpsellPreview } from '../../domain/preview.js';
import type { UpsellPreviewer } from '../../domain/provider.js';
import type { SubscriptionTerms } from '../../domain/subscription.js';
import type { AddItem } from '../../domain/write.js';
import { mapLookup } from '../kit/lookups.js';
import { estimatedPreview, nothingToPreview } from '../kit/preview.js';
import { toProductRef } from '../kit/references.js';
import { evaluate } from './eligibility.js';
import { fromOrderKey } from './keys.js';
import { priceOf } from './money.js';
import type { OrderView } from './order-view.js';
import type { Session } from './session.js';
import { termsOfContract } from './terms.js';

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
          terms: subscribe === null ? null : termsOfAddition(value),
        });
      });
    },
  };
}

/**
 * Returns the terms of a recurring line, which joins the contract of its order and is paid again with the order queued
 * after this one.
 */
function termsOfAddition({ contract, key, queue }: OrderView): SubscriptionTerms | null {
  if (contract.state !== 'found') return null;
  const next = queue[queue.findIndex(({ id }) => id === key.attemptId) + 1];
  const startsAt = next?.billingDate ? fromInstant(next.billingDate) : null;
  return { ...termsOfContract(contract.value, []), startsAt };
}

/**
 * Returns what an item adds to the order. Appstle sets the price, so it is known only where the contract has the same
 * product as a one-off already.
 */
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
