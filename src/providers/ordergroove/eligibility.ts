import {
  blockingFirst,
  type EligibilityQuestion,
  type EligibilityReason,
  type UpsellEligibility,
  verdictOf,
} from '../../domain/eligibility.js';
import { found } from '../../domain/lookup.js';
import type { EligibilityChecker } from '../../domain/provider.js';
import { readItemFacts } from './item-facts.js';
import { type ItemFacts, possibleModes, reasonsOfItem } from './item-rules.js';
import { toProductRef } from './mapping.js';
import { reasonsOfOrder } from './order-reasons.js';
import type { Session } from './session.js';

export function createEligibilityChecker(session: Session): EligibilityChecker {
  return {
    check: async (questions) => (await checkAll(session, questions)).map(({ eligibility }) => found(eligibility)),
  };
}

export interface Checked {
  readonly eligibility: UpsellEligibility;
  /** Null when the order itself forbids everything, so that nothing else was read. */
  readonly facts: ItemFacts | null;
}

/** Judges all questions with one round of reads; an order that takes no items needs none. */
export async function checkAll(
  session: Session,
  questions: readonly EligibilityQuestion[],
): Promise<readonly Checked[]> {
  const open = questions.filter(({ order }) => !reasonsOfOrder(order).some(({ blocking }) => blocking));
  const facts = await readItemFacts(
    session,
    open.map(({ order, item }) => ({ order, productId: item?.product?.id ?? null })),
  );
  const factsOf = new Map(open.map((question, index) => [question, facts[index] ?? null]));
  return questions.map((question) => judge(session, question, factsOf.get(question) ?? null));
}

function judge(session: Session, question: EligibilityQuestion, facts: ItemFacts | null): Checked {
  const { order, item, quantity, subscribe } = question;
  const reasons: readonly EligibilityReason[] = blockingFirst([
    ...reasonsOfOrder(order),
    ...(facts ? reasonsOfItem(question, facts, session.account.settings) : []),
  ]);
  const eligibility: UpsellEligibility = {
    order,
    product: item?.product ? toProductRef(item.product.id, session.account) : null,
    quantity,
    purchaseMode: subscribe ? 'SUBSCRIPTION' : 'ONE_TIME',
    verdict: verdictOf(reasons),
    reasons,
    possibleModes: facts ? possibleModes(reasons, facts) : [],
    window: order.window,
    basis: 'RULES',
    checkedAt: session.clock(),
  };
  return { eligibility, facts };
}
