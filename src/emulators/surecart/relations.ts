import { nowOf, type SureCartContext } from './context.js';
import type { AnyRecord, ObjectName, RecordOf } from './store.js';

/** `one`: an id that becomes an object. `many`: a key that is absent until it is expanded. */
export type Relation =
  { readonly one: ObjectName } | { readonly many: (context: SureCartContext, id: string) => readonly AnyRecord[] };

const many = (rows: (context: SureCartContext, id: string) => readonly AnyRecord[]): Relation => ({ many: rows });

/** https://developer.surecart.com/api-reference/expanding-responses */
export const relations: { readonly [Name in ObjectName]?: Readonly<Record<string, Relation>> } = {
  customer: { default_payment_method: { one: 'payment_method' } },
  payment_method: { customer: { one: 'customer' } },
  product: {
    prices: many(({ store }, id) => store.tables.price.filter(({ product }) => product === id)),
    variants: many(({ store }, id) => store.tables.variant.filter(({ product }) => product === id)),
  },
  variant: { product: { one: 'product' } },
  price: { product: { one: 'product' }, current_swap: { one: 'swap' } },
  upsell: { price: { one: 'price' }, upsell_funnel: { one: 'upsell_funnel' } },
  upsell_funnel: {
    upsells: many(({ store }, id) => store.tables.upsell.filter(({ upsell_funnel: funnel }) => funnel === id)),
  },
  swap: { price: { one: 'price' }, swap_price: { one: 'price' } },
  checkout: {
    customer: { one: 'customer' },
    current_upsell: { one: 'upsell' },
    upsell_funnel: { one: 'upsell_funnel' },
    order: { one: 'order' },
    payment_method: { one: 'payment_method' },
    manual_payment_method: { one: 'manual_payment_method' },
    line_items: many(({ store }, id) => store.linesOf(id)),
    purchases: many(({ store }, id) => store.tables.purchase.filter(({ hidden }) => hidden.checkout === id)),
    subscriptions: many((context, id) =>
      context.store.tables.subscription.filter((row) => row.hidden.checkout === id && isVisible(context, row)),
    ),
    checkout_fees: many(() => []),
  },
  line_item: {
    checkout: { one: 'checkout' },
    price: { one: 'price' },
    upsell: { one: 'upsell' },
    swap: { one: 'swap' },
    variant: { one: 'variant' },
    fees: many(({ store }, id) => store.feesOf(id)),
  },
  fee: { line_item: { one: 'line_item' } },
  order: { checkout: { one: 'checkout' } },
  purchase: {
    customer: { one: 'customer' },
    initial_order: { one: 'order' },
    price: { one: 'price' },
    product: { one: 'product' },
    subscription: { one: 'subscription' },
    variant: { one: 'variant' },
  },
  subscription: {
    customer: { one: 'customer' },
    price: { one: 'price' },
    purchase: { one: 'purchase' },
    payment_method: { one: 'payment_method' },
    manual_payment_method: { one: 'manual_payment_method' },
    current_period: { one: 'period' },
    variant: { one: 'variant' },
  },
  period: {
    checkout: { one: 'checkout' },
    price: { one: 'price' },
    subscription: { one: 'subscription' },
    variant: { one: 'variant' },
  },
  charge: { checkout: { one: 'checkout' }, payment_method: { one: 'payment_method' } },
  refund: { charge: { one: 'charge' } },
};

/** Whether a subscription is visible yet. A new one may take a while to appear. */
export function isVisible(context: SureCartContext, { hidden }: RecordOf<'subscription'>): boolean {
  return nowOf(context) >= hidden.visibleAt;
}
