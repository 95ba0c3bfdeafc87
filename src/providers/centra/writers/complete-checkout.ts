import { type Lookup, missing, valueOf } from '../../../domain/lookup.js';
import { parseLocalDateTime } from '../../../domain/moment.js';
import type { ShopperAction } from '../../../domain/shopper-action.js';
import { problem } from '../../../domain/problem.js';
import { notFound, providerFailed, type Refusal } from '../../../domain/refusal.js';
import { sameEmailAddress } from '../../../domain/same-customer.js';
import type { OutboundResponse } from '../../../domain/transport.js';
import type { CompleteCheckout, OrderView, Preparation, SendResult, Writer } from '../../../domain/write.js';
import { webUrl } from '../../../domain/web-url.js';
import { type Infer, isJsonObject, type JsonObject, objectIn, optionalText, record, text } from '../../kit/decode.js';
import type { JsonResult } from '../../kit/json-api.js';
import { attempt } from '../../kit/lookups.js';
import { viewOf, wholeListing } from '../../kit/order-view.js';
import { isAmong, isVisibleTo } from '../../kit/ownership.js';
import { ready, refused } from '../../kit/preparation.js';
import { withStoredContext } from '../../kit/stored-context.js';
import { errorsIn, isOutOfStock, paymentRefused, soldOut } from '../api-errors.js';
import { isSelectionId } from '../keys.js';
import { type OrderContext, toOrder } from '../mapping.js';
import { observedStart } from '../observed-start.js';
import { bodyOf, problemIn } from '../requests.js';
import type { Session } from '../session.js';
import { termsFrom } from '../terms.js';
import { decodeOrder, findOrder, findTerms, type WireOrder } from '../wire.js';
import { viewContext } from './order-view.js';

const STEP = 'complete_checkout';
const FINISHED = 'finished';

/**
 * Creates a writer that calls payment-result once per order; then there is the receipt.
 * See https://docs.centra.com/fe-development/best-practices
 */
export function createCompleteCheckoutWriter(session: Session): Writer<CompleteCheckout> {
  return withStoredContext(decodeCheckoutContext, {
    prepare: ({ checkoutId }) => prepare(session, checkoutId),
    send: (_step, { paymentFields }, { context }) => send(session, context, paymentFields),
    look: (_request, { context }) => look(session, context.checkoutId),
  });
}

const decodeCheckoutContext = record('the context of a write', (fields) => ({
  checkoutId: text(fields, 'checkoutId'),
}));

type CheckoutContext = Infer<typeof decodeCheckoutContext>;

async function prepare(session: Session, checkoutId: string): Promise<Preparation<CheckoutContext>> {
  const { account, hasSessionToken } = session;
  if (!isSelectionId(checkoutId)) return refused(noCheckout);
  const state = await readCheckout(session, checkoutId);
  const checkout = valueOf(state);
  if (checkout === null || !isOwn(session, checkout.email)) return refused(noCheckout);
  const { wire } = checkout;
  const finished = wire && (await toFinished(session, checkoutId, wire));
  return ready({
    order: finished && finished.order,
    checkout: { owner: checkout.email, isHeldBySession: account.settings.api === 'checkout' && hasSessionToken },
    product: null,
    // What is finished is not paid again.
    steps: finished ? [] : [{ name: STEP, expects: [{ kind: 'fact', name: factOf(checkoutId), value: FINISHED }] }],
    before: await viewCheckout(session, checkoutId, state, finished),
    context: { checkoutId },
    expectedIncrease: null,
  });
}

async function look(session: Session, checkoutId: string): Promise<OrderView> {
  const state = await attempt(async () => valueOf(await readCheckout(session, checkoutId)));
  const wire = state.state === 'found' ? state.value.wire : null;
  return viewCheckout(session, checkoutId, state, wire && (await toFinished(session, checkoutId, wire)));
}

async function viewCheckout(
  session: Session,
  checkoutId: string,
  state: Lookup<Checkout>,
  finished: OrderContext | null,
): Promise<OrderView> {
  const facts = state.state === 'found' ? { [factOf(checkoutId)]: finished ? FINISHED : 'open' } : {};
  if (finished) return { ...(await viewContext(session, finished, null)), facts };
  return viewOf({ order: state.state === 'failed' ? state : missing, lines: wholeListing(missing), facts });
}

function factOf(checkoutId: string): string {
  return `checkout:${checkoutId}`;
}

interface Checkout {
  /** Null while it is not finished. */
  readonly wire: WireOrder | null;
  /** Whose it is; null when it does not say. */
  readonly email: string | null;
}

/**
 * Reads the basket, or the order it became. Whether a basket of Shop API shows it as well is not documented, so the
 * receipt of a finished one is asked for first. After another shopper's receipt the basket is asked for too, as after
 * none, so that it costs as many calls.
 * See https://docs.centra.com/api-references/checkout-api/api-reference/order-flow
 */
async function readCheckout(session: Session, checkoutId: string): Promise<Lookup<Checkout>> {
  const { client, account } = session;
  return attempt(async () => {
    if (account.settings.api === 'checkout') return checkoutIn(bodyOf(await client.currentSelection()));
    const finished = checkoutIn(bodyOf(await client.receipt(checkoutId)));
    const isListed = isAmong(session.onlyOrders, checkoutId, ...(finished?.wire ? [finished.wire.order] : []));
    if (finished && isListed && isOwn(session, finished.email)) return finished;
    const open = checkoutIn(bodyOf(await client.selection(checkoutId)));
    return finished ?? open;
  });
}

function checkoutIn(body: unknown): Checkout | null {
  const order = findOrder(body);
  if (order) return checkoutOf(decodeOrder(order));
  return isJsonObject(body) ? { wire: null, email: emailIn(body) } : null;
}

function checkoutOf(wire: WireOrder): Checkout {
  return { wire, email: wire.email };
}

function isOwn({ shopper }: Session, email: string | null): boolean {
  return isVisibleTo(shopper, email, sameEmailAddress);
}

function emailIn(body: JsonObject): string | null {
  const selection = objectIn(body, 'selection');
  return optionalText(objectIn(selection, 'address'), 'email') ?? optionalText(objectIn(body, 'address'), 'email');
}

async function send(session: Session, { checkoutId }: CheckoutContext, paymentFields: unknown): Promise<SendResult> {
  const { client, clock } = session;
  const sentAt = clock();
  const result = await client.finishPayment(checkoutId, paymentFields);
  const { outcome, attempts, body } = result;
  if (outcome === 'refused' || (outcome === 'answered' && errorsIn(body) !== null)) {
    const refusal = refusalIn(result);
    return { outcome: 'refused', attempts, refusal, isDocumented: refusal === soldOut };
  }
  if (outcome !== 'answered') return { outcome, attempts, problem: result.problem };
  const order = findOrder(body);
  if (order !== null) {
    const wire = decodeOrder(order);
    await keepTerms(session, checkoutId, wire, result, sentAt);
    return { outcome: 'confirmed', attempts, result: { orderKey: wire.order } };
  }
  const action = actionIn(body);
  if (action === 'failed') return { outcome: 'refused', attempts, refusal: paymentRefused, isDocumented: false };
  if (action !== null) return { outcome: 'action_required', attempts, action };
  return { outcome: 'unknown', attempts, problem: unreadable };
}

/** Keeps the terms before anything else, because only this answer states them. */
async function keepTerms(
  { account, memory, clock }: Session,
  checkoutId: string,
  wire: WireOrder,
  { body, response }: JsonResult,
  sentAt: Date,
): Promise<void> {
  const orderedAt = wire.date === null ? null : parseLocalDateTime(wire.date, account.timeZone).at;
  const startedAt = observedStart({ sentAt, arrivedAt: clock(), answeredAt: response && dateOf(response), orderedAt });
  const lines = wire.lines.records.map(({ line }) => line);
  await memory.keepTerms(wire.order, termsFrom(findTerms(body), startedAt, lines));
  await memory.link(wire.order, checkoutId);
}

async function toFinished(session: Session, checkoutId: string, wire: WireOrder): Promise<OrderContext> {
  const { account, memory, clock, shopper } = session;
  await memory.link(wire.order, checkoutId);
  const terms = await memory.terms(wire.order);
  const loggedIn = shopper.recognised ? null : shopper.customerId;
  return { wire, terms, order: { ...toOrder(wire, terms, account, clock()), checkoutId }, loggedIn };
}

/**
 * Reads what the shopper has to do next; null when the answer names no action.
 * See https://docs.centra.com/fe-development/payments/payment-flows
 */
function actionIn(body: unknown): ShopperAction | 'failed' | null {
  if (!isJsonObject(body)) return null;
  const action = optionalText(body, 'action');
  if (action === null) return null;
  if (action === 'failed') return action;
  const url = webUrl(optionalText(body, 'url'));
  const fields = { formHtml: body['formHtml'], formFields: body['formFields'], formType: body['formType'] };
  const form = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const kind = action === 'redirect' && url !== null ? 'REDIRECT' : action === 'form' ? 'FORM' : 'UNKNOWN';
  return { kind, url, fields: Object.keys(form).length > 0 ? form : null, expiresAt: null };
}

function refusalIn(result: JsonResult): Refusal {
  const { body } = result;
  if (isOutOfStock(body)) return soldOut;
  const found = problemIn(result) ?? problem('REJECTED', 'Centra did not finish this checkout.');
  if (found.kind === 'NOT_FOUND') return noCheckout;
  return errorsIn(body)?.['paymentMethod'] === undefined ? providerFailed(found, 'NEW_REQUEST') : paymentRefused;
}

const noCheckout = notFound(['providerCheckoutId'], 'checkout');

const unreadable = problem('CONTRACT_DRIFT', 'Centra took the payment fields, and its answer cannot be read.');

/** Returns the provider's clock when it answered, where it says so. */
function dateOf({ headers }: OutboundResponse): Date | null {
  const at = new Date(headers['date'] ?? '');
  return Number.isNaN(at.getTime()) ? null : at;
}
