import { failed, found, missing } from '../../domain/lookup.js';
import type { Money } from '../../domain/money.js';
import type { Order } from '../../domain/order.js';
import type { OrderReader, UpsellPreviewer } from '../../domain/provider.js';
import type { Frequency } from '../../domain/subscription.js';
import { currencyOfOrder } from '../kit/money.js';
import { estimatedPreview, nothingToPreview } from '../kit/preview.js';
import { toProductRef } from '../kit/references.js';
import { evaluate } from './eligibility.js';
import type { ItemFacts } from './item-facts.js';
import { frequencyFor, unitPriceOf } from './plans.js';
import type { Session } from './session.js';
import { termsOfRequest } from './terms.js';

/** Creates a previewer by the stated price: tax, shipping and discounts show once the charge was rebuilt. */
export function createPreviewer(session: Session, orders: OrderReader): UpsellPreviewer {
  const { account } = session;
  return {
    async preview({ orderKey, item, quantity, subscribe }) {
      const { product } = item;
      if (product === null) return failed(nothingToPreview('This shop has no offers'));
      const order = (await orders.getMany([orderKey]))[0] ?? missing;
      if (order.state !== 'found') return order;
      const question = { order: order.value, item, quantity, subscribe: subscribe !== null };
      const { eligibility, facts } = await evaluate(session, question);
      const chosen = subscribe && frequencyFor(subscribe, facts?.item?.state === 'found' ? facts.item.value : null);
      const frequency = chosen !== null && 'every' in chosen ? chosen : null;
      const isPriced = subscribe === null || frequency !== null;
      return found(
        estimatedPreview(eligibility, {
          product: toProductRef(product.id, account),
          lineTotal: isPriced ? priceOf(order.value, facts, frequency, quantity) : null,
          timing: 'WITH_UPCOMING_ORDER',
          at: order.value.scheduled,
          terms: frequency && termsOfRequest(frequency, order.value.scheduled),
        }),
      );
    },
  };
}

/** Returns the price of an item; null where none is stated in the currency of the order: nothing is converted. */
export function priceOf(
  order: Order,
  facts: ItemFacts | null,
  frequency: Frequency | null,
  quantity: number,
): Money | null {
  if (facts?.item?.state !== 'found') return null;
  return unitPriceOf(facts.item.value, currencyOfOrder(order), frequency)?.times(quantity) ?? null;
}
