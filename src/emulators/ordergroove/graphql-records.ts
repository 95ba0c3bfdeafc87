import { toOffsetText } from './central-time.js';
import { field, type Source } from './graphql-answer.js';
import { groupsOf, itemPayload, orderPayload, type Payload, productPayload, subscriptionPayload } from './payloads.js';
import type { ItemRecord, OrderRecord, ProductRecord, SubscriptionRecord } from './records.js';
import type { OrdergrooveWorld } from './world.js';

/** GraphQL shows the same records in camel case, with nested objects for ids and offsets on dates. */
export function orderSource(world: OrdergrooveWorld, order: OrderRecord): Source {
  const { store, switches } = world;
  return {
    ...scalars(world, 'Order', orderPayload(world, order, { hasPlan: true })),
    customer: field(() => recordSource(world, 'Customer', store.customers.get(order.customer))),
    payment: field(() => recordSource(world, 'Payment', store.payments.get(order.payment ?? ''))),
    shippingAddress: field(() => recordSource(world, 'Address', store.addresses.get(order.shipping_address ?? ''))),
    oneTimeIncentives: field(() =>
      store.oneTimeIncentives
        .filter((row) => row.order === order.public_id)
        .map((row) => recordSource(world, 'OneTimeIncentive', row)),
    ),
    items: field((given) => {
      const items = store.itemsOf(order.public_id);
      const asked = Number(given.get('first') ?? switches.get('graphqlItemCap'));
      const size = Math.min(asked, switches.get('graphqlItemCap'));
      return {
        __typename: 'ItemPage',
        hasMore: items.length > size,
        nodes: items.slice(0, size).map((item) => itemSource(world, item)),
      };
    }),
  };
}

export function subscriptionSource(world: OrdergrooveWorld, subscription: SubscriptionRecord): Source {
  const { store } = world;
  return {
    ...scalars(world, 'Subscription', subscriptionPayload(world, subscription, { isRead: true })),
    customer: field(() => recordSource(world, 'Customer', store.customers.get(subscription.customer))),
    payment: field(() => recordSource(world, 'Payment', store.payments.get(subscription.payment ?? ''))),
    shippingAddress: field(() =>
      recordSource(world, 'Address', store.addresses.get(subscription.shipping_address ?? '')),
    ),
    product: field(() => productSource(world, store.products.get(subscription.product))),
  };
}

function itemSource(world: OrdergrooveWorld, item: ItemRecord): Source {
  const { store } = world;
  return {
    ...scalars(world, 'Item', itemPayload(world, item, { isRead: true })),
    product: field(() => productSource(world, store.products.get(item.product))),
    subscription: field(() => {
      const subscription = store.subscriptions.get(item.subscription ?? '');
      return subscription ? subscriptionSource(world, subscription) : null;
    }),
  };
}

function productSource(world: OrdergrooveWorld, product: ProductRecord | undefined): Source | null {
  if (!product) return null;
  const groups = groupsOf(product).map((group) => recordSource(world, 'ProductGroup', group));
  return { ...scalars(world, 'Product', productPayload(product)), groups };
}

function recordSource(world: OrdergrooveWorld, type: string, record: object | undefined): Source | null {
  return record ? scalars(world, type, { ...record }) : null;
}

const MONEY = /^(?:sub_total|tax_total|shipping_total|discount_total|total|price|total_price)$/u;
const DATE_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u;

function scalars({ switches }: OrdergrooveWorld, type: string, payload: Payload): Source {
  const isNumber = switches.get('graphqlDecimal') === 'number';
  const fields = Object.entries(payload).map(([name, value]) => {
    const key = name.replace(/_(\w)/gu, (_match, letter: string) => letter.toUpperCase());
    if (typeof value === 'object' && value !== null) return [key, JSON.stringify(value)];
    if (typeof value === 'string' && DATE_TIME.test(value)) return [key, toOffsetText(value)];
    return [key, isNumber && MONEY.test(name) ? Number(value) : value];
  });
  return { ...Object.fromEntries(fields), __typename: type };
}
