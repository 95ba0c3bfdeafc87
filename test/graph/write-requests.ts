import type { AddUpsellItemInput } from '../generated/graphql.js';
import { FakeShop } from './fake-shop.js';
import type { GraphClient } from './graph-client.js';
import { idOf, sampleLine, sampleOrder, sampleProduct, sampleSubscription } from './sample-records.js';

export const orderId = idOf('Order', 'og-us', 'o1');
export const lineItemId = idOf('LineItem', 'og-us', 'l1');
export const idempotencyKey = 'decision-0000000001';
export const add: AddUpsellItemInput = { idempotencyKey, orderId, item: { providerProduct: { providerId: 'tea' } } };

/** Has one of each that a write is about. */
export function shopToWriteTo(): FakeShop {
  const shop = new FakeShop('og-us');
  shop.orders = [sampleOrder('og-us', 'o1')];
  shop.lines = [sampleLine(sampleOrder('og-us', 'o1'), 'l1')];
  shop.products = [sampleProduct('og-us', 'tea')];
  shop.subscriptions = [sampleSubscription('og-us', 's1')];
  return shop;
}

export async function addItem(client: GraphClient, input: object) {
  const { data, errors } = await client.send(
    `mutation ($input: AddUpsellItemInput!) {
      addUpsellItem(input: $input) { operation { id } replayed errors { __typename code path message retry ... on ValidationError { rule } } }
    }`,
    { input },
  );
  return { payload: Object(data).addUpsellItem, errors };
}
