import type { EligibilityQuestion } from '../../domain/eligibility.js';
import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Money } from '../../domain/money.js';
import type { UpsellPreview } from '../../domain/preview.js';
import { problem } from '../../domain/problem.js';
import type { OrderReader, UpsellPreviewer } from '../../domain/provider.js';
import type { AddItem } from '../../domain/write.js';
import { type Checked, checkAll } from './eligibility.js';
import { toProductRef } from './mapping.js';
import { currencyOfOrder, toMoney } from './money.js';
import type { Session } from './session.js';

/** From the stated product price: the recurring discount is known only once the item was added. */
export function createPreviewer(session: Session, orders: OrderReader): UpsellPreviewer {
  return {
    async preview({ orderKey, item, quantity, subscribe }: AddItem): Promise<Lookup<UpsellPreview>> {
      if (item.product === null) return failed(productNeeded);
      const order = (await orders.getMany([orderKey]))[0] ?? missing;
      if (order.state !== 'found') return order;
      const question = { order: order.value, item, quantity, subscribe: subscribe !== null };
      const [checked] = await checkAll(session, [question]);
      return checked ? found(estimate(session, question, checked, item.product.id)) : missing;
    },
  };
}

function estimate(
  { account }: Session,
  { order, quantity }: EligibilityQuestion,
  { eligibility, facts }: Checked,
  productId: string,
): UpsellPreview {
  const price = facts?.product?.state === 'found' ? facts.product.value.price : null;
  const lineTotal = toMoney(price, currencyOfOrder(order, account))?.times(quantity) ?? null;
  return {
    order,
    product: toProductRef(productId, account),
    quantity,
    lineTotal,
    lineDiscount: null,
    orderTotalAfter: sum(order.totals?.total ?? null, lineTotal),
    charge: { increase: lineTotal, timing: 'WITH_UPCOMING_ORDER', at: order.scheduled },
    fidelity: lineTotal === null ? 'UNAVAILABLE' : 'ESTIMATED',
    eligibility,
  };
}

function sum(total: Money | null, more: Money | null): Money | null {
  return total !== null && more !== null && total.currency === more.currency ? total.plus(more) : null;
}

const productNeeded = problem('REJECTED', 'The offer of this shop covers any product: name the product to preview.');
