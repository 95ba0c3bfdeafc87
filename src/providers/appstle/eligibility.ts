import type { EligibilityQuestion, UpsellEligibility } from '../../domain/eligibility.js';
import { found, type Lookup } from '../../domain/lookup.js';
import type { EligibilityChecker } from '../../domain/provider.js';
import { notChecked, orderIsGone, toEligibility } from '../kit/eligibility.js';
import { toProductRef } from '../kit/references.js';
import { possibleModes, reasonsOfItem, reasonsOfQuantity } from './item-rules.js';
import { viewOfOrder } from './line-items.js';
import { reasonsOfOrder } from './order-reasons.js';
import type { OrderView } from './order-view.js';
import type { Session } from './session.js';

/** Creates a checker by the documented rules: no endpoint says whether an item may be added. */
export function createEligibilityChecker(session: Session): EligibilityChecker {
  return {
    check: (questions) =>
      Promise.all(
        questions.map(async (question) =>
          found(evaluate(session, question, await viewOfOrder(session, question.order))),
        ),
      ),
  };
}

export function evaluate(
  { account, clock }: Pick<Session, 'account' | 'clock'>,
  question: EligibilityQuestion,
  view: Lookup<OrderView>,
): UpsellEligibility {
  const { order, item, quantity } = question;
  const unread = view.state === 'failed' ? notChecked('this order', view.problem) : orderIsGone;
  const reasons = [
    ...(view.state === 'found' ? reasonsOfItem(question, view.value) : [unread, ...reasonsOfQuantity(quantity)]),
    ...reasonsOfOrder(order),
  ];
  return toEligibility(question, {
    product: item?.product ? toProductRef(item.product.id, account) : null,
    reasons,
    possibleModes: possibleModes(reasons),
    checkedAt: clock(),
  });
}
