import { misbehaves } from '../../kit/endpoints.js';
import { announceItem } from '../announcements.js';
import { dateOf, toCentralDate } from '../central-time.js';
import { type OrdergrooveEndpoints, type Exchange, maySee } from '../endpoints.js';
import { moneyIn } from '../input.js';
import { addressNamed, itemById, openOrderById, paymentNamed, productNamed } from '../lookups.js';
import { itemPayload } from '../payloads.js';
import { requireItemNotPrepaid } from '../prepaid.js';
import type { ItemRecord, OrderRecord } from '../records.js';
import { badField, notFound } from '../refusals.js';
import {
  addItem,
  findOrCreateOrder,
  holdsPrepaid,
  leaveOrder,
  mergeItem,
  refreshOrder,
  removeItem,
  scheduleNext,
} from '../schedule.js';
import { requireUpsellable } from '../upsell-rules.js';

export function itemChanges(endpoints: OrdergrooveEndpoints): void {
  endpoints.write('POST', { path: '/items/iu/', access: 'recognised', locks: orderNamed }, (exchange) => {
    const item = addUpsell(exchange);
    exchange.reply.code(exchange.context.switches.get('postSuccessStatus'));
    return itemPayload(exchange.context, item);
  });
  endpoints.write('POST', { path: '/items/create/', access: 'storefront' }, (exchange) =>
    itemPayload(exchange.context, createOnDate(exchange)),
  );

  const change = (path: string, access: 'storefront' | 'application', apply: Change) =>
    endpoints.write('PATCH', { path: `/items/:id/${path}/`, access, locks: orderOfItem }, (exchange) => {
      const { item, order } = openItem(exchange);
      apply(exchange, item);
      refreshOrder(exchange.context, order);
      return itemPayload(exchange.context, item);
    });
  change('change_quantity', 'storefront', changeQuantity);
  change('change_product', 'storefront', changeProduct);
  change('change_price', 'application', changePrice);

  endpoints.write('DELETE', { path: '/items/:id/delete/', access: 'recognised', locks: orderOfItem }, (exchange) => {
    deleteItem(exchange);
    return exchange.reply.code(exchange.context.switches.get('deleteStatus')).send();
  });
}

type Change = (exchange: Exchange, item: ItemRecord) => void;

function orderNamed({ body }: Exchange): readonly string[] {
  return body.has('order') ? [body.text('order')] : [];
}

function orderOfItem(exchange: Exchange): readonly string[] {
  return [itemById(exchange, exchange.part('id')).order];
}

function openItem(exchange: Exchange): { readonly item: ItemRecord; readonly order: OrderRecord } {
  const item = itemById(exchange, exchange.part('id'));
  return { item, order: openOrderById(exchange, item.order) };
}

/**
 * Adds an item by Instant Upsell. A repeat adds another item.
 * See https://developer.ordergroove.com/lifecycle/order/instant-upsell-api
 */
function addUpsell(exchange: Exchange): ItemRecord {
  const { context, body } = exchange;
  body.require('order', 'offer', 'product', 'quantity');
  const quantity = body.integer('quantity', { least: 1 });
  const components = body.list('components');
  body.object('contexts');
  const order = openOrderById(exchange, body.text('order'));
  const product = productNamed(exchange, 'product', body.text('product'));
  requireUpsellable(exchange, order, product, quantity);
  const wanted = {
    purpose: 'items/iu',
    order,
    product: product.external_product_id,
    quantity,
    offer: body.text('offer'),
    subscription: null,
    components,
  };
  if (misbehaves(exchange, 'mergeLine')) return mergeItem(context, wanted);
  if (misbehaves(exchange, 'splitUnits')) {
    for (let unit = 1; unit < quantity; unit += 1) addItem(context, { ...wanted, quantity: 1 });
    return addItem(context, { ...wanted, quantity: 1 });
  }
  return addItem(context, wanted);
}

/** Finds or creates the order of that customer, date, address and payment. */
function createOnDate(exchange: Exchange): ItemRecord {
  const { context, body, caller } = exchange;
  body.require(
    'merchant_id',
    'customer_id',
    'shipping_id',
    'payment_id',
    'offer_id',
    'product_id',
    'place_date',
    'quantity',
  );
  const customer = body.text('customer_id');
  if (!maySee(caller, customer) || !context.store.customers.get(customer)) throw notFound();
  if (body.text('merchant_id') !== context.store.merchant.id) throw badField('merchant_id', 'Unknown merchant.');
  const quantity = body.integer('quantity', { least: 1 });
  const product = productNamed(exchange, 'product_id', body.text('product_id'));
  const shippingAddress = addressNamed(exchange, 'shipping_id', body.text('shipping_id'), customer).public_id;
  const payment = paymentNamed(exchange, 'payment_id', body.text('payment_id'), customer).public_id;
  const date = americanDate(body.text('place_date'));
  if (date === null || date < toCentralDate(context.clock.now()))
    throw badField('place_date', 'Enter a date to come as MM/DD/YYYY.');
  const currencyCode = context.store.orders.list().find((each) => each.customer === customer)?.currency_code ?? null;
  const order = findOrCreateOrder(context, { customer, date, shippingAddress, payment, currencyCode });
  if (holdsPrepaid(context, order)) throw badField('place_date', 'The order of that date is prepaid.');
  return addItem(context, {
    purpose: 'items/create',
    order,
    product: product.external_product_id,
    quantity,
    offer: body.text('offer_id'),
    subscription: null,
  });
}

function americanDate(text: string): string | null {
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/u.exec(text) ?? [];
  return year === undefined ? null : dateOf(`${year}-${month}-${day}`);
}

function changeQuantity({ context, body }: Exchange, item: ItemRecord): void {
  requireItemNotPrepaid(context.store, item);
  item.quantity = body.integer('quantity', { least: 1 });
  announceItem(context, 'item.change_quantity', item);
}

function changeProduct(exchange: Exchange, item: ItemRecord): void {
  item.product = productNamed(exchange, 'product', exchange.body.text('product')).external_product_id;
}

function changePrice({ context, body }: Exchange, item: ItemRecord): void {
  requireItemNotPrepaid(context.store, item);
  item.price = moneyIn(body, 'price');
  item.frozen = true;
  announceItem(context, 'item.update_price', item);
}

/** Deletes an item. The item of a live subscription comes back on the next order. */
function deleteItem(exchange: Exchange): void {
  const { context } = exchange;
  const { item, order } = openItem(exchange);
  requireItemNotPrepaid(context.store, item);
  removeItem(context, item);
  leaveOrder(context, order);
  const subscription = item.subscription === null ? undefined : context.store.subscriptions.get(item.subscription);
  if (subscription?.live) scheduleNext(context, subscription, dateOf(order.place));
}
