import type { EligibilityQuestion, UpsellEligibility } from '../../domain/eligibility.js';
import { found } from '../../domain/lookup.js';
import type { EligibilityChecker } from '../../domain/provider.js';
import { isForbidden, toEligibility } from '../kit/eligibility.js';
import { toProductRef } from '../kit/references.js';
import { type ItemFacts, readItemFacts } from './item-facts.js';
import { possibleModes, reasonsOfItem } from './item-rules.js';
import { reasonsOfOrder } from './order-reasons.js';
import type { Session } from './session.js';

/** Creates a checker that applies rules to what Recharge shows: no call says whether an item may be added. */
export function createEligibilityChecker(session: Session): EligibilityChecker {
  return {
    check(questions) {
      startReads(session, questions);
      return Promise.all(questions.map(async (question) => found((await evaluate(session, question)).eligibility)));
    },
  };
}

/** Starts to read the products of all questions in one call. */
function startReads({ reads, account }: Session, questions: readonly EligibilityQuestion[]): void {
  const open = questions.filter(({ order }) => !isForbidden(reasonsOfOrder(order)));
  const variants = open.flatMap(({ item }) => item?.product?.id ?? []);
  if (account.settings.catalogue === 'search') void reads.variants.getMany(variants);
}

export interface Evaluated {
  readonly eligibility: UpsellEligibility;
  /** Null when the order itself forbids everything, so that nothing else was read. */
  readonly facts: ItemFacts | null;
}

export async function evaluate(session: Session, question: EligibilityQuestion): Promise<Evaluated> {
  const { account, clock } = session;
  const { order, item, subscribe } = question;
  const ofOrder = reasonsOfOrder(order);
  const variantId = item?.product?.id ?? null;
  const facts = isForbidden(ofOrder) ? null : await readItemFacts(session, { order, variantId, subscribe });
  const reasons = facts ? [...reasonsOfItem(question, facts, account.settings), ...ofOrder] : ofOrder;
  const eligibility = toEligibility(question, {
    product: variantId === null ? null : toProductRef(variantId, account),
    reasons,
    possibleModes: facts ? possibleModes(reasons, facts) : [],
    checkedAt: clock(),
  });
  return { eligibility, facts };
}
