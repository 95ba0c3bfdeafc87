import type { ItemChoice } from '../../../src/domain/eligibility.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoVariants,
  strangersAttempt,
  strangersContract,
  strangersCustomer,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { toGlobalId } from '../../../src/domain/reference.js';
import type { FaultSpecification } from '../../../src/emulators/kit/faults.js';
import { emulators } from '../../../src/emulators/index.js';
import { appstle } from '../../../src/providers/appstle/index.js';
import type { ContractSubject } from '../../contract/subject.js';

import { demoApiKey } from '../../../src/emulators/appstle/scenarios/demo-credentials.js';
import {
  addedItem,
  addItem,
  capabilities,
  mayIOffer,
  mySubscriptions,
  oneCall,
  offersOfOrder,
  previewUpsell,
  upcomingOrders,
  write,
} from '../../calls/calls-subject.js';
import { orderId } from '../../support/full-stack.js';
import { startHarness } from '../../support/provider-harness.js';
import type { ProviderSubject } from '../subject.js';

const ACCOUNT = 'appstle-us';
const syrup = { providerId: demoVariants.syrup, handle: demoHandles.syrup };
const orderAt = (attempt: string, contract: string = demoContracts.coffee) =>
  orderId(ACCOUNT, `${contract}/${attempt}`);

const QUEUED_FIRST = 'the queued orders tell which read of one-offs is the right one';
/** Of a write on one-offs: three reads, the request, the same reads. */
const least = { calls: 7, depth: 3 };
const oneOffAt = (attempt: string, variant: string) =>
  toGlobalId({ type: 'LineItem', account: ACCOUNT, key: `${demoContracts.coffee}/${attempt}/one-off/${variant}` });
const filtersOnNext = oneOffAt(demoAttempts.next, demoVariants.filters);
const mugOnLater = oneOffAt(demoAttempts.later, demoVariants.mug);

export const subject: ProviderSubject = {
  account: ACCOUNT,
  contract: {
    start,
    gaps: [
      {
        case: 'orders.identity',
        reason: 'an attempt is only found through its contract, so the key of an order names both',
      },
      {
        case: 'products.same-order',
        reason: 'there is no catalogue: products are known from the records read besides',
      },
      {
        case: 'eligibility.failure-is-no-yes',
        reason: 'an order comes with all that is judged, so nothing is read again',
      },
      {
        case: 'add.lost-answer-is-found',
        reason: 'the add is documented to have no further effect when repeated, and is',
      },
      {
        case: 'add.cut-leaves-no-trace',
        reason: 'the add is documented to have no further effect when repeated, and is',
      },
      { case: 'add.duplicate-wanted', reason: 'Appstle keeps one one-off of a product on an order' },
      { case: 'convert.visible', reason: 'the recurring line is another one: the one-off is gone' },
      { case: 'offers.same-by-key', reason: 'it makes no offers of its own' },
    ],
  },
  unlisted: {},
  past: [`${demoContracts.coffee}/${demoAttempts.placed}`],
  access: {
    demo: {},
    other: () => ({ customerId: strangersCustomer }),
    order: `${demoContracts.coffee}/${demoAttempts.next}`,
    addition: { product: syrup },
  },
  configuration: {
    settings: { shop: 'acme.myshopify.com' },
    secrets: { apiKey: demoApiKey, appKey: null },
    impatient: { settlingSeconds: 1, writeTimeoutMs: 2_000 },
  },
  writeRequests: [{ method: 'PUT' }, { method: 'DELETE' }, { method: 'POST' }],
  addition: async () => ({ orderId: orderAt(demoAttempts.next), item: { providerProduct: syrup } }),
  lists: {
    impossibleCustomers: [
      '',
      'dana@example.com',
      '../x',
      '0b1f2c3d-0000-4000-8000-000000000000',
      '12345678901234567890',
    ],
    promiseAnotherPage: (text) =>
      text.replace(/"hasNextPage": ?false/, '"hasNextPage":true').replace(/"endCursor": ?"[^"]*"/, '"endCursor":null'),
  },
  products: { possible: '4100', impossible: ['gid://shopify/ProductVariant/1', 'tea'], impossibleVariants: ['4101'] },
  doctor: { permissions: { 'subscription-customers': 'read contracts' } },
  drive: {
    reads: () => ({
      orders: [orderAt(demoAttempts.next)],
      questions: [{ orderId: orderAt(demoAttempts.next), item: { providerProduct: syrup } }],
    }),
    writes: ({ write }) =>
      Promise.all([
        write('addUpsellItem', { orderId: orderAt(demoAttempts.next), item: { providerProduct: syrup } }),
        write('addUpsellItem', {
          orderId: orderAt(demoAttempts.later),
          item: { providerProduct: syrup },
          subscribe: { frequency: { every: 1, unit: 'MONTH' } },
        }),
      ]),
  },
  calls: [
    {
      async prepare(stack) {
        const item = { providerProduct: syrup };
        await addItem(stack, orderAt(demoAttempts.later), item);
        const independent = { calls: 3, depth: 1 };
        const reason = QUEUED_FIRST;
        const inputs = [orderAt(demoAttempts.next), orderAt(demoAttempts.tea, demoContracts.tea)].map((each) => ({
          orderId: each,
          item,
        }));
        return [
          capabilities,
          mySubscriptions(oneCall),
          upcomingOrders('four contracts with orders', { calls: 6, depth: 2 }),
          mayIOffer('orders of two contracts', inputs, { calls: 4, depth: 1 }, reason),
          previewUpsell('one item', { orderId: orderAt(demoAttempts.next), item }, independent, reason),
          addedItem(independent, reason),
          offersOfOrder('one order', orderAt(demoAttempts.next), independent, reason),
        ];
      },
    },
    {
      prepare: async () => [
        write('addUpsellItem', 'one item', 'AddToNextDelivery', least, QUEUED_FIRST),
        write('changeUpsellItemQuantity', 'a one-off', { lineItemId: filtersOnNext, quantity: 2 }, least, QUEUED_FIRST),
        write('removeUpsellItem', 'a one-off', { lineItemId: mugOnLater }, least, QUEUED_FIRST),
      ],
    },
    {
      scenario: 'large',
      switches: { largeContracts: 20 },
      prepare: async () => [
        upcomingOrders(
          '20 contracts of 3 orders',
          { calls: 22, depth: 2 },
          'one-offs are read contract by contract, ten at a time by the limit of the account',
        ),
      ],
    },
  ],
};

async function start(): Promise<ContractSubject> {
  const harness = await startHarness(appstle, emulators.appstle, {
    timeoutMs: 3_000,
    settings: { settlingSeconds: 1, writeTimeoutMs: 4_000 },
  });
  const { emulator, shopper } = harness;
  const fault = (specification: FaultSpecification) => {
    emulator.faults.add(specification);
  };
  const always = (path: string, action: FaultSpecification['action']) =>
    fault({ match: { method: 'GET', path }, times: 'always', action });
  const broken = { kind: 'status', status: 500 } as const;
  const nextWrite = (action: FaultSpecification['action']) =>
    fault({ match: { path: '(billing-attempt-id|subscription-contracts-.*|replace-variants-v3)$' }, action });
  const key = (attempt: string) => `${demoContracts.coffee}/${attempt}`;

  return {
    open: () => harness.open(),
    openFor: (customerId) => harness.open({ customerId }),
    shopper,
    otherShopper: strangersCustomer,
    orders: {
      open: key(demoAttempts.next),
      alsoOpen: key(demoAttempts.later),
      closed: key(demoAttempts.skipped),
      foreign: `${strangersContract}/${strangersAttempt}`,
      unknown: key('77'),
    },
    items: {
      addable: choose(demoVariants.syrup, demoHandles.syrup),
      alreadyThere: choose(demoVariants.filters, demoHandles.filters),
      unknown: choose('no such variant', 'no-such-product'),
    },
    oneTimeLine: `${key(demoAttempts.next)}/one-off/${demoVariants.filters}`,
    frequency: { every: 1, unit: 'MONTH' },
    everything: () => ({
      orders: harness.rows('attempts').map((row) => `${row.text('contractId')}/${row.text('id')}`),
      items: harness.rows('variants').map((row) => choose(row.text('id'), row.text('handle'))),
    }),
    provoke: {
      // Orders are read together: the soonest of them comes without what it cannot be read without.
      orderFails: () => always('top-orders$', { kind: 'patchBody', remove: ['0.contractId'] }),
      readsFail: () => always('.', broken),
      lineItemsFail: () => always('one-offs', broken),
      nextAnswerIsLost: () => nextWrite({ kind: 'applyThenReset' }),
      nextWriteIsCut: () => nextWrite({ kind: 'reset' }),
      nextWriteIsRefused: () => nextWrite({ kind: 'status', status: 400, body: { detail: 'Bad Request' } }),
      nextWriteIsDeniedAndDone: () =>
        nextWrite({ kind: 'applyThenStatus', status: 400, body: { detail: 'Bad Request' } }),
      nothing: () => emulator.faults.clear(),
    },
    requests: () => harness.requests(),
    reset: () => harness.restart(),
    close: () => harness.close(),
  };
}

function choose(id: string, handle: string): ItemChoice {
  return { offerKey: null, product: { id, handle, variantId: null } };
}
