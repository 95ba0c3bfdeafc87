import { type Call, misbehaves } from '../kit/endpoints.js';
import type { Input } from '../kit/input.js';
import { charge, notePaid, refund } from './charging.js';
import { nowOf, type SureCartContext } from './context.js';
import { find } from './endpoints.js';
import { isExpired, moveOn } from './funnels.js';
import { deleteLine, draftLine, dueNow, recalculate, repriceLine, storeLine } from './line-items.js';
import type { LineInput } from './pricing.js';
import { purchasableStatus, takeStock } from './purchasable.js';
import { fulfilLine } from './purchases.js';
import type { UpsellRecord } from './records/catalogue.js';
import type { CheckoutRecord, LineItemRecord } from './records/sales.js';
import { invalid, refuse, SureCartRefusal, validationError } from './refusals.js';

export interface UpsellRequest {
  readonly checkout: CheckoutRecord;
  readonly upsell: UpsellRecord;
  readonly input: LineInput;
}

/**
 * Reads an upsell and makes every check but the payment.
 * See https://developer.surecart.com/api-reference/line-items/upsell
 */
export function readUpsell(context: SureCartContext, body: Input, isPreview: boolean): UpsellRequest {
  const { tables } = context.store;
  const priceId = body.text('price', 'price_id');
  const checkout = find(context, 'checkout', body.text('checkout', 'checkout_id'));
  const upsell = find(context, 'upsell', body.text('upsell', 'upsell_id'));
  const price = find(context, 'price', priceId);
  if (!isOfCheckout(context, checkout, upsell)) {
    throw refuse('line_item.upsell.invalid', 'This upsell is not offered for this checkout.');
  }
  if (upsell.price !== price.id) throw refuse('line_item.price.invalid', 'The price is not that of the upsell.');
  const isAnsweredLate = isPreview && context.switches.get('previewAfterExpiry') === 'answer';
  if (isExpired(context, checkout) && !isAnsweredLate) {
    throw refuse('line_item.upsell.expired', 'This upsell has expired.');
  }
  if (context.store.linesOf(checkout.id).some((line) => line.upsell === upsell.id)) {
    throw refuse('line_item.upsell.already_applied', 'This upsell has already been applied.');
  }
  if (price.currency !== checkout.currency) {
    throw refuse('line_item.price.currency_mismatch', 'The currency differs from that of the checkout.');
  }
  const quantity = body.optionalInteger('quantity') ?? 1;
  const variantId = body.optionalText('variant', 'variant_id');
  const adHocAmount = price.ad_hoc ? body.optionalInteger('ad_hoc_amount') : null;
  checkAdHoc(price, adHocAmount);
  const status = purchasableStatus(context, { price, variantId, quantity });
  if (status !== 'purchasable') {
    throw invalid(
      'line_item',
      validationError('checkout.line_items.not_purchasable', 'This item is not purchasable.', {
        purchasable_statuses: [status],
      }),
    );
  }
  const variant = tables.variant.get(variantId) ?? null;
  return { checkout, upsell, input: { price, variant, quantity, adHocAmount, upsell } };
}

/** Returns the numbers of an upsell, without the least effect. */
export function previewUpsell(context: SureCartContext, { checkout, input }: UpsellRequest) {
  const { line, priced } = draftLine(context, checkout, input);
  const isBare = context.switches.get('previewIdentity') === 'null';
  const { hidden: _hidden, object, ...rest } = line;
  const times = isBare ? { created_at: null, updated_at: null } : {};
  const id = isBare ? null : PREVIEW_ID;
  return { payload: { id, object, ...rest, ...times }, fees: priced.fees };
}

const PREVIEW_ID = 'b7a1f0de-3c52-4d0e-8f5b-9a6f0e2d1c43';

/** Charges the saved payment method and takes the line into the checkout. */
export function acceptUpsell(
  context: SureCartContext,
  request: UpsellRequest,
  call: Pick<Call, 'misbehaviour'>,
): LineItemRecord {
  const { checkout, upsell, input } = request;
  const due = dueNow(draftLine(context, checkout, input).line);
  const isTaken = charge(context, {
    amount: due,
    currency: checkout.currency,
    reason: 'upsell',
    paymentMethod: checkout.payment_method,
    checkout: checkout.id,
  });
  if (!isTaken) throw declined(context, request);
  const isReplacing = upsell.replacement_behavior === 'all' || misbehaves(call, 'replaceOthers');
  if (isReplacing) replaceLines(context, checkout);
  const line = takeIn(context, request, call);
  takeStock(context, input.price, input.variant?.id ?? null, input.quantity);
  fulfilLine(context, checkout, line);
  notePaid(checkout, due);
  moveOn(context, checkout, 'accepted');
  touchOrder(context, checkout);
  return line;
}

function takeIn(
  context: SureCartContext,
  { checkout, input }: UpsellRequest,
  call: Pick<Call, 'misbehaviour'>,
): LineItemRecord {
  if (misbehaves(call, 'splitUnits')) {
    for (let unit = 1; unit < input.quantity; unit += 1) storeLine(context, checkout, { ...input, quantity: 1 });
    return storeLine(context, checkout, { ...input, quantity: 1 });
  }
  const present = misbehaves(call, 'mergeLine')
    ? context.store
        .linesOf(checkout.id)
        .find(({ price, variant }) => price === input.price.id && variant === (input.variant?.id ?? null))
    : undefined;
  if (!present) return storeLine(context, checkout, input);
  present.quantity += input.quantity;
  repriceLine(context, present);
  return present;
}

function isOfCheckout({ switches }: SureCartContext, checkout: CheckoutRecord, upsell: UpsellRecord): boolean {
  if (upsell.discarded_at !== null || upsell.upsell_funnel !== checkout.upsell_funnel) return false;
  return switches.get('upsellChoice') === 'funnel' || checkout.current_upsell === upsell.id;
}

function checkAdHoc(price: LineInput['price'], amount: number | null): void {
  if (!price.ad_hoc) return;
  const [min, max] = [price.ad_hoc_min_amount ?? 0, price.ad_hoc_max_amount ?? Number.MAX_SAFE_INTEGER];
  if (amount === null || amount < min || amount > max) {
    throw refuse('line_item.ad_hoc_amount.outside_range', 'The amount is outside the range.', { min, max });
  }
}

function replaceLines(context: SureCartContext, checkout: CheckoutRecord): void {
  const lines = context.store.linesOf(checkout.id);
  if (context.switches.get('replacementRefund') === 'refund') {
    refund(
      context,
      checkout,
      Math.min(
        checkout.paid_amount,
        lines.reduce((sum, line) => sum + dueNow(line), 0),
      ),
      'replaced',
    );
  }
  for (const line of lines) {
    takeStock(context, find(context, 'price', line.price), line.variant, -line.quantity);
    deleteLine(context, line);
  }
  recalculate(context, checkout);
}

function declined(context: SureCartContext, { checkout, input }: UpsellRequest): SureCartRefusal {
  const { switches } = context;
  if (switches.get('declinedLine') === 'kept') storeLine(context, checkout, input);
  if (switches.get('declinedOrder') === 'payment_failed') touchOrder(context, checkout, 'payment_failed');
  const status = switches.get('declinedStatus');
  const message = 'Your card was declined.';
  const invalidLine = { type: 'invalid', code: 'line_item.invalid', message };
  switch (switches.get('declinedShape')) {
    case 'payment':
      return new SureCartRefusal(status, { type: 'card_declined', code: 'charge.card_declined', message });
    case 'validation':
      return new SureCartRefusal(status, {
        ...invalidLine,
        validation_errors: [validationError('payment_method.invalid', message)],
      });
    case 'plain':
      return new SureCartRefusal(status, invalidLine);
  }
}

function touchOrder(context: SureCartContext, checkout: CheckoutRecord, status?: string): void {
  const order = context.store.tables.order.get(checkout.order);
  if (!order) return;
  order.updated_at = nowOf(context);
  if (status !== undefined) order.status = status;
}
