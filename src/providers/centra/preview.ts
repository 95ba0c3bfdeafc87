import type { EligibilityQuestion } from '../../domain/eligibility.js';
import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Money } from '../../domain/money.js';
import type { UpsellPreview } from '../../domain/preview.js';
import { problem, problemOf } from '../../domain/problem.js';
import type { UpsellPreviewer } from '../../domain/provider.js';
import type { AddItem } from '../../domain/write.js';
import { checkAll } from './eligibility.js';
import type { ItemFacts } from './item-rules.js';
import { toProductRef } from './mapping.js';
import { currencyOf, toMoney } from './money.js';
import { readOrder } from './orders.js';
import type { Session } from './session.js';

/** From the price in the order's context; the authorisation would be raised by it at once. */
export function createPreviewer(session: Session): UpsellPreviewer {
  return {
    async preview(request) {
      try {
        return await preview(session, request);
      } catch (error) {
        return failed(problemOf(error));
      }
    },
  };
}

async function preview(
  session: Session,
  { orderKey, item, quantity, subscribe }: AddItem,
): Promise<Lookup<UpsellPreview>> {
  if (item.product === null) return failed(productNeeded);
  const context = await readOrder(session, orderKey);
  if (context === null) return missing;
  const { order } = context;
  const question: EligibilityQuestion = { order, item, quantity, subscribe: subscribe !== null };
  const [checked] = await checkAll(session, [question]);
  if (!checked) return missing;
  const lineTotal = increaseOf(session, checked.facts, quantity);
  const total = order.totals?.total ?? null;
  return found({
    order,
    product: toProductRef(item.product.id, session.account),
    quantity,
    lineTotal,
    lineDiscount: null,
    orderTotalAfter: total && lineTotal && total.currency === lineTotal.currency ? total.plus(lineTotal) : null,
    charge: { increase: lineTotal, timing: 'AUTHORISED_NOW', at: null },
    fidelity: lineTotal === null ? 'UNAVAILABLE' : 'ESTIMATED',
    eligibility: checked.eligibility,
  });
}

/** Unknown where tax comes on top of the price. */
export function increaseOf({ account }: Session, facts: ItemFacts | null, quantity: number): Money | null {
  if (facts?.product?.state !== 'found' || facts.order === null) return null;
  const currency = currencyOf(facts.order.currency, account);
  const taxAdded = toMoney(facts.order.taxAdded, currency);
  if (taxAdded !== null && taxAdded.minor !== 0n) return null;
  return toMoney(facts.product.value.price, currency)?.times(quantity) ?? null;
}

const productNeeded = problem('REJECTED', 'Centra has no offers: name the product to preview.');
