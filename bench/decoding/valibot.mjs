import * as v from 'valibot';
import { toItem, toOrder, toSubscription } from './renamed.mjs';

const orNull = (schema) =>
  v.fallback(
    v.pipe(
      v.nullish(schema),
      v.transform((value) => value ?? null),
    ),
    null,
  );
const digits = v.pipe(v.string(), v.regex(/^-?\d{1,15}$/), v.transform(Number));
const text = v.pipe(v.union([v.pipe(v.string(), v.minLength(1)), v.number()]), v.transform(String));
const integer = v.union([v.pipe(v.number(), v.safeInteger()), digits]);
const decimal = v.union([v.pipe(v.string(), v.regex(/^-?\d+(?:\.\d+)?$/)), v.pipe(v.number(), v.transform(String))]);
const optionalText = orNull(text);
const optionalInteger = orNull(integer);
const optionalBoolean = orNull(v.boolean());
const optionalDecimal = orNull(decimal);

const order = v.pipe(
  v.object({
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
    extra_data: orNull(v.object({ merged_order_id: optionalText })),
  }),
  v.transform(toOrder),
);

const item = v.pipe(
  v.object({
    public_id: text,
    order: text,
    product: optionalText,
    subscription: optionalText,
    quantity: integer,
    price: optionalDecimal,
    total_price: optionalDecimal,
    one_time: optionalBoolean,
  }),
  v.transform(toItem),
);

const subscription = v.pipe(
  v.object({
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
    prepaid_subscription_context: orNull(v.object({ prepaid_orders_remaining: optionalInteger })),
  }),
  v.transform(toSubscription),
);

export const withValibot = {
  order: (row) => v.parse(order, row),
  item: (row) => v.parse(item, row),
  subscription: (row) => v.parse(subscription, row),
};
