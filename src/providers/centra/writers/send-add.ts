import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import { problem } from '../../../domain/problem.js';
import { notEligible, notFound, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { SendResult, WriteProgress } from '../../../domain/write.js';
import type { JsonResult } from '../../kit/json-api.js';
import { attempt } from '../../kit/lookups.js';
import { errorsIn, isOutOfStock } from '../api-errors.js';
import { toLineKey } from '../keys.js';
import { problemIn } from '../requests.js';
import type { Session } from '../session.js';
import type { UpsellTerms } from '../terms.js';
import { decodeOrder, findOrder } from '../wire.js';
import { type AddContext, addedLines } from './add-context.js';

/** Neither the body of a success nor the errors of a refusal are documented: https://docs.centra.com/fe-development/cross-sell */
export async function sendAdd(session: Session, progress: WriteProgress<AddContext>): Promise<SendResult> {
  const { orderNumber, item } = progress.snapshot.context;
  const result = await session.client.addItem(orderNumber, item);
  const { outcome, attempts } = result;
  if (outcome === 'refused' || (outcome === 'answered' && errorsIn(result.body) !== null)) {
    return { outcome: 'refused', attempts, refusal: await refusalOf(session, progress, result) };
  }
  if (outcome !== 'answered') return { outcome, attempts, problem: result.problem };
  return (await confirm(session, progress, result)) ?? { outcome: 'unknown', attempts, problem: unreadable };
}

/** The new line from the answer, or from a read where the answer does not show the order. */
async function confirm(
  { reads }: Session,
  progress: WriteProgress<AddContext>,
  { attempts, body }: JsonResult,
): Promise<SendResult | null> {
  const stated = findOrder(body);
  const order = await attempt(async () =>
    stated ? decodeOrder(stated) : reads.order.get(progress.snapshot.context.orderNumber),
  );
  const wire = order.state === 'found' ? order.value : null;
  const line = wire && addedLines(wire, progress).fresh.at(-1);
  if (!line) return null;
  const result = { orderKey: wire.order, lineItemKey: toLineKey({ order: wire.order, line: line.line }) };
  return { outcome: 'confirmed', attempts, result };
}

const unreadable = problem('CONTRACT_DRIFT', 'Centra took the item, and its answer does not show the new line.');

/**
 * Only a few errors are documented, and a refused authorisation is not among them: it is what is left when no other
 * reason is found, neither in the answer nor by the clock.
 */
async function refusalOf(session: Session, progress: WriteProgress<AddContext>, result: JsonResult): Promise<Refusal> {
  const { orderNumber, item } = progress.snapshot.context;
  const documented = documentedRefusal(result, item);
  if (documented) return documented;
  const [order, terms] = await Promise.all([
    attempt(() => session.reads.order.get(orderNumber)),
    session.reads.terms.get(orderNumber),
  ]);
  const wire = order.state === 'found' ? order.value : null;
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

function documentedRefusal(result: JsonResult, item: string): Refusal | null {
  const { body } = result;
  const stated = problemIn(result);
  const errors = errorsIn(body) ?? {};
  if (isOutOfStock(body)) {
    return notAddable('OUT_OF_STOCK', 'This product is out of stock.', `stock of ${item}`);
  }
  if (errors['item'] !== undefined || errors['products'] !== undefined) {
    return notAddable('PRODUCT_UNAVAILABLE', 'This product cannot be added to this order.', `item = ${item}`);
  }
  if (stated?.kind === 'NOT_FOUND') return notFound(['orderId'], 'order');
  const isOurs = stated?.kind === 'AUTHENTICATION' || errors['accessRight'] !== undefined;
  return isOurs ? providerFailed(stated ?? problem('FORBIDDEN', 'Centra does not permit this.'), 'NEVER') : null;
}

function notAddable(code: EligibilityReason['code'], message: string, evidence: string): Refusal {
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
