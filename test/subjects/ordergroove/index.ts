import type { ItemChoice } from '../../../src/domain/eligibility.js';
import type { FaultSpecification } from '../../../src/emulators/kit/faults.js';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { emulators } from '../../../src/emulators/index.js';
import { ordergroove } from '../../../src/providers/ordergroove/index.js';
import type { ContractSubject } from '../../contract/subject.js';

const OTHER_SHOPPER = '00026001';

import { toGlobalId } from '../../../src/domain/reference.js';
import { demoApiKey, demoStorefrontKey } from '../../../src/emulators/ordergroove/scenarios/demo-credentials.js';
import { demoShopper } from '../../../src/emulators/ordergroove/scenarios/demo-shop.js';
import {
  addedItem,
  addItem,
  type CallsSubject,
  capabilities,
  mayIOffer,
  mySubscriptions,
  offersOfOrder,
  oneCall,
  previewUpsell,
  upcomingOrders,
  write,
} from '../../calls/calls-subject.js';
import { orderId } from '../../support/full-stack.js';
import { startHarness } from '../../support/provider-harness.js';
import type { ProviderSubject } from '../subject.js';

const ACCOUNT = 'og-us';
const orderAt = (key: string) => orderId(ACCOUNT, key);
const item = { providerProduct: { providerId: '44931275400011' } };
const every = { every: 8, unit: 'WEEK' };

const OWNER = 'whose order it is decides whether anything else is asked';
const RECURS = 'what recurs already is asked for';
const MADE = 'the look names the subscription that was made';
const GRAPHQL =
  'GraphQL answers all of it at once, but neither the size of its item pages nor its limits and errors are documented';

function large(orders: number, reason: string): CallsSubject {
  return {
    scenario: 'large',
    switches: { largeOrders: orders, rateLimitPerMinute: 0 },
    prepare: async () => [upcomingOrders(`${orders} orders of 5 items`, oneCall, reason)],
  };
}

export const subject: ProviderSubject = {
  account: ACCOUNT,
  switches: { rateLimitPerMinute: 0 },
  contract: { start, gaps: [] },
  unlisted: {},
  past: [demoOrders.placed],
  access: {
    demo: {},
    other: () => ({ customerId: '90071992547409931234' }),
    order: demoOrders.next,
    addition: { product: { providerId: '44931275400012' }, subscribe: { frequency: every } },
    personalWords: [demoShopper.merchant_user_id],
  },
  configuration: {
    settings: { merchantId: '0f1e2d3c4b5a69788796a5b4c3d2e1f0' },
    secrets: { apiKey: demoApiKey },
    furtherSecrets: ['storefrontKey'],
    answeredSecrets: { 'storefront key': demoStorefrontKey },
    impatient: { settlingSeconds: 1 },
  },
  writeRequests: [{ method: 'POST' }, { method: 'PATCH' }, { method: 'DELETE' }],
  addition: async () => ({ orderId: orderAt(demoOrders.next), item }),
  lists: {
    impossibleCustomers: ['', 'x'.repeat(300)],
    promiseAnotherPage: (text) =>
      text.replace(/"next": ?null/, '"next":"https://restapi.ordergroove.com/subscriptions/"'),
  },
  products: { possible: 'tea', impossible: ['x'.repeat(300)], impossibleVariants: ['tea-2'] },
  doctor: { permissions: { subscriptions: 'read subscriptions' } },
  session: { settings: { apiKey: undefined } },
  drive: {
    reads: () => ({ orders: [orderAt(demoOrders.next)], questions: [{ orderId: orderAt(demoOrders.next), item }] }),
    writes({ write }) {
      const line = { lineItemId: toGlobalId({ type: 'LineItem', account: ACCOUNT, key: demoOrders.oneTimeItem }) };
      return Promise.all([
        write('addUpsellItem', { orderId: orderAt(demoOrders.next), item }),
        write('addUpsellItem', { orderId: orderAt(demoOrders.later), item, subscribe: { frequency: every } }),
        write('changeUpsellItemQuantity', { ...line, quantity: 3 })
          .then(() => write('convertToSubscription', { ...line, subscribe: { frequency: every } }))
          .then(() => write('removeUpsellItem', line)),
      ]);
    },
  },
  calls: [
    {
      async prepare(stack) {
        const [next, later] = [orderAt(demoOrders.next), orderAt(demoOrders.later)];
        await addItem(stack, orderAt(demoOrders.shipping), item);
        const rules = `${GRAPHQL}; whose order it is decides whether anything else is asked`;
        const inputs = [next, later].map((each) => ({ orderId: each, item }));
        return [
          capabilities,
          mySubscriptions(oneCall, `${GRAPHQL}; a next delivery is the day of the next order that holds an item of it`),
          upcomingOrders('the sandbox', oneCall, `${GRAPHQL}; products wait for the items that name them`),
          mayIOffer('two orders', inputs, { calls: 3, depth: 1 }, rules),
          previewUpsell('one item', { orderId: next, item }, { calls: 3, depth: 1 }, rules),
          addedItem(oneCall, GRAPHQL),
          offersOfOrder('one order', next, oneCall),
        ];
      },
    },
    {
      prepare: async () => [
        write('addUpsellItem', 'once', 'AddUpsellItem', { calls: 7, depth: 3 }, RECURS),
        write('addUpsellItem', 'as a subscription', 'AddRecurringItem', { calls: 8, depth: 3 }, `${RECURS}; ${MADE}`),
        write('changeUpsellItemQuantity', 'one item', 'ChangeQuantity', { calls: 6, depth: 4 }, OWNER),
        write(
          'convertToSubscription',
          'one item',
          'ConvertOneTimeItem',
          { calls: 7, depth: 4 },
          `whether its product can recur is asked for; ${OWNER}; ${MADE}`,
        ),
        write('removeUpsellItem', 'one item', 'RemoveUpsellItem', { calls: 6, depth: 4 }, OWNER),
      ],
    },
    large(20, `${GRAPHQL}; products wait for the items that name them`),
    large(100, `${GRAPHQL}; each page of items is named by the one before it`),
  ],
};

async function start(): Promise<ContractSubject> {
  const harness = await startHarness(ordergroove, emulators.ordergroove);
  const { emulator, shopper } = harness;
  const isAlwaysOn = { times: 'always' } as const;
  const fault = (specification: FaultSpecification) => {
    emulator.faults.add(specification);
  };
  const failing = (path: string) =>
    fault({ ...isAlwaysOn, match: { method: 'GET', path }, action: { kind: 'status', status: 500 } });
  const nextWrite = (action: FaultSpecification['action']) =>
    fault({ match: { path: '/(iu|create_from_item|change_quantity|delete)/$' }, action });
  const foreign = await foreignOrder();
  emulator.requests.clear();

  async function foreignOrder(): Promise<string> {
    const source = harness.open({ customerId: OTHER_SHOPPER });
    const listing = await source.upcomingOrders?.list(OTHER_SHOPPER, { lineItems: false, subscriptions: false });
    return listing?.items[0]?.providerId ?? '';
  }

  return {
    open: () => harness.open(),
    openFor: (customerId) => harness.open({ customerId }),
    shopper,
    otherShopper: OTHER_SHOPPER,
    orders: {
      open: demoOrders.next,
      alsoOpen: demoOrders.later,
      closed: demoOrders.locked,
      foreign,
      unknown: 'f'.repeat(32),
    },
    items: {
      addable: choose('44931275400012'),
      alreadyThere: choose('9007199254740993'),
      unknown: choose('no such product'),
    },
    oneTimeLine: demoOrders.oneTimeItem,
    frequency: { every: 2, unit: 'MONTH' },
    everything() {
      emulator.switches.set('rateLimitPerMinute', 0);
      return {
        orders: harness.rows('orders').map((row) => row.text('public_id')),
        items: harness.rows('products').map((row) => choose(row.text('external_product_id'))),
      };
    },
    provoke: {
      orderFails(key) {
        failing('^/orders/$');
        failing(`^/orders/${key}/`);
      },
      readsFail: () => failing('.'),
      lineItemsFail: () => failing('^/items/'),
      nextAnswerIsLost: () => nextWrite({ kind: 'applyThenReset' }),
      nextWriteIsCut: () => nextWrite({ kind: 'reset' }),
      nextWriteIsRefused: () => nextWrite({ kind: 'status', status: 400, body: { product: 'Invalid product.' } }),
      nextWriteIsDeniedAndDone: () =>
        nextWrite({ kind: 'applyThenStatus', status: 400, body: { product: 'Invalid product.' } }),
      nothing: () => emulator.faults.clear(),
    },
    requests: () => harness.requests(),
    reset: () => emulator.reset(),
    close: () => harness.close(),
  };
}

function choose(id: string): ItemChoice {
  return { offerKey: null, product: { id, handle: null, variantId: null } };
}
