import { failed, found, missing } from '../../domain/lookup.js';
import type { OrderReader, UpsellPreviewer } from '../../domain/provider.js';
import { currencyOfOrder, toMoney } from '../kit/money.js';
import { estimatedPreview, nothingToPreview } from '../kit/preview.js';
import { toProductRef } from '../kit/references.js';
import { checkAll } from './eligibility.js';
import type { Session } from './session.js';
import { termsOfRequest } from './terms.js';

/** Creates a previewer by the stated price: the recurring discount is known only once the item was added. */
export function createPreviewer(session: Session, orders: OrderReader): UpsellPreviewer {
  const { account } = session;
  return {
    async preview({ orderKey, item, quantity, subscribe }) {
      const { product } = item;
      if (product === null) return failed(productNeeded);
      const order = (await orders.getMany([orderKey]))[0] ?? missing;
      if (order.state !== 'found') return order;
      const [checked] = await checkAll(session, [
        { order: order.value, item, quantity, subscribe: subscribe !== null },
      ]);
      if (!checked) return missing;
      const { eligibility, facts } = checked;
      const price = facts?.product?.state === 'found' ? facts.product.value.price : null;
      const lineTotal = toMoney(price, currencyOfOrder(order.value))?.times(quantity) ?? null;
      const charged = { timing: 'WITH_UPCOMING_ORDER', at: order.value.scheduled } as const;
      const terms = subscribe && termsOfRequest(subscribe, order.value.scheduled);
      return found(
        estimatedPreview(eligibility, { product: toProductRef(product.id, account), lineTotal, terms, ...charged }),
      );
    },
  };
}

const productNeeded = nothingToPreview('The offer of this shop covers any product');
