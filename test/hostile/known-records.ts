import type { EntityType } from '../../src/domain/reference.js';
import { fromGlobalId, toGlobalId } from '../../src/domain/reference.js';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import { sandboxOrders } from '../../src/emulators/surecart/scenarios/sandbox.js';
import type { WholeShop } from '../whole-shop.js';

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

/** What the demo shopper sees of the sandbox. Orders of Centra and SureCart are in no list: they are known beforehand. */
export async function findRecords(shop: WholeShop): Promise<KnownRecords> {
  const authorization = await shop.bearer();
  const ask = async (query: string, variables: object) =>
    (await shop.send({ query, variables }, { authorization })).text;
  const { account: centra } = shop.stall('centra');
  const { account: surecart } = shop.stall('surecart');
  const completed = await Promise.all(
    Object.values(demoCheckouts).map((checkoutId) =>
      ask(COMPLETE, {
        input: { accountKey: centra, providerCheckoutId: checkoutId, paymentFields: { klarna_order: 'k-1' } },
      }),
    ),
  );
  const ids = [
    ...completed.flatMap(idsIn),
    ...Object.values(sandboxOrders).map((key) => toGlobalId({ type: 'Order', account: surecart, key })),
  ];
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
