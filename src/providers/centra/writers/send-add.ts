import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import { problem } from '../../../domain/problem.js';
import { notEligible, notFound, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { SendResult, StepResult, WriteProgress } from '../../../domain/write.js';
import { isJsonObject } from '../../kit/decode.js';
import type { JsonResult } from '../../kit/json-api.js';
import { errorsIn, isOutOfStock } from '../api-errors.js';
import { problemIn } from '../requests.js';
import type { Session } from '../session.js';
import type { UpsellTerms } from '../terms.js';
import { decodeOrder, findOrder } from '../wire.js';
import { type AddContext, newLineIn } from './add-context.js';

/**
 * Sends the add of one unit. Neither the body of a success nor the errors of a refusal are documented, nor that a 200
 * with errors left the order as it was. See https://docs.centra.com/fe-development/cross-sell
 */
export async function sendAdd(
  { client, clock, reads }: Session,
  progress: WriteProgress<AddContext>,
): Promise<SendResult> {
  const { orderNumber, item } = progress.context;
  const result = await client.addItem(orderNumber, item);
  const { outcome, attempts, body } = result;
  const isFaulty = outcome === 'answered' && errorsIn(body) !== null;
  if (outcome === 'refused' || isFaulty) {
    const documented = documentedRefusal(result, item);
    const isOver = isPast(await reads.terms.get(orderNumber), clock());
    const refusal = documented ?? (isOver ? notEligible([windowClosed]) : increaseRefused);
    return { outcome: 'refused', attempts, refusal, isDocumented: documented !== null && !isFaulty };
  }
  if (outcome !== 'answered') return { outcome, attempts, problem: result.problem };
  if (!isJsonObject(body)) return { outcome: 'unknown', attempts, problem: unreadable };
  return { outcome: 'confirmed', attempts, result: namedIn(body, progress) };
}

function namedIn(body: unknown, progress: WriteProgress<AddContext>): StepResult {
  const order = findOrder(body);
  try {
    return order ? newLineIn(decodeOrder(order), progress) : {};
  } catch {
    // The item was taken; which line it is on is told by the order itself.
    return {};
  }
}

const unreadable = problem('CONTRACT_DRIFT', 'Centra took the item, and its answer cannot be read.');

/** Only a few errors are documented, and a refused authorisation is not among them: it is what is left. */
const increaseRefused: Refusal = {
  code: 'PAYMENT',
  message: 'The payment provider did not allow the order to grow. Place a new order for this item.',
  path: null,
  retry: 'NEVER',
  reason: 'INCREASE_REFUSED',
  remedy: 'PLACE_NEW_ORDER',
};

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

/** Whether the time is over by the stated limit itself, without the margin. */
function isPast(terms: UpsellTerms | null, now: Date): boolean {
  return (
    terms !== null && terms.minutes !== null && now.getTime() - terms.startedAt.getTime() >= terms.minutes * 60_000
  );
}

const windowClosed = reason('WINDOW_CLOSED', 'The time to add to this order is over.', {
  evidence: 'the stated time limit has passed',
  remedy: 'PLACE_NEW_ORDER',
});
