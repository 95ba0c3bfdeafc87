import { isObject, type JsonObject } from '../kit/json-object.js';
import type { RechargeContext } from './context.js';
import { amountText, discountsOf, taxOf, totalsOf } from './pricing.js';
import { isPrepaid } from './rebuild.js';
import type {
  AddressRecord,
  ChargeLine,
  ChargeRecord,
  CustomerRecord,
  OnetimeRecord,
  OrderRecord,
  PlanRecord,
  Property,
  SubscriptionRecord,
  VariantRecord,
} from './records.js';

const ecommerce = (id: string | null) => ({ ecommerce: id });

export function dateText({ switches }: RechargeContext, date: string | null): string | null {
  if (date === null) return null;
  const style = switches.get('dates');
  return style === 'date' ? date : `${date}T00:00:00${style === 'offset' ? '+00:00' : ''}`;
}

function propertiesText({ switches }: RechargeContext, properties: readonly Property[]) {
  if (switches.get('properties') === 'list') return properties;
  return Object.fromEntries(properties.map(({ name, value }) => [name, value]));
}

export function chargePayload(context: RechargeContext, charge: ChargeRecord): JsonObject {
  const { store, switches } = context;
  const totals = totalsOf(context, charge);
  const customer = store.customers.existing(charge.customer_id);
  const flagName = switches.get('uncommittedFlag');
  return {
    id: charge.id,
    address_id: charge.address_id,
    customer: {
      id: customer.id,
      email: customer.email,
      external_customer_id: ecommerce(customer.external_customer_id),
      hash: `${customer.id.toString(16)}c0ffee`,
    },
    status: charge.status,
    type: charge.type,
    scheduled_at: dateText(context, charge.scheduled_at),
    original_scheduled_at: charge.original_scheduled_at,
    merged_at: charge.merged_at,
    processed_at: charge.processed_at,
    retry_date: charge.retry_date,
    ...(flagName !== 'absent' && { [flagName]: charge.has_uncommitted_changes }),
    currency: charge.currency,
    line_items: charge.lines.map((line) => linePayload(context, charge, line)),
    subtotal_price: amountText(totals.lines - totals.discount),
    total_line_items_price: amountText(totals.lines),
    total_discounts: amountText(totals.discount),
    total_tax: amountText(totals.tax),
    total_duties: '0.00',
    total_refunds: null,
    total_price: amountText(totals.total),
    taxes_included: false,
    taxable: totals.tax > 0,
    shipping_lines: charge.shipping.map(({ title, price, status }) => ({
      code: title,
      title,
      price: amountText(switches.get('freeShippingFrom') > 0 ? totals.shipping : price),
      source: 'shopify',
      retrieved_at: null,
      status,
      taxable: false,
      tax_lines: [],
    })),
    discounts: discountsOf(store, charge).map(({ id, code, percent }) => ({
      id,
      code,
      value: percent,
      value_type: 'percentage',
      application_method: 'code',
    })),
    tax_lines: [],
    orders_count: charge.orders_count,
    external_order_id: ecommerce(charge.external_order_id),
    payment_processor: 'shopify_payments',
    note: null,
    error: charge.error,
    error_type: charge.error_type,
    charge_attempts: charge.charge_attempts,
    created_at: charge.created_at,
    updated_at: charge.updated_at,
  };
}

const OPTIONAL_KEYS = new Set(['tax_lines', 'shipping_lines', 'discounts', 'total_tax', 'has_uncommitted_changes']);

/** Changes the first row of a list to what one of them may be like; the others are as ever. */
export function oddly({ switches }: RechargeContext, index: number, charge: JsonObject): JsonObject {
  const odd = switches.get('oddCharge');
  if (index > 0 || odd === 'none') return charge;
  const lines = charge['line_items'];
  if (odd === 'unknown status') return { ...charge, status: 'on_the_moon' };
  if (odd === 'optional keys missing') {
    return Object.fromEntries(Object.entries(charge).filter(([name]) => !OPTIONAL_KEYS.has(name)));
  }
  const [first = {}, ...others] = Array.isArray(lines) ? lines.filter(isObject) : [];
  if (odd === 'item named twice') return { ...charge, line_items: [first, first, ...others] };
  const strange =
    odd === 'unknown type' ? { purchase_item_type: 'something_new' } : { external_variant_id: ecommerce(null) };
  return { ...charge, line_items: [{ ...first, ...strange }, ...others] };
}

function linePayload(context: RechargeContext, charge: ChargeRecord, line: ChargeLine): JsonObject {
  const { store } = context;
  const variant = store.variants.existing(line.external_variant_id);
  const tax = taxOf(line, store.addresses.existing(charge.address_id));
  return {
    ...(line.purchase_item_id !== null && { purchase_item_id: line.purchase_item_id }),
    ...(line.purchase_item_type !== null && { purchase_item_type: line.purchase_item_type }),
    external_product_id: ecommerce(variant.external_product_id),
    external_variant_id: ecommerce(line.external_variant_id),
    title: variant.product_title,
    variant_title: variant.title,
    sku: variant.sku,
    handle: variant.handle,
    ...(variant.image !== null && { images: { small: variant.image, medium: variant.image, large: variant.image } }),
    quantity: line.quantity,
    unit_price: amountText(line.unit_price),
    unit_price_includes_tax: false,
    original_price: amountText(line.unit_price),
    total_price: amountText(line.quantity * line.unit_price + tax),
    tax_due: amountText(tax),
    taxable: tax > 0,
    properties: propertiesText(context, line.properties),
    offer_attributes: line.is_gift ? { type: 'free_gift', source: 'charge' } : null,
  };
}

function itemPayload(context: RechargeContext, item: OnetimeRecord | SubscriptionRecord): JsonObject {
  const { store } = context;
  const variant = store.variants.existing(item.external_variant_id);
  return {
    id: item.id,
    address_id: item.address_id,
    customer_id: item.customer_id,
    external_product_id: ecommerce(variant.external_product_id),
    external_variant_id: ecommerce(item.external_variant_id),
    next_charge_scheduled_at: dateText(context, item.next_charge_scheduled_at),
    price: amountText(item.price),
    presentment_currency: store.addresses.existing(item.address_id).presentment_currency,
    quantity: item.quantity,
    product_title: variant.product_title,
    variant_title: variant.title,
    sku: variant.sku,
    sku_override: false,
    properties: propertiesText(context, item.properties),
    created_at: item.created_at,
    updated_at: item.updated_at,
  };
}

export function onetimePayload(context: RechargeContext, onetime: OnetimeRecord): JsonObject {
  return { ...itemPayload(context, onetime), is_cancelled: onetime.is_cancelled };
}

export function subscriptionPayload(context: RechargeContext, subscription: SubscriptionRecord): JsonObject {
  const { switches, store } = context;
  const flag = (value: boolean) => (switches.get('booleans') === 'booleans' ? value : Number(value));
  const count = (value: number) => (switches.get('frequencies') === 'numbers' ? value : String(value));
  const isActive = subscription.status === 'active';
  const hasQueued = store
    .chargesOf(subscription.address_id)
    .some((each) => each.status === 'queued' && each.lines.some((line) => line.purchase_item_id === subscription.id));
  return {
    ...itemPayload(context, subscription),
    status: subscription.status,
    order_interval_unit: shownUnit(switches.get('units'), subscription.order_interval_unit),
    order_interval_frequency: count(subscription.order_interval_frequency),
    charge_interval_frequency: count(subscription.charge_interval_frequency),
    is_prepaid: flag(isPrepaid(subscription)),
    is_skippable: flag(isActive),
    is_swappable: flag(isActive),
    has_queued_charges: flag(hasQueued),
    max_retries_reached: flag(subscription.max_retries_reached),
    cancelled_at: subscription.cancelled_at,
    cancellation_reason: subscription.cancellation_reason,
    cancellation_reason_comments: null,
    expire_after_specific_number_of_charges: subscription.expire_after_specific_number_of_charges,
    order_day_of_month: null,
    order_day_of_week: null,
  };
}

function shownUnit(style: 'month' | 'months' | 'Months', unit: string): string {
  if (style === 'month') return unit;
  return style === 'months' ? `${unit}s` : `${unit.slice(0, 1).toUpperCase()}${unit.slice(1)}s`;
}

export function customerPayload({ external_customer_id, ...customer }: CustomerRecord): JsonObject {
  return { ...customer, external_customer_id: ecommerce(external_customer_id) };
}

export function addressPayload({ id, customer_id, presentment_currency, discounts }: AddressRecord): JsonObject {
  return { id, customer_id, presentment_currency, discounts: discounts.map((each) => ({ id: each.id })) };
}

export function orderPayload(order: OrderRecord): JsonObject {
  const { id, charge_id, customer_id, address_id, scheduled_at, status } = order;
  return {
    id,
    charge: { id: charge_id },
    customer: { id: customer_id },
    address_id,
    scheduled_at: `${scheduled_at}T04:00:00+00:00`,
    status,
  };
}

/** Lists deliveries by the day, with paid shipments: an order yet to be made has no id, and a shipment no charge. */
export function deliverySchedule(context: RechargeContext, { id }: CustomerRecord): JsonObject {
  const { store } = context;
  const charged = store.charges
    .filter(({ customer_id: owner, status }) => owner === id && status === 'queued')
    .map((charge) => ({
      date: charge.scheduled_at,
      order: {
        id: null,
        charge_id: charge.id,
        address_id: charge.address_id,
        line_items: charge.lines.map((line) => linePayload(context, charge, line)),
      },
    }));
  const paid = store.orders
    .filter(({ customer_id: owner, status }) => owner === id && status === 'queued')
    .map((order) => ({
      date: order.scheduled_at,
      order: { id: order.id, charge_id: null, address_id: order.address_id, line_items: [] },
    }));
  const all = [...charged, ...paid];
  const dates = [...new Set(all.map(({ date }) => date))].toSorted();
  return {
    customer: { id },
    deliveries: dates.map((date) => ({
      date,
      orders: all.filter((each) => each.date === date).map(({ order }) => order),
    })),
  };
}

export function planPayload(plan: PlanRecord): JsonObject {
  return {
    id: plan.id,
    type: plan.type,
    title: plan.title,
    external_product_id: ecommerce(plan.external_product_id),
    external_variant_ids: null,
    has_variant_restrictions: false,
    deleted_at: plan.deleted_at,
    discount_amount: String(plan.percent_off),
    discount_type: 'percentage',
    subscription_preferences: {
      order_interval_frequency: plan.order_interval_frequency,
      charge_interval_frequency: plan.charge_interval_frequency,
      interval_unit: plan.interval_unit,
    },
  };
}

/** Shows one product of the search with the variants that were asked for. Ids are text here. */
export function productPayload({ store }: RechargeContext, variants: readonly VariantRecord[]): JsonObject {
  const [first] = variants;
  const plans = store.plans.filter(({ external_product_id: product }) => product === first?.external_product_id);
  return {
    external_product_id: first?.external_product_id,
    title: first?.product_title,
    handle: first?.handle,
    images: first?.image ? [{ small: first.image, medium: first.image, large: first.image }] : [],
    is_deleted: variants.every((each) => each.is_deleted),
    is_published: variants.some((each) => each.is_published),
    has_plans: plans.length > 0,
    plans: plans.map(({ id, type, title, deleted_at, ...plan }) => ({
      id,
      type,
      title,
      deleted_at,
      subscription_preferences: {
        order_interval_frequency: plan.order_interval_frequency,
        charge_interval_frequency: plan.charge_interval_frequency,
        interval_unit: plan.interval_unit,
      },
    })),
    variants: variants.map((variant) => variantPayload(variant, plans)),
  };
}

function variantPayload(variant: VariantRecord, plans: readonly PlanRecord[]): JsonObject {
  const [own, ...others] = variant.prices.map(({ currency, unit_price }) => ({
    currency,
    unit_price: amountText(unit_price),
    compare_at_price: null,
    plans: plans.map(({ id, percent_off }) => ({
      id,
      discount_value: String(percent_off),
      discounted_price: amountText(reducedBy(unit_price, percent_off)),
    })),
  }));
  return {
    external_variant_id: variant.external_variant_id,
    title: variant.title,
    sku: variant.sku,
    is_deleted: variant.is_deleted,
    is_published: variant.is_published,
    inventory: { level: variant.level, policy: variant.policy, tracking: variant.level === null ? null : 'shopify' },
    prices: own
      ? [{ ...own, presentment_prices: others.map((each) => ({ ...each, default_currency: own.currency })) }]
      : [],
    price_includes_tax: false,
  };
}

export function reducedBy(price: number, percent: number): number {
  return Math.round((price * (100 - percent)) / 100);
}

/**
 * Converts an answer to the shape of 2021-01, which answers where no version is named: other ids, numbers and words.
 */
export function toOldShape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toOldShape);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]): [string, unknown][] => {
      if (name.endsWith('_cursor')) return [];
      if (name.startsWith('external_') && isObject(each)) {
        return [[name.replace('external_', 'shopify_'), Number(each['ecommerce'])]];
      }
      if (name === 'status' && typeof each === 'string') return [[name, each.toUpperCase()]];
      const isAmount = /price|^total_/u.test(name) && typeof each === 'string';
      return [[name, isAmount ? Number(each) : toOldShape(each)]];
    }),
  );
}
