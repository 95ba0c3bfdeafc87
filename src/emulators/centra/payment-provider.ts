import { createHash } from 'node:crypto';
import type { CentraContext } from './context.js';
import type { KlarnaMethod, PaymentOrderRecord } from './records.js';

export interface PaymentAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Null: no answer came. */
export type Attempt = PaymentAnswer | null;

const MOST = 200_000_000;
const FIXED_AMOUNT_OLDER = 'SE NO FI DK AT DE'.split(' ');
const FIXED_AMOUNT_NEWER = 'AT DE DK FI FR NL NO SE'.split(' ');

/** Whether an authorisation of this method may be raised: the table in the cross-sell guide, and the newer one of Klarna. */
export function isIncreaseSupported(table: 'older' | 'newer', method: KlarnaMethod, country: string): boolean {
  switch (method) {
    case 'INVOICE':
    case 'DIRECT_DEBIT':
      return country !== 'CH';
    case 'INVOICE_BUSINESS':
    case 'ACCOUNT':
      return table === 'older' && country !== 'CH';
    case 'B2B_INVOICE':
    case 'BASE_ACCOUNT':
      return table === 'newer' && country !== 'CH';
    case 'FIXED_AMOUNT':
      return (table === 'older' ? FIXED_AMOUNT_OLDER : FIXED_AMOUNT_NEWER).includes(country);
    case 'DEFERRED_INTEREST':
      return table === 'older' && country === 'US';
    case 'CARD':
    case 'PAY_LATER_IN_PARTS':
      return false;
  }
}

export interface AuthorisationUpdate {
  readonly order_amount: number;
  readonly description?: string;
  readonly lines: number;
  readonly idempotencyKey: string;
}

/** Sets the authorised amount and lines anew. https://docs.klarna.com/order-management/manage-orders-with-the-api/ */
export function updateAuthorisation(context: CentraContext, orderId: string, update: AuthorisationUpdate): Attempt {
  const { store, switches } = context;
  // Only the key counts: the body of a repeat is not looked at.
  const earlier = store.paymentAnswers.get(update.idempotencyKey);
  if (earlier) return earlier;
  const order = store.paymentOrders.get(orderId);
  if (!order) return failure(404, 'NO_SUCH_ORDER', 'Order does not exist.', orderId);
  const scripted = scriptedAttempt(context, order, update);
  if (scripted !== undefined) return scripted;
  const answer = judge(switches.get('klarnaTable'), order, update);
  if (answer.status === 204) apply(order, update);
  store.paymentAnswers.set(update.idempotencyKey, answer);
  return answer;
}

function judge(table: 'older' | 'newer', order: PaymentOrderRecord, update: AuthorisationUpdate): PaymentAnswer {
  const { order_amount, description = '', lines } = update;
  const notAllowed = failure(403, 'NOT_ALLOWED', 'Update not allowed.', order.order_id);
  if (!Number.isInteger(order_amount) || order_amount < 0 || order_amount > MOST) {
    return failure(400, 'BAD_VALUE', 'Bad value: order_amount.', order.order_id);
  }
  if (description.length > 255 || lines > 1000) return failure(400, 'BAD_VALUE', 'Bad value.', order.order_id);
  if (order.status !== 'AUTHORIZED' || order_amount < order.capturedAmount) return notAllowed;
  const isIncrease = order_amount > order.authorisedAmount;
  if (isIncrease && !isIncreaseSupported(table, order.method, order.country)) return notAllowed;
  return { status: 204, body: null };
}

/** Returns the attempt that is switched on; undefined: the table decides. */
function scriptedAttempt(
  context: CentraContext,
  order: PaymentOrderRecord,
  update: AuthorisationUpdate,
): Attempt | undefined {
  const { switches } = context;
  switch (switches.get('paymentProvider')) {
    case 'table':
      return undefined;
    case 'refuse':
      return failure(403, 'NOT_ALLOWED', 'Update not allowed.', order.order_id);
    case 'conflict':
      return failure(409, 'CONFLICT', 'The order is being changed.', order.order_id);
    case 'throttle':
      return failure(429, 'TOO_MANY_REQUESTS', 'Too many requests.', order.order_id);
    case 'error':
      return failure(500, 'INTERNAL_ERROR', 'Internal error.', order.order_id);
    case 'unavailable':
      return failure(503, 'TEMPORARILY_UNAVAILABLE', 'Temporarily unavailable.', order.order_id);
    case 'timeout':
      if (switches.get('paymentProviderAppliesOnTimeout')) apply(order, update);
      return null;
  }
}

function apply(order: PaymentOrderRecord, { order_amount, lines }: AuthorisationUpdate): void {
  order.authorisedAmount = order_amount;
  order.lines = lines;
}

/** Captures up to what is authorised. */
export function capture({ store }: CentraContext, orderId: string, amount: number): PaymentAnswer {
  const order = store.paymentOrders.get(orderId);
  if (!order) return failure(404, 'NO_SUCH_ORDER', 'Order does not exist.', orderId);
  const isPossible = order.status === 'AUTHORIZED' && order.capturedAmount + amount <= order.authorisedAmount;
  if (!isPossible) return failure(403, 'CAPTURE_NOT_ALLOWED', 'Capture not allowed.', orderId);
  order.capturedAmount += amount;
  if (order.capturedAmount === order.authorisedAmount) order.status = 'CAPTURED';
  return { status: 201, body: null };
}

export function cancel({ store }: CentraContext, orderId: string): PaymentAnswer {
  const order = store.paymentOrders.get(orderId);
  if (!order) return failure(404, 'NO_SUCH_ORDER', 'Order does not exist.', orderId);
  if (order.capturedAmount > 0) return failure(403, 'CANCEL_NOT_ALLOWED', 'Cancel not allowed.', orderId);
  order.status = 'CANCELLED';
  return { status: 204, body: null };
}

function failure(status: number, error_code: string, message: string, seed: string): PaymentAnswer {
  const hash = createHash('md5').update(`${seed}:${error_code}`).digest('hex');
  const correlation_id = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
  return { status, body: { error_code, error_messages: [message], correlation_id } };
}
