import type { ItemChoice } from '../../../src/domain/eligibility.js';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import type { FaultSpecification } from '../../../src/emulators/kit/faults.js';
import { emulators } from '../../../src/emulators/index.js';
import { centra } from '../../../src/providers/centra/index.js';
import type { CentraSettings } from '../../../src/providers/centra/settings.js';
import type { ContractSubject } from '../../contract/subject.js';

import { demoSecret } from '../../../src/emulators/centra/scenarios/demo-credentials.js';
import { demoCustomer, otherCustomer } from '../../../src/emulators/centra/scenarios/shop.js';
import {
  addedItem,
  addItem,
  capabilities,
  mayIOffer,
  mySubscriptions,
  noCall,
  offersOfOrder,
  oneCall,
  previewUpsell,
  upcomingOrders,
  write,
} from '../../calls/calls-subject.js';
import { caller } from '../../emulators/calls.js';
import { finishCheckout } from '../../support/finish-checkout.js';
import { type ProviderHarness, startHarness } from '../../support/provider-harness.js';
import type { AskedServer, ProviderSubject } from '../subject.js';

const ACCOUNT = 'centra-se';
const item = { providerProduct: { providerId: '1001' } };

export const subject: ProviderSubject = {
  account: ACCOUNT,
  // Windows stay open while a suite runs.
  switches: { crossSellMinutes: 20 },
  contract: {
    start,
    gaps: [
      {
        case: 'lines.failed-is-not-empty',
        reason: 'lines come with their order, so neither is there without the other',
      },
      { case: 'add.visible', reason: 'one call adds one unit, so two units are two lines' },
      { case: 'convert.visible', reason: 'the new subscription stands beside the order, whose line stays as it is' },
      { case: 'offers.same-by-key', reason: 'it makes no offers of its own' },
    ],
  },
  unlisted: { checkouts: Object.values(demoCheckouts) },
  unseen: {
    'LineItem.imageUrl': 'only Checkout API shows the product of a line',
    'LineItem.terms': 'no order of the sandbox was bought on a plan',
    'SubscriptionTerms.prices': 'as for the terms of a line',
  },
  access: {
    demo: { checkouts: [demoCheckouts.coffee, demoCheckouts.second] },
    other: () => ({ customerId: otherCustomer.email, checkouts: [demoCheckouts.other] }),
    addition: { product: item.providerProduct },
    personalWords: [demoCustomer.email, demoCustomer.firstName],
  },
  configuration: {
    settings: { baseUrl: 'http://127.0.0.1:1/api', timeZone: 'UTC' },
    secrets: { secret: demoSecret },
    people: { 'dana.field': 'shopper', 'robin.vale': 'another shopper' },
    impatient: { settlingSeconds: 1 },
  },
  writeRequests: [{ path: '/items/[^/]+$' }, { path: '/payment-result$' }, { path: '/contracts/[^/]+/subscription$' }],
  addition: async (server) => ({ orderId: await completeCheckout(server, demoCheckouts.first), item }),
  lists: { impossibleCustomers: ['', 'gid://shopify/Customer/7700112233445', '42', 'dana', 'dana@'] },
  products: { possible: '1001', impossible: ['gid://shopify/Product/1', 'coffee'], impossibleVariants: ['a size'] },
  doctor: { permissions: {} },
  session: {
    settings: { api: 'checkout', secret: undefined, origin: 'https://shop.example.com' },
    async open(emulator) {
      emulator.switches.set('rotateTokens', 'keep-old');
      const ready = await caller(emulator.url)('POST', '/__emulator/checkouts', { customer: demoCustomer.email });
      return { token: ready.json.text('token'), checkout: ready.json.text('selection') };
    },
  },
  drive: {
    checkout: demoCheckouts.first,
    reads: (finished) => ({ orders: [finished], questions: [{ orderId: finished, item }] }),
    writes: ({ write, complete, finished }) =>
      Promise.all([write('addUpsellItem', { orderId: finished, item }), complete(demoCheckouts.second)]),
  },
  calls: [
    {
      async prepare(stack) {
        const first = await completeCheckout(stack, demoCheckouts.first);
        const second = await completeCheckout(stack, demoCheckouts.second);
        await addItem(stack, first, item);
        const reason = 'whose order it is decides whether anything else is asked';
        const inputs = [first, second].map((each) => ({ orderId: each, item }));
        return [
          capabilities,
          mySubscriptions({ calls: 2, depth: 2 }),
          upcomingOrders('the sandbox', noCall),
          mayIOffer('two orders', inputs, { calls: 4, depth: 1 }, reason),
          previewUpsell('one item', { orderId: first, item }, { calls: 2, depth: 1 }, reason),
          addedItem(oneCall),
          offersOfOrder('one order', first, oneCall),
        ];
      },
    },
    {
      async prepare(stack) {
        const order = await completeCheckout(stack, demoCheckouts.second);
        return [
          write('completeCheckout', 'one checkout', 'CompleteCheckout', least, RECEIPT_FIRST),
          write(
            'addUpsellItem',
            'one item',
            { orderId: order, item },
            least,
            'no order tells whether an item is for sale',
          ),
        ];
      },
    },
  ],
};

const RECEIPT_FIRST =
  'whether a finished basket shows its order is not documented, so its receipt is asked for before it';
/** A read, the request, the same read. */
const least = { calls: 3, depth: 3 };

async function completeCheckout(server: AskedServer, checkoutId: string): Promise<string> {
  const input = {
    accountKey: ACCOUNT,
    providerCheckoutId: checkoutId,
    idempotencyKey: `finish ${checkoutId}`,
    paymentFields: { klarna_order: 'demo' },
  };
  return (await server.data(COMPLETE, { input })).text('completeCheckout', 'order', 'id');
}

const COMPLETE = `mutation ($input: CompleteCheckoutInput!) { completeCheckout(input: $input) { order { id } } }`;

async function start(): Promise<ContractSubject> {
  const harness = await startHarness(centra, emulators.centra, {
    settings: { settlingSeconds: 0, multiSend: true },
  });
  const { emulator, shopper } = harness;
  const placed = await placeOrders(harness);
  const fault = (specification: FaultSpecification) => {
    emulator.faults.add(specification);
  };
  const failing = (path: string) =>
    fault({ times: 'always', match: { path }, action: { kind: 'status', status: 500 } });
  const nextWrite = (action: FaultSpecification['action']) => fault({ match: { path: WRITES }, action });

  return {
    open: () => harness.open(),
    openFor: (customerId) => harness.open({ customerId }),
    shopper,
    otherShopper: otherCustomer.email,
    orders: { ...placed.orders, unknown: '999999' },
    items: { addable: choose('1001'), alreadyThere: choose('1004'), unknown: choose('7') },
    oneTimeLine: placed.oneTimeLine,
    frequency: { every: 1, unit: 'MONTH' },
    everything: () => ({
      orders: harness.rows('orders').map((row) => row.text('order')),
      items: harness.rows('products').map((row) => choose(row.text('product'))),
    }),
    provoke: {
      orderFails: (key) => failing(`/selections/${placed.checkoutOf.get(key) ?? ''}/`),
      readsFail: () => failing('.'),
      lineItemsFail: () => failing('/receipt$'),
      nextAnswerIsLost: () => nextWrite({ kind: 'applyThenReset' }),
      nextWriteIsCut: () => nextWrite({ kind: 'reset' }),
      nextWriteIsRefused: () => nextWrite({ kind: 'status', status: 400, body: { errors: { item: 'not valid' } } }),
      nextWriteIsDeniedAndDone: () =>
        nextWrite({ kind: 'applyThenStatus', status: 400, body: { errors: { item: 'not valid' } } }),
      nothing: () => emulator.faults.clear(),
    },
    requests() {
      // Centra reads by POST too.
      return harness.requests().map(({ method, path }) => ({
        method: new RegExp(WRITES, 'u').test(path) ? method : 'GET',
        path,
      }));
    },
    async reset() {
      harness.restart();
      await placeOrders(harness);
      harness.calls();
    },
    close: () => harness.close(),
  };
}

const WRITES = '(/orders/[0-9]+/items/[^/]+|/subscription|/payment-result)$';

/** The scenario is the same each time, and so are the numbers of these orders. */
async function placeOrders(harness: ProviderHarness<CentraSettings>) {
  const finish = async (checkout: string, customerId = harness.shopper) =>
    (await finishCheckout(() => harness.open({ customerId }), checkout, { klarna_order: 'k-1' })).providerId;
  const orders = {
    open: await finish(demoCheckouts.coffee),
    alsoOpen: await finish(demoCheckouts.second),
    closed: await finish(demoCheckouts.card),
    foreign: await finish(demoCheckouts.other, otherCustomer.email),
  };
  const source = harness.open();
  const [order] = await source.orders.getMany([orders.open]);
  const lines = order?.state === 'found' ? await source.lineItems?.forOrders([order.value]) : [];
  const first = lines?.[0]?.state === 'found' ? lines[0].value : [];
  return {
    orders,
    oneTimeLine: first.find(({ product }) => product.providerId === '1004')?.ref.key ?? '',
    checkoutOf: new Map([
      [orders.open, demoCheckouts.coffee],
      [orders.alsoOpen, demoCheckouts.second],
      [orders.closed, demoCheckouts.card],
    ]),
  };
}

function choose(id: string): ItemChoice {
  return { offerKey: null, product: { id, handle: null, variantId: null } };
}
