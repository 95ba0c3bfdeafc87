import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoVariants,
} from '../../src/emulators/appstle/scenarios/demo-records.js';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { sandboxOrders } from '../../src/emulators/surecart/scenarios/sandbox.js';
import { type Mall, orderId, type Shop } from '../outbound/mall.js';
import type { Measured } from './waves.js';

/** One query over one provider, beside the fewest calls its API allows. */
export interface CallsCase {
  readonly operation: string;
  readonly data: string;
  readonly variables: object;
  readonly least: Measured;
  /** Why more calls are made than the least; only where that is so. */
  readonly reason?: string;
}

/** What an emulator is started with, and the queries measured there, in this order. */
export interface CallsSubject {
  readonly shop: Shop;
  readonly scenario?: string;
  readonly switches?: Readonly<Record<string, unknown>>;
  prepare(mall: Mall): Promise<readonly CallsCase[]>;
}

const KEY = 'an-item-for-the-calls-table';

const none: Measured = { calls: 0, depth: 0 };
const oneCall: Measured = { calls: 1, depth: 1 };

const ADD = `mutation ($input: AddUpsellItemInput!) { addUpsellItem(input: $input) { operation { status } } }`;

async function add(mall: Mall, order: string, item: object): Promise<void> {
  const data = await mall.ask(ADD, { input: { idempotencyKey: KEY, orderId: order, item } });
  if (data.at('addUpsellItem', 'operation', 'status') !== 'SUCCEEDED') throw new Error(JSON.stringify(data.value));
}

function upcoming(data: string, least: Measured, reason?: string): CallsCase {
  return {
    operation: 'UpcomingOrders',
    data,
    variables: { first: 100 },
    least,
    ...(reason !== undefined && { reason }),
  };
}

const found = (least: Measured, reason?: string): CallsCase => ({
  operation: 'OperationByKey',
  data: 'one added item',
  variables: { idempotencyKey: KEY },
  least,
  ...(reason !== undefined && { reason }),
});

const capabilities: CallsCase = { operation: 'AccountsAndCapabilities', data: '', variables: {}, least: none };

const GRAPHQL =
  'GraphQL answers all of it at once, but neither the size of its item pages nor its limits and errors are documented';

const ordergroove: CallsSubject = {
  shop: 'ordergroove',
  async prepare(mall) {
    const [next, later] = [demoOrders.next, demoOrders.later].map((key) => orderId('og-us', key));
    const item = { providerProduct: { providerId: '44931275400011' } };
    await add(mall, orderId('og-us', demoOrders.shipping), item);
    const rules = `${GRAPHQL}; whose order it is decides whether anything else is asked`;
    return [
      capabilities,
      upcoming('the sandbox', oneCall, `${GRAPHQL}; products wait for the items that name them`),
      {
        operation: 'MayIOffer',
        data: 'two orders',
        variables: { inputs: [next, later].map((each) => ({ orderId: each, item })) },
        least: { calls: 3, depth: 1 },
        reason: rules,
      },
      {
        operation: 'PreviewUpsell',
        data: 'one item',
        variables: { input: { orderId: next, item } },
        least: { calls: 3, depth: 1 },
        reason: rules,
      },
      found(oneCall, GRAPHQL),
    ];
  },
};

function ordergrooveLarge(orders: number, reason: string): CallsSubject {
  return {
    shop: 'ordergroove',
    scenario: 'large',
    switches: { largeOrders: orders, rateLimitPerMinute: 0 },
    prepare: async () => [upcoming(`${orders} orders of 5 items`, oneCall, reason)],
  };
}

const appstle: CallsSubject = {
  shop: 'appstle',
  async prepare(mall) {
    const at = (attempt: string, contract: string = demoContracts.coffee) =>
      orderId('appstle-us', `${contract}/${attempt}`);
    const item = { providerProduct: { providerId: demoVariants.syrup, handle: demoHandles.syrup } };
    await add(mall, at(demoAttempts.later), item);
    const independent = { calls: 3, depth: 1 };
    const reason = 'the queued orders tell which read of one-offs is the right one';
    return [
      capabilities,
      upcoming('four contracts with orders', { calls: 6, depth: 2 }),
      {
        operation: 'MayIOffer',
        data: 'orders of two contracts',
        variables: {
          inputs: [at(demoAttempts.next), at(demoAttempts.tea, demoContracts.tea)].map((each) => ({
            orderId: each,
            item,
          })),
        },
        least: { calls: 4, depth: 1 },
        reason,
      },
      {
        operation: 'PreviewUpsell',
        data: 'one item',
        variables: { input: { orderId: at(demoAttempts.next), item } },
        least: independent,
        reason,
      },
      found(independent, reason),
    ];
  },
};

const appstleLarge: CallsSubject = {
  shop: 'appstle',
  scenario: 'large',
  switches: { largeContracts: 20 },
  prepare: async () => [
    upcoming(
      '20 contracts of 3 orders',
      { calls: 22, depth: 2 },
      'one-offs are read contract by contract, ten at a time by the limit of the account',
    ),
  ],
};

const surecart: CallsSubject = {
  shop: 'surecart',
  async prepare(mall) {
    const [taxed, tea, coffee] = [sandboxOrders.taxed, sandboxOrders.tea, sandboxOrders.coffee].map((key) =>
      orderId('sc', key),
    );
    const offerOf = async (id: string | undefined) => {
      const data = await mall.ask('query ($id: ID!) { order(id: $id) { offers { id } } }', { id });
      return { offerId: data.text('order', 'offers', 0, 'id') };
    };
    const [ofTaxed, ofTea] = [await offerOf(taxed), await offerOf(tea)];
    await add(mall, coffee ?? '', await offerOf(coffee));
    return [
      capabilities,
      upcoming('the sandbox', none),
      {
        operation: 'MayIOffer',
        data: 'offers of two orders',
        variables: {
          inputs: [
            { orderId: taxed, item: ofTaxed },
            { orderId: tea, item: ofTea },
          ],
        },
        least: { calls: 3, depth: 2 },
      },
      {
        operation: 'PreviewUpsell',
        data: 'one offer',
        variables: { input: { orderId: taxed, item: ofTaxed } },
        least: { calls: 2, depth: 2 },
      },
      found(oneCall),
    ];
  },
};

const COMPLETE = `mutation ($input: CompleteCheckoutInput!) { completeCheckout(input: $input) { order { id } } }`;

const centra: CallsSubject = {
  shop: 'centra',
  async prepare(mall) {
    const complete = async (checkoutId: string) => {
      const input = {
        accountKey: 'centra-se',
        providerCheckoutId: checkoutId,
        paymentFields: { klarna_order: 'demo' },
      };
      return (await mall.ask(COMPLETE, { input })).text('completeCheckout', 'order', 'id');
    };
    const [first, second] = [await complete(demoCheckouts.first), await complete(demoCheckouts.second)];
    const item = { providerProduct: { providerId: '1001' } };
    await add(mall, first, item);
    const reason = 'whose order it is decides whether anything else is asked';
    return [
      capabilities,
      upcoming('the sandbox', none),
      {
        operation: 'MayIOffer',
        data: 'two orders',
        variables: { inputs: [first, second].map((each) => ({ orderId: each, item })) },
        least: { calls: 4, depth: 1 },
        reason,
      },
      {
        operation: 'PreviewUpsell',
        data: 'one item',
        variables: { input: { orderId: first, item } },
        least: { calls: 2, depth: 1 },
        reason,
      },
      found(oneCall),
    ];
  },
};

export const subjects: readonly CallsSubject[] = [
  appstle,
  appstleLarge,
  centra,
  ordergroove,
  ordergrooveLarge(20, `${GRAPHQL}; products wait for the items that name them`),
  ordergrooveLarge(100, `${GRAPHQL}; each page of items is named by the one before it`),
  surecart,
];
