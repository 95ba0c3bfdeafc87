import { announceItem } from '../announcements.js';
import { dateOf, toCentralDate } from '../central-time.js';
import { type Endpoints, type Exchange, maySee } from '../exchange.js';
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
  refreshOrder,
  removeItem,
  scheduleNext,
} from '../schedule.js';
import { requireUpsellable } from '../upsell-rules.js';

export function itemChanges(endpoints: Endpoints): void {
  endpoints.write(
    'POST',
    '/items/iu/',
    'recognised',
    ({ body }) => [body.has('order') ? body.text('order') : ''],
    (exchange) => {
      const item = addUpsell(exchange);
      exchange.reply.code(exchange.world.switches.get('postSuccessStatus'));
      return itemPayload(exchange.world, item);
    },
  );
  endpoints.write(
    'POST',
    '/items/create/',
    'storefront',
    () => [],
    (exchange) => itemPayload(exchange.world, createOnDate(exchange)),
  );

  const change = (path: string, access: 'storefront' | 'application', apply: Change) =>
    endpoints.write('PATCH', `/items/:id/${path}/`, access, orderOfItem, (exchange) => {
      const { item, order } = openItem(exchange);
      apply(exchange, item);
      refreshOrder(exchange.world, order);
      return itemPayload(exchange.world, item);
    });
  change('change_quantity', 'storefront', changeQuantity);
  change('change_product', 'storefront', changeProduct);
  change('change_price', 'application', changePrice);

  endpoints.write('DELETE', '/items/:id/delete/', 'recognised', orderOfItem, (exchange) => {
    deleteItem(exchange);
    return exchange.reply.code(exchange.world.switches.get('deleteStatus')).send();
  });
}

type Change = (exchange: Exchange, item: ItemRecord) => void;

function orderOfItem(exchange: Exchange): readonly string[] {
  return [itemById(exchange, exchange.part('id')).order];
}

function openItem(exchange: Exchange): { readonly item: ItemRecord; readonly order: OrderRecord } {
  const item = itemById(exchange, exchange.part('id'));
  return { item, order: openOrderById(exchange, item.order) };
}

/** Instant Upsell; a repeat adds another item. https://developer.ordergroove.com/lifecycle/order/instant-upsell-api */
function addUpsell(exchange: Exchange): ItemRecord {
  const { world, body } = exchange;
  body.require('order', 'offer', 'product', 'quantity');
  const quantity = body.positiveInteger('quantity');
  const components = body.list('components');
  body.object('contexts');
  const order = openOrderById(exchange, body.text('order'));
  const product = productNamed(exchange, 'product', body.text('product'));
  requireUpsellable(exchange, order, product, quantity);
  return addItem(world, {
    purpose: 'items/iu',
    order,
    product: product.external_product_id,
    quantity,
    offer: body.text('offer'),
    subscription: null,
    components,
  });
}

/** Finds or creates the order of that customer, date, address and payment. */
function createOnDate(exchange: Exchange): ItemRecord {
  const { world, body, caller } = exchange;
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
  if (!maySee(caller, customer) || !world.store.customers.get(customer)) throw notFound();
  if (body.text('merchant_id') !== world.store.merchant.id) throw badField('merchant_id', 'Unknown merchant.');
  const quantity = body.positiveInteger('quantity');
  const product = productNamed(exchange, 'product_id', body.text('product_id'));
  const shippingAddress = addressNamed(exchange, 'shipping_id', body.text('shipping_id'), customer).public_id;
  const payment = paymentNamed(exchange, 'payment_id', body.text('payment_id'), customer).public_id;
  const date = americanDate(body.text('place_date'));
  if (date === null || date < toCentralDate(world.clock.now()))
    throw badField('place_date', 'Enter a date to come as MM/DD/YYYY.');
  const currencyCode = world.store.orders.list().find((each) => each.customer === customer)?.currency_code ?? null;
  const order = findOrCreateOrder(world, { customer, date, shippingAddress, payment, currencyCode });
  if (holdsPrepaid(world, order)) throw badField('place_date', 'The order of that date is prepaid.');
  return addItem(world, {
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

function changeQuantity({ world, body }: Exchange, item: ItemRecord): void {
  requireItemNotPrepaid(world.store, item);
  item.quantity = body.positiveInteger('quantity');
  announceItem(world, 'item.change_quantity', item);
}

function changeProduct(exchange: Exchange, item: ItemRecord): void {
  item.product = productNamed(exchange, 'product', exchange.body.text('product')).external_product_id;
}

function changePrice({ world, body }: Exchange, item: ItemRecord): void {
  requireItemNotPrepaid(world.store, item);
  item.price = body.money('price');
  item.frozen = true;
  announceItem(world, 'item.update_price', item);
}

/** The item of a live subscription comes back on the next order. */
function deleteItem(exchange: Exchange): void {
  const { world } = exchange;
  const { item, order } = openItem(exchange);
  requireItemNotPrepaid(world.store, item);
  removeItem(world, item);
  leaveOrder(world, order);
  const subscription = item.subscription === null ? undefined : world.store.subscriptions.get(item.subscription);
  if (subscription?.live) scheduleNext(world, subscription, dateOf(order.place));
}
