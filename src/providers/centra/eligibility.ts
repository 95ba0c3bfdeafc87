import type { EligibilityQuestion, UpsellEligibility } from '../../domain/eligibility.js';
import { found, missing } from '../../domain/lookup.js';
import type { EligibilityChecker } from '../../domain/provider.js';
import { isForbidden, toEligibility } from '../kit/eligibility.js';
import { attempt } from '../kit/lookups.js';
import { toProductRef } from '../kit/references.js';
import { type ItemFacts, reasonsOfItem } from './item-rules.js';
import { reasonsOfOrder } from './order-reasons.js';
import { type FindProduct, findAmong } from './products.js';
import type { Session } from './session.js';

export interface Checked {
  readonly eligibility: UpsellEligibility;
  /** Null when the order itself forbids everything, so that nothing else was read. */
  readonly facts: ItemFacts | null;
}

export function createEligibilityChecker(session: Session): EligibilityChecker {
  return {
    check: async (questions) => (await checkAll(session, questions)).map(({ eligibility }) => found(eligibility)),
  };
}

/** Answers all questions with one call an order; an order that takes no items needs none. */
export async function checkAll(
  session: Session,
  questions: readonly EligibilityQuestion[],
): Promise<readonly Checked[]> {
  const productsOf = new Map<string, Promise<FindProduct>>();
  const candidatesOf = (orderNumber: string): Promise<FindProduct> => {
    const known = productsOf.get(orderNumber);
    if (known) return known;
    const ids = questions.flatMap(({ order, item }) =>
      order.ref.key === orderNumber ? (item?.product?.id ?? []) : [],
    );
    const read = findAmong(ids, (productIds) => session.reads.candidates.get({ orderNumber, productIds }));
    productsOf.set(orderNumber, read);
    return read;
  };
  return Promise.all(questions.map((question) => check(session, question, candidatesOf)));
}

async function check(
  session: Session,
  question: EligibilityQuestion,
  candidatesOf: (orderNumber: string) => Promise<FindProduct>,
): Promise<Checked> {
  const { order, item } = question;
  const ofOrder = reasonsOfOrder(order, await session.reads.terms.get(order.ref.key));
  const facts = isForbidden(ofOrder) ? null : await readFacts(session, question, candidatesOf);
  const reasons = [...ofOrder, ...(facts ? reasonsOfItem(question, facts, session.account.settings) : [])];
  const isOnlyMode = reasons.every(({ blocking, code }) => !blocking || code === 'CAPABILITY_MISSING');
  const eligibility = toEligibility(question, {
    product: item?.product ? toProductRef(item.product.id, session.account) : null,
    reasons,
    possibleModes: isOnlyMode ? ['ONE_TIME'] : [],
    checkedAt: session.clock(),
  });
  return { eligibility, facts };
}

async function readFacts(
  session: Session,
  { order, item }: EligibilityQuestion,
  candidatesOf: (orderNumber: string) => Promise<FindProduct>,
): Promise<ItemFacts> {
  const product = item?.product ?? null;
  if (product === null) return { product: null, order: null };
  const [find, wire] = await Promise.all([
    candidatesOf(order.ref.key),
    attempt(() => session.reads.order.get(order.ref.key)),
  ]);
  return { product: find(product.id) ?? missing, order: wire };
}
