import { fromCentral } from './central-time.js';
import type { OrdergrooveContext } from './context.js';
import { frequencyDays } from './interval.js';
import type { ItemRecord, OrderRecord, ProductGroup, ProductRecord, SubscriptionRecord } from './records.js';
import type { OrdergrooveSwitches } from './switches.js';

/** A record as JSON; undefined values stand for keys that are left out. */
export type Payload = Readonly<Record<string, unknown>>;

export function orderPayload(
  context: OrdergrooveContext,
  order: OrderRecord,
  options: { hasPlan?: boolean } = {},
): Payload {
  const { switches } = context;
  const money = moneyWriter(switches, order.currency_code);
  return finished(switches, {
    merchant: order.merchant,
    customer: order.customer,
    payment: order.payment,
    shipping_address: order.shipping_address,
    public_id: order.public_id,
    sub_total: money(order.sub_total),
    tax_total: money(order.tax_total),
    shipping_total: money(order.shipping_total),
    discount_total: money(order.discount_total),
    total: money(order.total),
    currency_code: currency(switches, order.currency_code),
    created: order.created,
    updated: switches.get('omitUpdated') ? undefined : order.updated,
    place: order.place,
    cancelled: order.cancelled,
    tries: order.tries,
    generic_error_count: order.generic_error_count,
    status: order.status,
    type: order.type,
    order_merchant_id: order.order_merchant_id,
    rejected_message: rejectedMessage(switches, order.rejected_message),
    extra_data: extraData(switches, order.extra_data),
    locked: order.locked,
    oos_free_shipping: order.oos_free_shipping,
    has_plan: options.hasPlan ? holdsPlan(context, order) : undefined,
  });
}

/** Renders an item. Answers of writes come without `order_updated`, as the Instant Upsell documentation shows. */
export function itemPayload(
  context: OrdergrooveContext,
  item: ItemRecord,
  options: { isRead?: boolean; omitPrices?: boolean } = {},
): Payload {
  const { switches, store } = context;
  const order = store.orders.get(item.order);
  const money = moneyWriter(switches, order?.currency_code ?? null);
  const price = (text: string) => (options.omitPrices ? undefined : money(text));
  const showsUpdated = options.isRead && !switches.get('omitOrderUpdated');
  return finished(switches, {
    order: item.order,
    offer: item.offer,
    subscription: item.subscription,
    product: item.product,
    quantity: item.quantity,
    components: item.components,
    public_id: item.public_id,
    price: price(item.price),
    extra_cost: price('0.00'),
    total_price: price(item.total_price),
    one_time: item.one_time,
    frozen: item.frozen,
    first_placed: item.first_placed,
    product_attribute: null,
    subscription_component: item.subscription_component,
    order_updated: showsUpdated ? order?.updated : undefined,
  });
}

export function subscriptionPayload(
  context: OrdergrooveContext,
  subscription: SubscriptionRecord,
  options: { isRead?: boolean } = {},
): Payload {
  const { switches } = context;
  const types = options.isRead && typesAreFilled(context, subscription) ? CONVERTED_TYPES : subscription;
  return finished(switches, {
    customer: subscription.customer,
    merchant: subscription.merchant,
    product: subscription.product,
    payment: subscription.payment,
    shipping_address: subscription.shipping_address,
    offer: subscription.offer,
    subscription_type: types.subscription_type,
    raw_subscription_type: types.raw_subscription_type,
    components: subscription.components,
    extra_data: extraData(switches, subscription.extra_data),
    public_id: subscription.public_id,
    quantity: subscription.quantity,
    price: subscription.price,
    frequency_days: frequencyDays(subscription.every, subscription.every_period),
    reminder_days: subscription.reminder_days,
    every: subscription.every,
    every_period: subscription.every_period,
    start_date: subscription.start_date,
    cancelled: subscription.cancelled,
    cancel_reason: subscription.cancel_reason,
    iteration: null,
    sequence: null,
    session_id: subscription.session_id,
    merchant_order_id: subscription.merchant_order_id,
    created: subscription.created,
    updated: subscription.updated,
    live: subscription.live,
    external_id: subscription.external_id,
    product_attribute: null,
    cancel_reason_code: subscription.cancel_reason_code,
    customer_rep: null,
    club: null,
    prepaid_subscription_context: subscription.prepaid_subscription_context,
    currency_code: currency(switches, subscription.currency_code),
  });
}

export function productPayload(product: ProductRecord): Payload {
  const { eligibility: _offersHostOnly, recurringDiscount: _notSent, ...fields } = product;
  return { ...fields, groups: groupsOf(product), offer_profile: null, extra_data: null, premier_enabled: 0 };
}

/** Returns the group rows of a product. REST shows eligibility among them, so an empty list and no entry look alike. */
export function groupsOf({ eligibility, groups }: ProductRecord): readonly ProductGroup[] {
  return [...(eligibility ?? []).map((name) => ({ group_type: 'eligibility', name })), ...groups];
}

const CONVERTED_TYPES = { subscription_type: 'replenishment', raw_subscription_type: 'IU replenishment' };

function typesAreFilled({ switches, clock }: OrdergrooveContext, subscription: SubscriptionRecord): boolean {
  const delay = switches.get('typesFilledAfterMs');
  if (subscription.raw_subscription_type !== null || delay < 0) return false;
  return clock.now().getTime() - fromCentral(subscription.created).getTime() >= delay;
}

function holdsPlan({ store }: OrdergrooveContext, order: OrderRecord): boolean {
  return store.itemsOf(order.public_id).some((item) => store.products.get(item.product)?.product_type === 'plan');
}

function currency(switches: OrdergrooveSwitches, code: string | null): string | undefined {
  return switches.get('omitCurrencyCode') || code === null ? undefined : code;
}

const WITHOUT_MINOR_UNIT = new Set(['JPY', 'KRW', 'VND', 'CLP']);

function moneyWriter(switches: OrdergrooveSwitches, currencyCode: string | null): (text: string) => string {
  const isWhole = WITHOUT_MINOR_UNIT.has(currencyCode ?? '') && switches.get('zeroDecimalDigits') === 0;
  return isWhole ? (text) => text.replace(/\.00$/u, '') : (text) => text;
}

function rejectedMessage(switches: OrdergrooveSwitches, message: string | null): string | null {
  return message !== null && switches.get('jsonStringFields') ? JSON.stringify({ message, code: '140' }) : message;
}

function extraData(switches: OrdergrooveSwitches, value: unknown): unknown {
  return value !== null && switches.get('jsonStringFields') ? JSON.stringify(value) : value;
}

function finished(switches: OrdergrooveSwitches, payload: Payload): Payload {
  if (!switches.get('emptyStringForNull')) return payload;
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, value === null ? '' : value]));
}
