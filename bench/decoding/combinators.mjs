/** A record is described by a map of readers, and one loop makes all records: `record({ publicId: text('public_id') })`. */
import * as read from '../../dist/providers/kit/decode.js';

const field = (reader) => (name) => (fields) => reader(fields, name);
const text = field(read.text);
const integer = field(read.integer);
const optionalText = field(read.optionalText);
const optionalInteger = field(read.optionalInteger);
const optionalBoolean = field(read.optionalBoolean);
const optionalDecimal = field(read.optionalDecimal);
const within = (name, reader) => (fields) => reader(read.objectIn(fields, name));

function record(what, readers) {
  const names = Object.keys(readers);
  const functions = Object.values(readers);
  return (value) => {
    const fields = read.requireObject(value, what);
    const made = {};
    for (let index = 0; index < names.length; index += 1) made[names[index]] = functions[index](fields);
    return made;
  };
}

export const combinators = {
  order: record('an order', {
    publicId: text('public_id'),
    customer: optionalText('customer'),
    payment: optionalText('payment'),
    shippingAddress: optionalText('shipping_address'),
    status: integer('status'),
    locked: optionalBoolean('locked'),
    place: optionalText('place'),
    currencyCode: optionalText('currency_code'),
    subTotal: optionalDecimal('sub_total'),
    discountTotal: optionalDecimal('discount_total'),
    taxTotal: optionalDecimal('tax_total'),
    shippingTotal: optionalDecimal('shipping_total'),
    total: optionalDecimal('total'),
    mergedInto: within('extra_data', optionalText('merged_order_id')),
  }),
  item: record('an item', {
    publicId: text('public_id'),
    order: text('order'),
    product: optionalText('product'),
    subscription: optionalText('subscription'),
    quantity: integer('quantity'),
    price: optionalDecimal('price'),
    totalPrice: optionalDecimal('total_price'),
    oneTime: optionalBoolean('one_time'),
  }),
  subscription: record('a subscription', {
    publicId: text('public_id'),
    customer: optionalText('customer'),
    product: optionalText('product'),
    quantity: integer('quantity'),
    price: optionalDecimal('price'),
    currencyCode: optionalText('currency_code'),
    every: optionalInteger('every'),
    everyPeriod: optionalInteger('every_period'),
    startDate: optionalText('start_date'),
    live: optionalBoolean('live'),
    cancelled: optionalText('cancelled'),
    prepaidOrdersRemaining: within('prepaid_subscription_context', optionalInteger('prepaid_orders_remaining')),
  }),
};
