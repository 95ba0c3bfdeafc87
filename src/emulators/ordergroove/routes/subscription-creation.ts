import { announceItem, announceSubscription } from '../announcements.js';
import { toCentral, toCentralDate } from '../central-time.js';
import type { OrdergrooveEndpoints, Exchange } from '../endpoints.js';
import { moneyIn, periodIn } from '../input.js';
import { itemById, openOrderById, productNamed } from '../lookups.js';
import { subscriptionPayload } from '../payloads.js';
import type { OrderRecord, SubscriptionRecord } from '../records.js';
import { badField, notFound } from '../refusals.js';
import { addItem, refreshOrder } from '../schedule.js';
import { requireSubscribable, requireUpsellable } from '../upsell-rules.js';

const REMINDER_DAYS = 10;

export function subscriptionCreation(endpoints: OrdergrooveEndpoints): void {
  const creation = (path: string, locks: (exchange: Exchange) => readonly string[], create: Create) =>
    endpoints.write('POST', { path, access: 'storefront', locks }, (exchange) => {
      const subscription = create(exchange);
      announceSubscription(exchange.context, 'subscription.create', subscription);
      exchange.reply.code(exchange.context.switches.get('postSuccessStatus'));
      return subscriptionPayload(exchange.context, subscription);
    });
  creation('/subscriptions/create_from_item/', orderOfNamedItem, convertItem);
  creation('/subscriptions/iu/', ({ body }) => (body.has('order') ? [body.text('order')] : []), createOnOrder);
}

type Create = (exchange: Exchange) => SubscriptionRecord;

function orderOfNamedItem(exchange: Exchange): readonly string[] {
  const item = exchange.body.has('item') ? exchange.context.store.items.get(exchange.body.text('item')) : undefined;
  return item ? [item.order] : [];
}

/**
 * Creates a subscription from an item. Payment and address come from the order, product and quantity from the item; the
 * start is today.
 */
function convertItem(exchange: Exchange): SubscriptionRecord {
  const { context, body } = exchange;
  body.require('item', 'every', 'every_period');
  const every = body.integer('every', { least: 1 });
  const period = periodIn(body, 'every_period');
  const item = itemById(exchange, body.text('item'));
  if (item.subscription !== null) {
    throw badField('item', 'The item has a subscription already.', context.switches.get('convertTwice'));
  }
  const order = openOrderById(exchange, item.order);
  requireSubscribable(exchange, productNamed(exchange, 'item', item.product), 'item');
  const subscription = createSubscription(exchange, 'create_from_item', order, {
    product: item.product,
    quantity: item.quantity,
    offer: body.optionalText('offer') ?? item.offer,
    components: item.components,
    every,
    every_period: period,
    session_id: body.optionalText('session_id') ?? context.store.nextSessionId(),
  });
  item.subscription = subscription.public_id;
  item.one_time = false;
  refreshOrder(context, order);
  announceItem(context, 'item.item_subscribe', item);
  return subscription;
}

/** Creates a subscription on an order. The order's payment counts, whatever payment the request names. */
function createOnOrder(exchange: Exchange): SubscriptionRecord {
  const { context, body } = exchange;
  body.require('merchant', 'customer', 'product', 'offer', 'order', 'session_id', 'payment', 'shipping_address');
  body.require('quantity', 'every', 'every_period');
  const quantity = body.integer('quantity', { least: 1 });
  const every = body.integer('every', { least: 1 });
  const period = periodIn(body, 'every_period');
  const price = body.has('price') ? moneyIn(body, 'price') : null;
  const extraData = body.json('extra_data');
  const components = body.list('components');
  if (body.text('merchant') !== context.store.merchant.id) throw badField('merchant', 'Unknown merchant.');
  const order = openOrderById(exchange, body.text('order'));
  if (body.text('customer') !== order.customer) throw notFound();
  const product = productNamed(exchange, 'product', body.text('product'));
  requireUpsellable(exchange, order, product, quantity);
  requireSubscribable(exchange, product, 'product');
  const subscription = createSubscription(exchange, 'subscriptions/iu', order, {
    product: product.external_product_id,
    quantity,
    offer: body.text('offer'),
    components,
    every,
    every_period: period,
    session_id: body.text('session_id'),
    price,
    extra_data: extraData,
    subscription_type: 'replenishment',
    raw_subscription_type: 'IU replenishment',
    merchant_order_id: context.store.nextMerchantOrderId(),
  });
  addItem(context, {
    purpose: 'item',
    order,
    product: subscription.product,
    quantity,
    offer: subscription.offer,
    subscription: subscription.public_id,
    components,
  });
  return subscription;
}

type Terms = Pick<
  SubscriptionRecord,
  'product' | 'quantity' | 'offer' | 'components' | 'every' | 'every_period' | 'session_id'
> &
  Partial<
    Pick<
      SubscriptionRecord,
      'price' | 'extra_data' | 'subscription_type' | 'raw_subscription_type' | 'merchant_order_id'
    >
  >;

function createSubscription(
  { context }: Exchange,
  purpose: string,
  order: OrderRecord,
  terms: Terms,
): SubscriptionRecord {
  const now = context.clock.now();
  return context.store.subscriptions.add<SubscriptionRecord>({
    public_id: context.store.identifiers.next(purpose),
    merchant: order.merchant,
    customer: order.customer,
    payment: order.payment,
    shipping_address: order.shipping_address,
    currency_code: order.currency_code,
    price: null,
    extra_data: {},
    subscription_type: null,
    raw_subscription_type: null,
    merchant_order_id: null,
    ...terms,
    reminder_days: REMINDER_DAYS,
    start_date: toCentralDate(now),
    anchor_day: null,
    cancelled: null,
    cancel_reason: null,
    cancel_reason_code: null,
    created: toCentral(now),
    updated: toCentral(now),
    live: true,
    external_id: null,
    prepaid_subscription_context: null,
  });
}
