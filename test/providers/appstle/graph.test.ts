import { describe, expect, test } from '@jest/globals';
import { toGlobalId } from '../../../src/domain/reference.js';
import { demoApiKey } from '../../../src/emulators/appstle/scenarios/demo-credentials.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoVariants,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { wideIds } from '../../../src/emulators/appstle/scenarios/wide-ids.js';
import { calls, harness, ROBIN } from './harness.js';

const { next, last } = demoAttempts;

const orderId = (key: string) => toGlobalId({ type: 'Order', account: 'appstle-us', key });

const OVERVIEW = `query {
  viewer {
    customer {
      upcomingOrders(first: 100) {
        sources { state }
        nodes {
          providerId
          status
          totals { estimated total { amount currency } }
          lineItems(first: 20) {
            nodes {
              providerId
              origin
              quantity
              purchaseMode
              unitPrice { amount currency }
              product { providerId title handle }
              subscription { providerId }
            }
          }
        }
      }
      subscriptions(first: 100) { nodes { providerId status nextOrder { providerId } } }
    }
  }
}`;

interface Overview {
  readonly upcomingOrders: {
    readonly nodes: readonly { providerId: string; lineItems: { nodes: readonly { origin: string }[] } }[];
  };
  readonly subscriptions: { readonly nodes: readonly unknown[] };
}

/** The data of one request, by the demo shopper or by whom is named. */
async function graph(source: string, variables = {}, customerId = harness.shopper): Promise<Record<string, unknown>> {
  return Object((await harness.graph(source, variables, { customerId })).value);
}

async function overview(customerId?: string) {
  const data = await graph(OVERVIEW, {}, customerId);
  const { upcomingOrders, subscriptions } = Object(data['viewer']).customer as Overview;
  return { orders: upcomingOrders.nodes, subscriptions: subscriptions.nodes };
}

describe('the graph over Appstle', () => {
  test('answers the documented one-off as the one-time item of the next upcoming order', async () => {
    harness.restart('documented');
    const { orders, subscriptions } = await overview(ROBIN);
    expect(orders.map(({ providerId }) => providerId)).toEqual(['54321', '54322', '54323']);
    expect(orders[0]?.lineItems.nodes.filter(({ origin }) => origin === 'UPSELL')).toEqual([
      {
        providerId: '12345',
        origin: 'UPSELL',
        quantity: 2,
        purchaseMode: 'ONE_TIME',
        unitPrice: { amount: '19.99', currency: 'USD' },
        product: { providerId: '42549172011164', title: null, handle: 'premium-coffee-blend-500g' },
        subscription: null,
      },
    ]);
    expect(orders[0]).toMatchObject({ totals: { estimated: true, total: { amount: '57.48', currency: 'USD' } } });
    expect(orders[1]?.lineItems.nodes.map(({ origin }) => origin)).toEqual(['RECURRING']);
    expect(subscriptions).toEqual([{ providerId: '98765', status: 'ACTIVE', nextOrder: { providerId: '54321' } }]);
  });

  test('finds an upcoming order by its attempt alone, for the shopper whose it is', async () => {
    harness.restart('documented');
    const find = `query ($providerId: String!) {
      orderByProviderId(accountKey: "appstle-us", providerId: $providerId) { id }
    }`;
    const { orderByProviderId } = await graph(find, { providerId: '54321' }, ROBIN);
    expect(orderByProviderId).toEqual({ id: orderId('98765/54321') });
    expect(await graph(find, { providerId: '54321' })).toEqual({ orderByProviderId: null });
    expect(await graph(find, { providerId: '1' }, ROBIN)).toEqual({ orderByProviderId: null });
  });

  test('shows no upcoming order of a paused contract, and says why', async () => {
    harness.restart('documented');
    await fetch(
      `${harness.emulator.url}/api/external/v2/subscription-contracts-update-status?contractId=98765&status=PAUSED`,
      {
        method: 'PUT',
        headers: { 'x-api-key': demoApiKey },
      },
    );
    const { orders, subscriptions } = await overview(ROBIN);
    expect(orders).toEqual([]);
    expect(subscriptions).toEqual([{ providerId: '98765', status: 'PAUSED', nextOrder: null }]);
    const input = {
      orderId: orderId('98765/54321'),
      idempotencyKey: 'graph-add-to-paused-contract',
      item: { providerProduct: { providerId: '42549172011164', handle: 'premium-coffee-blend-500g' } },
    };
    const { addUpsellItem } = await graph(ADD, { input }, ROBIN);
    expect(addUpsellItem).toMatchObject({
      errors: [
        {
          __typename: 'NotEligibleError',
          message: 'Not eligible: SUBSCRIPTION_NOT_ACTIVE.',
          shopperMessage: 'This subscription is paused.',
          reasons: [{ code: 'SUBSCRIPTION_NOT_ACTIVE' }],
        },
      ],
    });
  });

  test('keeps ids beyond 2^53 in every field, and its own IDs lead back to them', async () => {
    harness.restart('wide');
    const { orders, subscriptions } = await overview(wideIds.customer);
    expect(orders).toMatchObject([
      {
        providerId: wideIds.attempt,
        lineItems: {
          nodes: [
            {
              product: { providerId: wideIds.recurring, title: 'Green Tea 100g' },
              subscription: { providerId: wideIds.contract },
            },
            { providerId: wideIds.oneOff, product: { providerId: wideIds.variant } },
          ],
        },
      },
    ]);
    expect(subscriptions).toMatchObject([{ providerId: wideIds.contract, nextOrder: { providerId: wideIds.attempt } }]);
    const id = orderId(`${wideIds.contract}/${wideIds.attempt}`);
    const { order } = await graph('query ($id: ID!) { order(id: $id) { providerId } }', { id }, wideIds.customer);
    expect(order).toEqual({ providerId: wideIds.attempt });
  });

  test('reads a customer with 20 contracts in 22 calls', async () => {
    harness.restart('large');
    const { orders, subscriptions } = await overview();
    expect([orders.length, subscriptions.length, calls().length]).toEqual([60, 20, 22]);
  });

  test('answers an item that Appstle moved with the order it had gone to', async () => {
    harness.emulator.switches.setAll({ oneOffTarget: 'next' });
    const input = {
      orderId: orderId(`${demoContracts.coffee}/${last}`),
      idempotencyKey: 'graph-add-that-is-moved',
      item: { providerProduct: { providerId: demoVariants.syrup, handle: demoHandles.syrup } },
    };
    const { addUpsellItem } = await graph(ADD, { input });
    expect(addUpsellItem).toMatchObject({
      errors: [{ __typename: 'TargetMovedError', actualOrder: { providerId: next } }],
    });
  });
});

const ADD = `mutation ($input: AddUpsellItemInput!) {
  addUpsellItem(input: $input) {
    errors {
      __typename
      message shopperMessage
      ... on NotEligibleError { reasons { code } }
      ... on TargetMovedError { actualOrder { providerId } }
    }
  }
}`;
