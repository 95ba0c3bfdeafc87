import type { Input } from '../../kit/input.js';
import { addCheckout, finalize, pay } from '../checkouts.js';
import { nowOf, type SureCartContext } from '../context.js';
import { type SureCartEndpoints, type Exchange, find } from '../endpoints.js';
import { isExpired, moveOn } from '../funnels.js';
import { attributesIn } from '../input.js';
import { storeLine } from '../line-items.js';
import type { CheckoutRecord } from '../records/sales.js';
import { refuse } from '../refusals.js';

export function checkoutRoutes(endpoints: SureCartEndpoints): void {
  endpoints.write('POST', '/checkouts', (exchange) => exchange.show(create(exchange)));
  endpoints.write('PATCH', '/checkouts/:id', (exchange) => {
    const checkout = exchange.target('checkout');
    addLines(exchange.context, checkout, attributesIn(exchange.body, 'checkout'));
    return exchange.show(checkout);
  });
  endpoints.write('PATCH', { path: '/checkouts/:id/finalize', access: 'sensitive' }, (exchange) => {
    const checkout = exchange.target('checkout');
    finalize(exchange.context, checkout);
    if (exchange.isAsked('manual_payment')) {
      const method = find(
        exchange.context,
        'manual_payment_method',
        exchange.query.get('manual_payment_method_id') ?? '',
      );
      Object.assign(checkout, { manual_payment: true, manual_payment_method: method.id, payment_method: null });
    }
    return exchange.show(checkout);
  });
  endpoints.write('PATCH', '/checkouts/:id/manually_pay', (exchange) => {
    const checkout = exchange.target('checkout');
    pay(exchange.context, checkout);
    return exchange.show(checkout);
  });
  endpoints.write('PATCH', '/checkouts/:id/cancel', (exchange) => {
    const checkout = exchange.target('checkout');
    if (checkout.status === 'paid') throw refuse('checkout.invalid', 'A paid checkout cannot be canceled.');
    Object.assign(checkout, { status: 'canceled', updated_at: nowOf(exchange.context) });
    return exchange.show(checkout);
  });
  endpoints.write('PATCH', '/checkouts/:id/offer_upsell/:upsell', (exchange) => {
    const checkout = exchange.target('checkout');
    checkout.hidden.offered.push(find(exchange.context, 'upsell', exchange.part('upsell')).id);
    return exchange.show(checkout);
  });
  endpoints.write('PATCH', '/checkouts/:id/decline_upsell/:upsell', (exchange) => {
    const checkout = exchange.target('checkout');
    decline(exchange.context, checkout, find(exchange.context, 'upsell', exchange.part('upsell')).id);
    return exchange.show(checkout);
  });
}

/** Declines the current upsell. See https://developer.surecart.com/api-reference/checkouts/decline-upsell */
function decline(context: SureCartContext, checkout: CheckoutRecord, upsell: string): void {
  if (checkout.current_upsell !== upsell) {
    if (context.switches.get('declineOfOther') === 'ignore') return;
    throw refuse('checkout.current_upsell.invalid', 'This is not the current upsell.');
  }
  checkout.hidden.declined.push(upsell);
  if (isExpired(context, checkout)) checkout.current_upsell = null;
  else moveOn(context, checkout, 'declined');
}

function create({ context, body: sent }: Exchange): CheckoutRecord {
  const body = attributesIn(sent, 'checkout');
  const customer = find(context, 'customer', body.text('customer'));
  const checkout = addCheckout(context, {
    customer: customer.id,
    email: customer.email,
    currency: body.optionalText('currency') ?? 'usd',
    liveMode: body.isNamed('live_mode') ? body.flag('live_mode') : customer.live_mode,
    paymentMethod: customer.default_payment_method,
  });
  addLines(context, checkout, body);
  return checkout;
}

/** Adds the lines of a body to a checkout. Inside a checkout the price of a line is `price_id`. */
function addLines(context: SureCartContext, checkout: CheckoutRecord, body: Input): void {
  for (const row of body.rows('line_items')) {
    const variant = row.optionalText('variant_id', 'variant');
    storeLine(context, checkout, {
      price: find(context, 'price', row.text('price_id')),
      variant: variant === null ? null : find(context, 'variant', variant),
      quantity: row.optionalInteger('quantity') ?? 1,
      adHocAmount: row.optionalInteger('ad_hoc_amount'),
      upsell: null,
    });
  }
}
