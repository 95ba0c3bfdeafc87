import { addCheckout, finalize, pay } from '../checkouts.js';
import { type Endpoints, type Exchange, find } from '../exchange.js';
import { isExpired, moveOn } from '../funnels.js';
import { Body } from '../input.js';
import { storeLine } from '../line-items.js';
import type { CheckoutRecord } from '../records/sales.js';
import { refuse } from '../refusals.js';
import { nowOf, type SureCartWorld } from '../world.js';

export function checkoutRoutes(endpoints: Endpoints): void {
  endpoints.on('POST', '/checkouts', (exchange) => exchange.show(create(exchange)));
  endpoints.on('PATCH', '/checkouts/:id', (exchange) => {
    const checkout = exchange.target('checkout');
    addLines(exchange.world, checkout, Body.of(exchange.body, 'checkout'));
    return exchange.show(checkout);
  });
  endpoints.sensitive('PATCH', '/checkouts/:id/finalize', (exchange) => {
    const checkout = exchange.target('checkout');
    finalize(exchange.world, checkout);
    if (exchange.isAsked('manual_payment')) {
      const method = find(
        exchange.world,
        'manual_payment_method',
        exchange.query.get('manual_payment_method_id') ?? '',
      );
      Object.assign(checkout, { manual_payment: true, manual_payment_method: method.id, payment_method: null });
    }
    return exchange.show(checkout);
  });
  endpoints.on('PATCH', '/checkouts/:id/manually_pay', (exchange) => {
    const checkout = exchange.target('checkout');
    pay(exchange.world, checkout);
    return exchange.show(checkout);
  });
  endpoints.on('PATCH', '/checkouts/:id/cancel', (exchange) => {
    const checkout = exchange.target('checkout');
    if (checkout.status === 'paid') throw refuse('checkout.invalid', 'A paid checkout cannot be canceled.');
    Object.assign(checkout, { status: 'canceled', updated_at: nowOf(exchange.world) });
    return exchange.show(checkout);
  });
  endpoints.on('PATCH', '/checkouts/:id/offer_upsell/:upsell', (exchange) => {
    const checkout = exchange.target('checkout');
    checkout.hidden.offered.push(find(exchange.world, 'upsell', exchange.part('upsell')).id);
    return exchange.show(checkout);
  });
  endpoints.on('PATCH', '/checkouts/:id/decline_upsell/:upsell', (exchange) => {
    const checkout = exchange.target('checkout');
    decline(exchange.world, checkout, find(exchange.world, 'upsell', exchange.part('upsell')).id);
    return exchange.show(checkout);
  });
}

/** https://developer.surecart.com/api-reference/checkouts/decline-upsell */
function decline(world: SureCartWorld, checkout: CheckoutRecord, upsell: string): void {
  if (checkout.current_upsell !== upsell) {
    if (world.switches.get('declineOfOther') === 'ignore') return;
    throw refuse('checkout.current_upsell.invalid', 'This is not the current upsell.');
  }
  checkout.hidden.declined.push(upsell);
  if (isExpired(world, checkout)) checkout.current_upsell = null;
  else moveOn(world, checkout, 'declined');
}

function create({ world, body: sent }: Exchange): CheckoutRecord {
  const body = Body.of(sent, 'checkout');
  const customer = find(world, 'customer', body.text('customer'));
  const checkout = addCheckout(world, {
    customer: customer.id,
    email: customer.email,
    currency: body.optionalText('currency') ?? 'usd',
    liveMode: body.has('live_mode') ? body.flag('live_mode') : customer.live_mode,
    paymentMethod: customer.default_payment_method,
  });
  addLines(world, checkout, body);
  return checkout;
}

/** Inside a checkout the price of a line is `price_id`. */
function addLines(world: SureCartWorld, checkout: CheckoutRecord, body: Body): void {
  for (const row of body.rows('line_items')) {
    const variant = row.optionalText('variant_id', 'variant');
    storeLine(world, checkout, {
      price: find(world, 'price', row.text('price_id')),
      variant: variant === null ? null : find(world, 'variant', variant),
      quantity: row.optionalInteger('quantity') ?? 1,
      adHocAmount: row.optionalInteger('ad_hoc_amount'),
      upsell: null,
    });
  }
}
