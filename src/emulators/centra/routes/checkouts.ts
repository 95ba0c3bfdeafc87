import { placeOrder } from '../checkout.js';
import type { CentraContext } from '../context.js';
import type { CentraEndpoints, Exchange, Reply } from '../endpoints.js';
import { totalsOf } from '../pricing.js';
import type { Dialect, AddressRecord, KlarnaMethod, PaymentOrderRecord, SelectionRecord } from '../records.js';
import { CentraRefusal } from '../refusals.js';
import { answerOrder } from './order-answer.js';

/** Serves the payment of a basket. See https://docs.centra.com/fe-development/payments/payment-flows */
export function checkouts(endpoints: CentraEndpoints, dialect: Dialect): void {
  const own = dialect === 'shop' ? '/selections/:selection' : '';
  endpoints.write('POST', `${own}/payment`, beginPayment);
  endpoints.write(['POST', 'PUT'], `${own}/payment-result`, finishPayment);
  endpoints.read(`${own}/receipt`, (exchange) => {
    const { context, session, dialect } = exchange;
    const number = dialect === 'shop' ? exchange.selection.order : (session?.lastOrder ?? null);
    const order = context.store.orders.get(number ?? '');
    if (!order) throw new CentraRefusal(404, { order: 'not found' });
    return answerOrder(exchange, order);
  });
}

function beginPayment(exchange: Exchange): Reply {
  const { context, selection, fields } = exchange;
  const uri = fields.optionalText('paymentMethod') ?? selection.payment ?? 'kco3';
  const plugin = context.store.plugins.get(uri);
  if (!plugin) throw new CentraRefusal(406, { paymentMethod: 'not valid' });
  const address = fields.object('address');
  if (selection.lines.length === 0) throw new CentraRefusal(406, { selection: 'empty' });
  preparePayment(context, selection, {
    payment: uri,
    address: { ...demoAddress(context, selection), ...(address.has('email') && { email: address.text('email') }) },
    method: 'INVOICE',
  });
  const isForm = plugin.kind === 'klarna-checkout' || plugin.kind === 'klarna-payments';
  if (!isForm) return { body: { action: plugin.kind === 'external' ? 'external' : 'success' } };
  return { body: { action: 'form', formHtml: '<div id="klarna-checkout-container"></div>', formType: plugin.uri } };
}

function demoAddress({ store }: CentraContext, { market, customer }: SelectionRecord): AddressRecord {
  const person = store.customers.get(customer ?? '');
  return {
    firstName: person?.firstName ?? 'Guest',
    lastName: person?.lastName ?? 'Shopper',
    address1: 'Exempelgatan 1',
    zipCode: '111 22',
    city: 'Example City',
    country: store.market(market).country,
    email: person?.email ?? 'guest@example.com',
  };
}

/** Makes the payment provider's order, authorised as soon as the payment page is done. */
export function preparePayment(
  { store, switches }: CentraContext,
  selection: SelectionRecord,
  {
    payment,
    address,
    method,
  }: { readonly payment: string; readonly address: AddressRecord; readonly method: KlarnaMethod },
): void {
  selection.payment = payment;
  selection.address = address;
  const isKlarna = store.plugins.get(payment)?.kind.startsWith('klarna') ?? false;
  if (!isKlarna) return;
  const { grand } = totalsOf(switches, selection);
  const order: PaymentOrderRecord = {
    order_id: store.identifiers.next('payment-order').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5'),
    method,
    country: address.country,
    currency: store.currencyOf(selection.market).currency,
    authorisedAmount: grand,
    capturedAmount: 0,
    status: 'AUTHORIZED',
    lines: selection.lines.length,
  };
  store.paymentOrders.add(order);
  selection.paymentReference = order.order_id;
}

/** Finishes a payment, once per order. See https://docs.centra.com/fe-development/best-practices */
function finishPayment(exchange: Exchange): Reply {
  const { context, selection, fields, session } = exchange;
  const { store, switches } = context;
  const allowed = switches.get('paymentResultMethods');
  if (allowed !== 'both' && allowed !== exchange.method) throw new CentraRefusal(404, { uri: 'not found' });
  if (selection.order !== null)
    throw new CentraRefusal(switches.get('repeatedPaymentResultStatus'), { selection: 'already an order' });
  if (switches.get('paymentResultAction') === 'redirect') {
    return { body: { action: 'redirect', url: 'https://pay.example.com/continue' } };
  }
  const plugin = store.plugins.get(selection.payment ?? '');
  if (!plugin || selection.address === null || selection.lines.length === 0)
    throw new CentraRefusal(412, { paymentMethod: 'failed' });
  if (!fields.has('paymentMethodFields')) throw new CentraRefusal(400, { paymentMethodFields: 'required' });
  const isAuthorised = fields.object('paymentMethodFields').optionalText('status') !== 'failed';
  if (!isAuthorised) throw new CentraRefusal(412, { paymentMethod: 'failed' });
  const order = placeOrder(context, selection);
  if (session) session.lastOrder = order.order;
  return answerOrder(exchange, order, { status: plugin.kind === 'external' ? 201 : 200, terms: true });
}
