import type { EntityType } from '../../src/domain/reference.js';
import { fromGlobalId, toGlobalId } from '../../src/domain/reference.js';
import { subjects } from '../subjects/index.js';
import type { FullStack } from '../support/full-stack.js';

/** IDs of records that are there, by type. */
export type KnownRecords = Readonly<Record<EntityType, readonly string[]>>;

const HARVEST = `query ($ids: [ID!]!) {
  accounts { id }
  viewer { customer { id subscriptions(first: 20) { nodes { id } } } }
  upcomingOrders(first: 20) { nodes { ...Records } }
  nodes(ids: $ids) { ...Records }
}
fragment Records on Order {
  id
  lineItems(first: 20) { nodes { id product { id } } }
  offers { id product { id } }
}`;

const COMPLETE = `mutation ($input: CompleteCheckoutInput!) { completeCheckout(input: $input) { order { id } } }`;

/** What the demo shopper sees of the sandbox. Orders that are in no list are known beforehand. */
export async function findRecords(stack: FullStack): Promise<KnownRecords> {
  const authorization = await stack.bearer();
  const ask = async (query: string, variables: object) =>
    (await stack.send({ query, variables }, { authorization })).text;
  const ids: string[] = [];
  for (const { account, unlisted } of subjects.values()) {
    ids.push(...(unlisted.orders ?? []).map((key) => toGlobalId({ type: 'Order', account, key })));
    const completed = (unlisted.checkouts ?? []).map((checkoutId) =>
      ask(COMPLETE, {
        input: {
          accountKey: account,
          providerCheckoutId: checkoutId,
          idempotencyKey: `finish ${checkoutId}`,
          paymentFields: { klarna_order: 'k-1' },
        },
      }),
    );
    ids.push(...(await Promise.all(completed)).flatMap(idsIn));
  }
  const found = new Set(idsIn(await ask(HARVEST, { ids })));
  const ofType = (type: EntityType) => [...found].filter((id) => fromGlobalId(id)?.type === type);
  return {
    ProviderAccount: ofType('ProviderAccount'),
    Customer: ofType('Customer'),
    Product: ofType('Product'),
    Order: ofType('Order'),
    LineItem: ofType('LineItem'),
    SubscriptionContract: ofType('SubscriptionContract'),
    UpsellOffer: ofType('UpsellOffer'),
    UpsellPreview: [],
    UpsellOperation: [],
  };
}

function idsIn(text: string): string[] {
  return Array.from(text.matchAll(/"id":"([^"]+)"/g), ([, id = '']) => id);
}
