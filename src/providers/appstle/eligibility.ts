import {
  blockingFirst,
  type EligibilityQuestion,
  type UpsellEligibility,
  verdictOf,
} from '../../domain/eligibility.js';
import { found, type Lookup } from '../../domain/lookup.js';
import type { EligibilityChecker } from '../../domain/provider.js';
import { toProductRef } from './identity.js';
import { notChecked, possibleModes, reasonsOfItem, reasonsOfQuantity } from './item-rules.js';
import { viewOfOrder } from './line-items.js';
import { reasonsOfOrder } from './order-reasons.js';
import type { OrderView } from './order-view.js';
import type { Session } from './session.js';

/** Nothing asks Appstle whether an item may be added: the documented rules are applied to what it shows. */
export function createEligibilityChecker(session: Session): EligibilityChecker {
  return {
    check: (questions) =>
      Promise.all(
        questions.map(async (question) => found(judge(session, question, await viewOfOrder(session, question.order)))),
      ),
  };
}

export function judge(
  { account, clock }: Session,
  question: EligibilityQuestion,
  view: Lookup<OrderView>,
): UpsellEligibility {
  const { order, item, quantity, subscribe } = question;
  const unread = view.state === 'failed' ? [notChecked('this order', view.problem.detail)] : [];
  const reasons = blockingFirst([
    ...(view.state === 'found' ? reasonsOfItem(question, view.value) : [...unread, ...reasonsOfQuantity(quantity)]),
    ...reasonsOfOrder(order),
  ]);
  return {
    order,
    product: item?.product ? toProductRef(item.product.id, account) : null,
    quantity,
    purchaseMode: subscribe ? 'SUBSCRIPTION' : 'ONE_TIME',
    verdict: verdictOf(reasons),
    reasons,
    possibleModes: possibleModes(reasons),
    window: order.window,
    basis: 'RULES',
    checkedAt: clock(),
  };
}
