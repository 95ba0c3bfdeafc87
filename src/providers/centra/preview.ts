import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Money } from '../../domain/money.js';
import type { UpsellPreview } from '../../domain/preview.js';
import type { UpsellPreviewer } from '../../domain/provider.js';
import type { AddItem } from '../../domain/write.js';
import { attemptLookup } from '../kit/lookups.js';
import { currencyOf } from '../kit/money.js';
import { estimatedPreview, nothingToPreview } from '../kit/preview.js';
import { toProductRef } from '../kit/references.js';
import { checkAll } from './eligibility.js';
import type { ItemFacts } from './item-rules.js';
import { toMoney } from './money.js';
import { readOrder } from './orders.js';
import type { Session } from './session.js';

/** Creates a previewer by the price in the order's context: adding would raise the authorisation at once. */
export function createPreviewer(session: Session): UpsellPreviewer {
  return { preview: (request) => attemptLookup(() => preview(session, request)) };
}

async function preview(
  session: Session,
  { orderKey, item, quantity, subscribe }: AddItem,
): Promise<Lookup<UpsellPreview>> {
  if (item.product === null) return failed(nothingToPreview('Centra has no offers'));
  const context = await readOrder(session, orderKey);
  if (context === null) return missing;
  const { order } = context;
  const [checked] = await checkAll(session, [{ order, item, quantity, subscribe: subscribe !== null }]);
  if (!checked) return missing;
  return found(
    estimatedPreview(checked.eligibility, {
      product: toProductRef(item.product.id, session.account),
      lineTotal: increaseOf(session, checked.facts, quantity),
      timing: 'AUTHORISED_NOW',
      at: null,
      // An added item does not recur.
      terms: null,
    }),
  );
}

/** Returns what an item adds to the order; null where tax comes on top of the price. */
export function increaseOf({ account }: Session, facts: ItemFacts | null, quantity: number): Money | null {
  if (facts?.product?.state !== 'found' || facts.order?.state !== 'found') return null;
  const order = facts.order.value;
  const currency = currencyOf(order.currency, account);
  const taxAdded = toMoney(order.taxAdded, currency);
  if (taxAdded !== null && taxAdded.minor !== 0n) return null;
  return toMoney(facts.product.value.price, currency)?.times(quantity) ?? null;
}
