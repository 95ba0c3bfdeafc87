import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import { problem } from '../../../domain/problem.js';
import { notEligible, notFound, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { WriteProgress } from '../../../domain/write.js';
import { errorsIn, isOutOfStock } from '../errors-in.js';
import { attempt } from '../reads.js';
import type { CentraResult } from '../requests.js';
import type { Session } from '../session.js';
import type { UpsellTerms } from '../terms.js';
import { addedLines, contextOf } from './add-context.js';

/**
 * Only a few errors are documented, and a refused authorisation is not among them: it is what is left when no other
 * reason is found, neither in the answer nor by the clock.
 */
export async function refusalOf(session: Session, progress: WriteProgress, result: CentraResult): Promise<Refusal> {
  const { orderNumber, item } = contextOf(progress.snapshot);
  const documented = documentedRefusal(result, item);
  if (documented) return documented;
  const [order, terms] = await Promise.all([
    attempt(session.reads.order.get(orderNumber)),
    session.reads.terms.get(orderNumber),
  ]);
  const wire = 'value' in order ? order.value : null;
  const isRestored = wire && addedLines(wire, progress).fresh.length === 0;
  if (isOver(terms, session.clock()) && isRestored !== false) return notEligible([windowClosed]);
  return {
    code: 'PAYMENT',
    message: 'The payment provider did not allow the order to grow. Place a new order for this item.',
    path: null,
    retry: 'NEVER',
    reason: 'INCREASE_REFUSED',
    orderRestored: isRestored,
    remedy: 'PLACE_NEW_ORDER',
  };
}

function documentedRefusal({ body, problem: stated }: CentraResult, item: string): Refusal | null {
  const errors = errorsIn(body) ?? {};
  if (isOutOfStock(body)) {
    return refuse('OUT_OF_STOCK', 'This product is out of stock.', `stock of ${item}`);
  }
  if (errors['item'] !== undefined || errors['products'] !== undefined) {
    return refuse('PRODUCT_UNAVAILABLE', 'This product cannot be added to this order.', `item = ${item}`);
  }
  if (stated?.kind === 'NOT_FOUND') return notFound(['orderId'], 'order');
  const isOurs = stated?.kind === 'AUTHENTICATION' || errors['accessRight'] !== undefined;
  return isOurs ? providerFailed(stated ?? problem('FORBIDDEN', 'Centra does not permit this.'), 'NEVER') : null;
}

function refuse(code: EligibilityReason['code'], message: string, evidence: string): Refusal {
  return notEligible([reason(code, message, { evidence, remedy: 'CHOOSE_OTHER_PRODUCT' })]);
}

/** By the stated limit itself, without the margin. */
function isOver(terms: UpsellTerms | null, now: Date): boolean {
  return (
    terms !== null && terms.minutes !== null && now.getTime() - terms.startedAt.getTime() >= terms.minutes * 60_000
  );
}

const windowClosed = reason('WINDOW_CLOSED', 'The time to add to this order is over.', {
  evidence: 'the stated time limit has passed',
  remedy: 'PLACE_NEW_ORDER',
});
