import type { ItemChoice } from '../../../src/domain/eligibility.js';
import { toGlobalId } from '../../../src/domain/reference.js';
import { emulators } from '../../../src/emulators/index.js';
import type { FaultSpecification } from '../../../src/emulators/kit/faults.js';
import { demoToken } from '../../../src/emulators/recharge/scenarios/demo-credentials.js';
import {
  demoAddresses,
  demoItems,
  demoOrder,
  demoVariants,
  strangersCustomer,
} from '../../../src/emulators/recharge/scenarios/demo-records.js';
import { recharge } from '../../../src/providers/recharge/index.js';
import {
  addedItem,
  addItem,
  capabilities,
  mayIOffer,
  mySubscriptions,
  offersOfOrder,
  oneCall,
  previewUpsell,
  upcomingOrders,
  write,
} from '../../calls/calls-subject.js';
import type { ContractSubject } from '../../contract/subject.js';
import { orderId } from '../../support/full-stack.js';
import { startHarness } from '../../support/provider-harness.js';
import type { ProviderSubject } from '../subject.js';

const ACCOUNT = 'recharge-us';
const orderAt = (name: Parameters<typeof demoOrder>[0]) => orderId(ACCOUNT, demoOrder(name));
const filters = () => `${demoOrder('next')}/${demoItems.filters}`;
const lineOf = (key: string) => ({ lineItemId: toGlobalId({ type: 'LineItem', account: ACCOUNT, key }) });
const item = { providerProduct: { providerId: demoVariants.syrup } };
const OWNER = 'whose order it is decides whether anything else is asked';
const monthly = { frequency: { every: 1, unit: 'MONTH' } };

/** Orders are rebuilt at once, and as often as a suite likes. */
const switches = { bucketSize: 0, rebuildSeconds: 0, shippingSeconds: 0 };

export const subject: ProviderSubject = {
  account: ACCOUNT,
  switches,
  contract: {
    start,
    gaps: [
      {
        case: 'orders.identity',
        reason: 'a charge gets another id when it is rebuilt, so the key of an order names its address and day',
      },
      { case: 'convert.visible', reason: 'the recurring line is another one: the one-time item is gone' },
      { case: 'offers.same-by-key', reason: 'it makes no offers of its own' },
    ],
  },
  unlisted: {},
  get past() {
    return [demoOrder('placed'), demoOrder('skipped')];
  },
  unseen: {
    'SubscriptionContract.dunning':
      'a charge that was given up would keep items off all other orders of the demo shopper',
  },
  access: {
    demo: {},
    other: () => ({ customerId: String(strangersCustomer) }),
    get order() {
      return demoOrder('next');
    },
    addition: { product: { providerId: demoVariants.syrup }, subscribe: monthly },
    personalWords: ['dana.field@example.com'],
  },
  configuration: {
    settings: {},
    secrets: { accessToken: demoToken },
    impatient: { settlingSeconds: 1, writeTimeoutMs: 2_000 },
  },
  writeRequests: [{ method: 'POST' }, { method: 'PUT' }, { method: 'DELETE' }],
  addition: async () => ({ orderId: orderAt('next'), item }),
  lists: {
    impossibleCustomers: ['', 'dana@example.com', 'gid://shopify/Customer/7700112233445', '../charges', 'dana'],
  },
  products: {
    possible: '4100',
    impossible: ['two words', 'gid://shopify/ProductVariant/1'],
    impossibleVariants: ['1'],
  },
  doctor: { permissions: { product_search: 'read products' } },
  drive: {
    reads: () => ({ orders: [orderAt('next')], questions: [{ orderId: orderAt('next'), item }] }),
    writes({ write: send }) {
      const line = lineOf(filters());
      return Promise.all([
        send('addUpsellItem', { orderId: orderAt('euro'), item }),
        send('addUpsellItem', { orderId: orderAt('office'), item, subscribe: monthly }),
        send('changeUpsellItemQuantity', { ...line, quantity: 3 })
          .then(() => send('convertToSubscription', { ...line, subscribe: monthly }))
          .then(() => send('removeUpsellItem', line)),
      ]);
    },
  },
  calls: [
    {
      // What was asked before is not to use up the budget of what is measured.
      settings: { limits: { all: { calls: 0 } } },
      async prepare(stack) {
        await addItem(stack, orderAt('euro'), item);
        const inputs = (['next', 'office'] as const).map((name) => ({ orderId: orderAt(name), item }));
        return [
          capabilities,
          mySubscriptions({ calls: 2, depth: 1 }),
          upcomingOrders('six orders of three addresses', { calls: 2, depth: 1 }),
          mayIOffer('orders of two addresses', inputs, { calls: 2, depth: 1 }, OWNER),
          previewUpsell('one item', { orderId: orderAt('next'), item }, { calls: 2, depth: 1 }, OWNER),
          addedItem(oneCall),
          offersOfOrder('one order', orderAt('next'), oneCall),
        ];
      },
    },
    {
      settings: { limits: { all: { calls: 0 } } },
      switches,
      prepare: async () => [
        write('addUpsellItem', 'once', { orderId: orderAt('next'), item }, { calls: 4, depth: 3 }, OWNER),
        write(
          'addUpsellItem',
          'as a subscription',
          {
            orderId: orderAt('office'),
            item,
            subscribe: monthly,
            idempotencyKey: 'a subscription for the calls table',
          },
          { calls: 6, depth: 3 },
          OWNER,
        ),
        write('changeUpsellItemQuantity', 'one item', { ...lineOf(filters()), quantity: 3 }, { calls: 3, depth: 3 }),
        write(
          'convertToSubscription',
          'one item',
          { ...lineOf(filters()), subscribe: monthly },
          { calls: 9, depth: 6 },
          OWNER,
        ),
        write('removeUpsellItem', 'one item', lineOf(`${demoOrder('later')}/${demoItems.laterSyrup}`), {
          calls: 3,
          depth: 3,
        }),
      ],
    },
    {
      scenario: 'large',
      prepare: async () => [upcomingOrders('12 charges, 40 lines, 20 subscriptions', { calls: 2, depth: 1 })],
    },
  ],
};

async function start(): Promise<ContractSubject> {
  const harness = await startHarness(recharge, emulators.recharge, {
    switches,
    timeoutMs: 3_000,
    settings: { settlingSeconds: 1, writeTimeoutMs: 4_000 },
  });
  const { emulator, shopper } = harness;
  const fault = (specification: FaultSpecification) => {
    emulator.faults.add(specification);
  };
  const failing = (path: string, query?: string) =>
    fault({
      match: { method: 'GET', path, ...(query !== undefined && { query }) },
      times: 'always',
      action: { kind: 'status', status: 500 },
    });
  const nextWrite = (action: FaultSpecification['action']) =>
    fault({ match: { path: '^/(?:onetimes|subscriptions)', body: {} }, action });

  return {
    open: () => harness.open(),
    openFor: (customerId) => harness.open({ customerId }),
    shopper,
    otherShopper: String(strangersCustomer),
    orders: {
      open: demoOrder('next'),
      alsoOpen: demoOrder('later'),
      closed: demoOrder('placed'),
      foreign: demoOrder('stranger'),
      unknown: `${demoAddresses.home}/2031-02-03`,
    },
    items: {
      addable: choose(demoVariants.syrup),
      alreadyThere: choose(demoVariants.filters),
      unknown: choose('41000000000000'),
    },
    oneTimeLine: filters(),
    frequency: { every: 2, unit: 'MONTH' },
    everything: () => ({
      orders: harness.rows('charges').map((row) => `${String(row.at('address_id'))}/${row.text('scheduled_at')}`),
      items: harness.rows('variants').map((row) => choose(row.text('external_variant_id'))),
    }),
    provoke: {
      orderFails(key) {
        const day = key.slice(-10);
        // It cannot be told from the list any more, and by itself it cannot be read.
        fault({
          match: { method: 'GET', path: '^/charges$', query: 'customer_id' },
          times: 'always',
          action: { kind: 'patchBody', remove: ['charges.0.status'] },
        });
        failing('^/charges$', `scheduled_at=${day}`);
      },
      readsFail: () => failing('.'),
      lineItemsFail: () =>
        fault({
          match: { method: 'GET', path: '^/charges' },
          times: 'always',
          action: { kind: 'patchBody', set: { 'charges.*.line_items': 'none' } },
        }),
      nextAnswerIsLost: () => nextWrite({ kind: 'applyThenReset' }),
      nextWriteIsCut: () => nextWrite({ kind: 'reset' }),
      nextWriteIsRefused: () =>
        nextWrite({ kind: 'status', status: 422, body: { errors: { general: 'Something else is wrong' } } }),
      nextWriteIsDeniedAndDone: () =>
        nextWrite({ kind: 'applyThenStatus', status: 422, body: { errors: { general: 'Something else is wrong' } } }),
      nothing: () => emulator.faults.clear(),
    },
    requests: () => harness.requests(),
    reset: () => harness.restart(),
    close: () => harness.close(),
  };
}

function choose(id: string): ItemChoice {
  return { offerKey: null, product: { id, handle: null, variantId: null } };
}
