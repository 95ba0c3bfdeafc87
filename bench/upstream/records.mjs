/**
 * What a customer has at the upstream, in the shape of https://developer.ordergroove.com/reference. The customer's name
 * says how much: `20x5-7` is the seventh with 20 orders of 5 items. The same name always has the same records.
 */
export function recordsOf(customer) {
  const { orders, items } = sizeOf(customer);
  const subscriptions = Array.from({ length: Math.min(orders * items, MAX_SUBSCRIPTIONS) }, (_, index) =>
    subscription(customer, index),
  );
  return {
    orders: Array.from({ length: orders }, (_, index) => order(customer, index, items)),
    items: Array.from({ length: orders * items }, (_, index) =>
      item(idOf('order', customer, Math.floor(index / items)), index, subscriptions[index % subscriptions.length]),
    ),
    subscriptions,
  };
}

/** Fewer than a page: a shopper has many deliveries of few subscriptions. */
const MAX_SUBSCRIPTIONS = 25;

export function sizeOf(customer) {
  const [, orders, items] = /^(\d+)x(\d+)-\d+$/.exec(customer) ?? [];
  return { orders: Number(orders), items: Number(items) };
}

const kinds = { order: 'a', item: 'b', subscription: 'c', payment: 'd', address: 'e', offer: 'f', merchant: '0' };

/** 32 hexadecimal digits, like the upstream's own. */
function idOf(kind, customer, index) {
  const [orders, items, shopper] = customer.split(/[x-]/);
  const digits = [orders, items, shopper, index].map((part) => Number(part).toString(16).padStart(7, '0'));
  return `${kinds[kind]}${digits.join('')}`.padEnd(32, '9');
}

function order(customer, index, items) {
  const subtotal = items * 18.05;
  return {
    merchant: MERCHANT_ID,
    customer,
    payment: idOf('payment', customer, 0),
    shipping_address: idOf('address', customer, 0),
    public_id: idOf('order', customer, index),
    sub_total: subtotal.toFixed(2),
    tax_total: (subtotal * 0.08).toFixed(2),
    shipping_total: '5.00',
    discount_total: (items * 0.95).toFixed(2),
    total: (subtotal * 1.08 + 5).toFixed(2),
    currency_code: 'USD',
    created: '2023-07-19 09:06:06',
    updated: '2023-09-09 00:39:31',
    place: `${day(index)} 00:00:00`,
    cancelled: null,
    tries: 0,
    generic_error_count: 0,
    status: 1,
    type: 1,
    order_merchant_id: null,
    rejected_message: null,
    extra_data: null,
    locked: false,
    oos_free_shipping: false,
  };
}

/** Far enough from now that every order is open. */
function day(index) {
  return new Date(Date.UTC(2090, 0, 1 + index)).toISOString().slice(0, 10);
}

function item(orderId, index, { public_id: subscriptionId, product, customer }) {
  return {
    order: orderId,
    offer: idOf('offer', customer, 0),
    subscription: subscriptionId,
    product,
    quantity: 1 + (index % 3),
    components: [],
    public_id: idOf('item', customer, index),
    price: '19.00',
    extra_cost: '0.00',
    total_price: (18.05 * (1 + (index % 3))).toFixed(2),
    one_time: false,
    frozen: false,
    first_placed: null,
    product_attribute: null,
    subscription_component: null,
    order_updated: '2023-09-09 00:39:31',
  };
}

function subscription(customer, index) {
  return {
    customer,
    merchant: MERCHANT_ID,
    product: String(44_931_275_400_000 + index),
    payment: idOf('payment', customer, 0),
    shipping_address: idOf('address', customer, 0),
    offer: idOf('offer', customer, 0),
    subscription_type: 'replenishment',
    raw_subscription_type: 'replenishment',
    components: [],
    extra_data: null,
    public_id: idOf('subscription', customer, index),
    quantity: 1,
    price: '19.00',
    frequency_days: 56,
    reminder_days: 10,
    every: 8,
    every_period: 2,
    start_date: '2022-10-19',
    cancelled: null,
    cancel_reason: null,
    iteration: null,
    sequence: null,
    session_id: `${MERCHANT_ID}.123456.1666199637`,
    merchant_order_id: '1234567',
    created: '2022-10-19 11:02:17',
    updated: '2022-10-19 11:02:17',
    live: true,
    external_id: null,
    product_attribute: null,
    cancel_reason_code: null,
    customer_rep: null,
    club: null,
    prepaid_subscription_context: null,
    currency_code: 'USD',
  };
}

export const MERCHANT_ID = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
