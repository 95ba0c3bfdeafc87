import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import { parseLocalDateTime } from '../../domain/moment.js';
import type { Order } from '../../domain/order.js';
import { problem } from '../../domain/problem.js';
import type { CheckoutCompleter } from '../../domain/provider.js';
import type { Refusal } from '../../domain/refusal.js';
import type { OutboundResponse } from '../../domain/transport.js';
import { sameEmailAddress } from '../../domain/same-customer.js';
import { isJsonObject, optionalText } from '../kit/decode.js';
import type { JsonResult } from '../kit/json-api.js';
import { attempt, attemptLookup } from '../kit/lookups.js';
import { isVisibleTo } from '../kit/ownership.js';
import { errorsIn, isOutOfStock, paymentRefused, redirected, soldOut } from './api-errors.js';
import { isSelectionId } from './keys.js';
import { toOrder } from './mapping.js';
import { observedStart } from './observed-start.js';
import { bodyOf, problemIn } from './requests.js';
import type { Session } from './session.js';
import { termsFrom } from './terms.js';
import { decodeOrder, findOrder, findTerms, type WireOrder } from './wire.js';

type Completed = Lookup<Order> & { readonly refusal?: Refusal };

/** https://docs.centra.com/fe-development/best-practices: payment-result is called once per order; then there is the receipt. */
export function createCheckoutCompleter(session: Session): CheckoutCompleter {
  return {
    async complete(checkoutId, paymentFields) {
      if (!isSelectionId(checkoutId)) return missing;
      return attemptLookup<Order>(
        async () => (await readFinished(session, checkoutId)) ?? (await finish(session, checkoutId, paymentFields)),
      );
    },
  };
}

async function finish(session: Session, checkoutId: string, paymentFields: unknown): Promise<Completed> {
  const { client, clock } = session;
  const sentAt = clock();
  const result = await client.finishPayment(checkoutId, paymentFields);
  const order = result.outcome === 'answered' && errorsIn(result.body) === null ? findOrder(result.body) : null;
  if (order !== null) return keep(session, checkoutId, decodeOrder(order), result, sentAt);
  const refusal = result.outcome === 'answered' ? refusalOfAction(result.body) : null;
  if (refusal !== null) return refused(refusal);
  const finished = await attempt(() => findFinished(session, checkoutId));
  // That the look failed, or was held back, says nothing of the payment: that was sent.
  if (finished.state === 'failed') return failed(problemIn(result) ?? unseen);
  return finished.state === 'found' ? finished.value : toRefusal(result);
}

/** Only this answer states the terms, so they are kept before anything else. */
async function keep(
  session: Session,
  checkoutId: string,
  wire: WireOrder,
  { body, response }: JsonResult,
  sentAt: Date,
): Promise<Completed> {
  const { account, memory, clock } = session;
  const orderedAt = wire.date === null ? null : parseLocalDateTime(wire.date, account.timeZone).at;
  const startedAt = observedStart({ sentAt, arrivedAt: clock(), answeredAt: response && dateOf(response), orderedAt });
  const lines = wire.lines.records.map(({ line }) => line);
  await memory.keepTerms(wire.order, termsFrom(findTerms(body), startedAt, lines));
  return show(session, checkoutId, wire);
}

async function show(session: Session, checkoutId: string, wire: WireOrder): Promise<Completed> {
  const { account, memory, clock, shopper } = session;
  await memory.link(wire.order, checkoutId);
  if (!isVisibleTo(shopper, wire.email, sameEmailAddress)) return missing;
  return found(toOrder(wire, await memory.terms(wire.order), account, clock()));
}

/** The order of a checkout that was finished here before. */
async function readFinished(session: Session, checkoutId: string): Promise<Completed | null> {
  const orderNumber = await session.memory.orderOf(checkoutId);
  const wire = orderNumber === null ? null : await session.reads.order.get(orderNumber);
  return wire && show(session, checkoutId, wire);
}

/** The order of a checkout that was finished elsewhere, or whose answer got lost; its terms nobody knows any more. */
async function findFinished(session: Session, checkoutId: string): Promise<Completed | null> {
  const { client, account } = session;
  // The receipt of a session may be of an earlier order; its selection is this one.
  const isShop = account.settings.api === 'shop';
  const body = bodyOf(isShop ? await client.receipt(checkoutId) : await client.currentSelection());
  const order = findOrder(body);
  return order && show(session, checkoutId, decodeOrder(order));
}

/** What is left to do, or that it failed; null when the answer says neither. */
function refusalOfAction(body: unknown): Refusal | null {
  switch (isJsonObject(body) ? (optionalText(body, 'action') ?? '') : '') {
    case 'redirect':
    case 'form':
    case 'javascript':
    case 'external':
      return redirected;
    case 'failed':
      return paymentRefused;
    default:
      return null;
  }
}

function toRefusal(result: JsonResult): Completed {
  const { outcome, body } = result;
  if (isOutOfStock(body)) return refused(soldOut);
  const found = problemIn(result) ?? problem('REJECTED', 'Centra did not finish this checkout.');
  if (found.kind === 'NOT_FOUND') return missing;
  const isPayment = errorsIn(body)?.['paymentMethod'] !== undefined;
  return outcome !== 'unknown' && isPayment ? refused(paymentRefused) : failed(found);
}

const unseen = problem('UNAVAILABLE', 'Centra took the payment fields, and its order could not be read.');

function refused(refusal: Refusal): Completed {
  return { ...failed(problem('REJECTED', refusal.message)), refusal };
}

/** The provider's clock when it answered, where it says so. */
function dateOf({ headers }: OutboundResponse): Date | null {
  const at = new Date(headers['date'] ?? '');
  return Number.isNaN(at.getTime()) ? null : at;
}
