import type { UpsellEligibility } from '../../domain/eligibility.js';
import type { Order } from '../../domain/order.js';
import type { GraphContext } from '../context.js';
import { assertValid, BadInput } from '../errors/bad-input.js';
import { checkItem } from '../input/check-item.js';
import { toItemChoice } from '../input/item-choice.js';
import { UpsellEligibilityInput } from './upsell-eligibility-input.type.js';

type Question = Pick<UpsellEligibilityInput, 'item' | 'quantity' | 'purchaseMode'>;

/** Checks eligibility; null when the provider has no such check. Throws `BadInput` for an invalid question. */
export async function checkEligibility(
  { sources }: GraphContext,
  order: Order,
  { item, quantity, purchaseMode }: Question,
): Promise<UpsellEligibility | null> {
  assertValid(Object.assign(new UpsellEligibilityInput(), { orderId: order.id, item, quantity, purchaseMode }));
  const opened = sources.get(order.ref.account);
  const impossible = opened ? checkItem(item, opened.connected) : [];
  if (impossible.length > 0) throw new BadInput(impossible);
  const subscribe = purchaseMode === 'SUBSCRIPTION';
  const question = { order, item: item ? toItemChoice(item) : null, quantity, subscribe };
  return opened?.loaders.eligibility.load(question) ?? null;
}
