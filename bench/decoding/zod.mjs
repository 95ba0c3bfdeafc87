import { z } from 'zod';
import { toItem, toOrder, toSubscription } from './renamed.mjs';

const orNull = (schema) =>
  schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
const text = z.union([z.string().min(1), z.number()]).transform(String);
const integer = z.union([
  z.int32(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
]);
const optionalText = orNull(text);
const optionalInteger = orNull(integer);
const optionalBoolean = orNull(z.boolean());
const optionalDecimal = orNull(z.union([z.string().regex(/^-?\d+(?:\.\d+)?$/), z.number().transform(String)]));

const order = z
  .object({
    public_id: text,
    customer: optionalText,
    payment: optionalText,
    shipping_address: optionalText,
    status: integer,
    locked: optionalBoolean,
    place: optionalText,
    currency_code: optionalText,
    sub_total: optionalDecimal,
    discount_total: optionalDecimal,
    tax_total: optionalDecimal,
    shipping_total: optionalDecimal,
    total: optionalDecimal,
    extra_data: orNull(z.object({ merged_order_id: optionalText })),
  })
  .transform(toOrder);

const item = z
  .object({
    public_id: text,
    order: text,
    product: optionalText,
    subscription: optionalText,
    quantity: integer,
    price: optionalDecimal,
    total_price: optionalDecimal,
    one_time: optionalBoolean,
  })
  .transform(toItem);

const subscription = z
  .object({
    public_id: text,
    customer: optionalText,
    product: optionalText,
    quantity: integer,
    price: optionalDecimal,
    currency_code: optionalText,
    every: optionalInteger,
    every_period: optionalInteger,
    start_date: optionalText,
    live: optionalBoolean,
    cancelled: optionalText,
    prepaid_subscription_context: orNull(z.object({ prepaid_orders_remaining: optionalInteger })),
  })
  .transform(toSubscription);

export const withZod = {
  order: (row) => order.parse(row),
  item: (row) => item.parse(row),
  subscription: (row) => subscription.parse(row),
};
