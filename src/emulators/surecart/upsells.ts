import { charge, notePaid, refund } from './charging.js';
import { isExpired, moveOn } from './funnels.js';
import { deleteLine, draftLine, dueNow, recalculate, storeLine } from './line-items.js';
import { fulfilLine } from './purchases.js';
import { purchasableStatus, takeStock } from './purchasable.js';
import type { LineInput } from './pricing.js';
import type { UpsellRecord } from './records/catalogue.js';
import type { CheckoutRecord, LineItemRecord } from './records/sales.js';
import { find } from './exchange.js';
import type { Body } from './input.js';
import { invalid, Refusal, refuse, validationError } from './refusals.js';
import { nowOf, type SureCartWorld } from './world.js';

export interface UpsellRequest {
  readonly checkout: CheckoutRecord;
  readonly upsell: UpsellRecord;
  readonly input: LineInput;
}

/** Every check but the payment. https://developer.surecart.com/api-reference/line-items/upsell */
export function readUpsell(world: SureCartWorld, body: Body, isPreview: boolean): UpsellRequest {
  const { tables } = world.store;
  const priceId = body.text('price', 'price_id');
  const checkout = find(world, 'checkout', body.text('checkout', 'checkout_id'));
  const upsell = find(world, 'upsell', body.text('upsell', 'upsell_id'));
  const price = find(world, 'price', priceId);
  if (!isOfCheckout(world, checkout, upsell)) {
    throw refuse('line_item.upsell.invalid', 'This upsell is not offered for this checkout.');
  }
  if (upsell.price !== price.id) throw refuse('line_item.price.invalid', 'The price is not that of the upsell.');
  const isAnsweredLate = isPreview && world.switches.get('previewAfterExpiry') === 'answer';
  if (isExpired(world, checkout) && !isAnsweredLate) {
    throw refuse('line_item.upsell.expired', 'This upsell has expired.');
  }
  if (world.store.linesOf(checkout.id).some((line) => line.upsell === upsell.id)) {
    throw refuse('line_item.upsell.already_applied', 'This upsell has already been applied.');
  }
  if (price.currency !== checkout.currency) {
    throw refuse('line_item.price.currency_mismatch', 'The currency differs from that of the checkout.');
  }
  const quantity = body.optionalInteger('quantity') ?? 1;
  const variantId = body.optionalText('variant', 'variant_id');
  const adHocAmount = price.ad_hoc ? body.optionalInteger('ad_hoc_amount') : null;
  checkAdHoc(price, adHocAmount);
  const status = purchasableStatus(world, { price, variantId, quantity });
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

/** The numbers, and not the least effect. */
export function previewUpsell(world: SureCartWorld, { checkout, input }: UpsellRequest) {
  const { line, priced } = draftLine(world, checkout, input);
  const isBare = world.switches.get('previewIdentity') === 'null';
  const { hidden: _hidden, object, ...rest } = line;
  const times = isBare ? { created_at: null, updated_at: null } : {};
  const id = isBare ? null : PREVIEW_ID;
  return { payload: { id, object, ...rest, ...times }, fees: priced.fees };
}

const PREVIEW_ID = 'b7a1f0de-3c52-4d0e-8f5b-9a6f0e2d1c43';

/** Charges the saved payment method and takes the line into the checkout. */
export function acceptUpsell(world: SureCartWorld, request: UpsellRequest): LineItemRecord {
  const { checkout, upsell, input } = request;
  const due = dueNow(draftLine(world, checkout, input).line);
  const isTaken = charge(world, {
    amount: due,
    currency: checkout.currency,
    reason: 'upsell',
    paymentMethod: checkout.payment_method,
    checkout: checkout.id,
  });
  if (!isTaken) throw declined(world, request);
  if (upsell.replacement_behavior === 'all') replaceLines(world, checkout);
  const line = storeLine(world, checkout, input);
  takeStock(world, input.price, line.variant, line.quantity);
  fulfilLine(world, checkout, line);
  notePaid(checkout, due);
  moveOn(world, checkout, 'accepted');
  touchOrder(world, checkout);
  return line;
}

function isOfCheckout({ switches }: SureCartWorld, checkout: CheckoutRecord, upsell: UpsellRecord): boolean {
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

function replaceLines(world: SureCartWorld, checkout: CheckoutRecord): void {
  const lines = world.store.linesOf(checkout.id);
  if (world.switches.get('replacementRefund') === 'refund') {
    refund(
      world,
      checkout,
      Math.min(
        checkout.paid_amount,
        lines.reduce((sum, line) => sum + dueNow(line), 0),
      ),
      'replaced',
    );
  }
  for (const line of lines) {
    takeStock(world, find(world, 'price', line.price), line.variant, -line.quantity);
    deleteLine(world, line);
  }
  recalculate(world, checkout);
}

function declined(world: SureCartWorld, { checkout, input }: UpsellRequest): Refusal {
  const { switches } = world;
  if (switches.get('declinedLine') === 'kept') storeLine(world, checkout, input);
  if (switches.get('declinedOrder') === 'payment_failed') touchOrder(world, checkout, 'payment_failed');
  const status = switches.get('declinedStatus');
  const message = 'Your card was declined.';
  switch (switches.get('declinedShape')) {
    case 'payment':
      return new Refusal(status, 'card_declined', 'charge.card_declined', message);
    case 'validation':
      return new Refusal(status, 'invalid', 'line_item.invalid', message, [
        validationError('payment_method.invalid', message),
      ]);
    case 'plain':
      return new Refusal(status, 'invalid', 'line_item.invalid', message);
  }
}

function touchOrder(world: SureCartWorld, checkout: CheckoutRecord, status?: string): void {
  const order = world.store.tables.order.get(checkout.order);
  if (!order) return;
  order.updated_at = nowOf(world);
  if (status !== undefined) order.status = status;
}
