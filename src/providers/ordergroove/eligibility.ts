import type { EligibilityQuestion, UpsellEligibility } from '../../domain/eligibility.js';
import { found } from '../../domain/lookup.js';
import type { EligibilityChecker } from '../../domain/provider.js';
import { isForbidden, toEligibility } from '../kit/eligibility.js';
import { toProductRef } from '../kit/references.js';
import { readItemFacts } from './item-facts.js';
import { type ItemFacts, possibleModes, reasonsOfItem } from './item-rules.js';
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

/** Answers all questions with one round of reads; an order that takes no items needs none. */
export async function checkAll(
  session: Session,
  questions: readonly EligibilityQuestion[],
): Promise<readonly Checked[]> {
  const open = questions.filter(({ order }) => !isForbidden(reasonsOfOrder(order)));
  const facts = await readItemFacts(
    session,
    open.map(({ order, item }) => ({ order, productId: item?.product?.id ?? null })),
  );
  const factsOf = new Map(open.map((question, index) => [question, facts[index] ?? null]));
  return questions.map((question) => check(session, question, factsOf.get(question) ?? null));
}

function check({ account, clock }: Session, question: EligibilityQuestion, facts: ItemFacts | null): Checked {
  const { order, item } = question;
  const ofItem = facts ? reasonsOfItem(question, facts, account.settings) : [];
  const reasons = [...reasonsOfOrder(order), ...ofItem];
  const eligibility = toEligibility(question, {
    product: item?.product ? toProductRef(item.product.id, account) : null,
    reasons,
    possibleModes: facts ? possibleModes(reasons, facts) : [],
    checkedAt: clock(),
  });
  return { eligibility, facts };
}
