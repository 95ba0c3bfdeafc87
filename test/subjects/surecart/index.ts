import type { ItemChoice } from '../../../src/domain/eligibility.js';
import type { FaultSpecification } from '../../../src/emulators/kit/faults.js';
import { sandboxOrders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { emulators } from '../../../src/emulators/index.js';
import { surecart } from '../../../src/providers/surecart/index.js';
import type { ContractSubject } from '../../contract/subject.js';

import { demoToken } from '../../../src/emulators/surecart/scenarios/demo-credentials.js';
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
import { orderId } from '../../support/full-stack.js';
import { startHarness } from '../../support/provider-harness.js';
import type { Addition, AskedServer, ProviderSubject } from '../subject.js';

const ACCOUNT = 'sc';
const orderAt = (key: string) => orderId(ACCOUNT, key);

export const subject: ProviderSubject = {
  account: ACCOUNT,
  switches: { rateLimit: 0 },
  contract: {
    start,
    gaps: [
      {
        case: 'add.duplicate-wanted',
        reason: 'only what the funnel offers right now can be added, and that is one thing',
      },
      { case: 'subscribe.visible', reason: 'a price either recurs or does not, and the offer of this order does not' },
      { case: 'convert.visible', reason: 'a paid line stays as it is: the subscription carries it on beside it' },
    ],
  },
  unlisted: { orders: Object.values(sandboxOrders) },
  access: {
    demo: { orders: [sandboxOrders.coffee, sandboxOrders.filters] },
    other: (state) => ({
      customerId:
        state
          .rows('customer')
          .find((row) => row.at('email') === 'robin@example.com')
          ?.text('id') ?? '',
      orders: [sandboxOrders.foreign],
    }),
  },
  configuration: {
    settings: {},
    secrets: { token: demoToken },
    people: { 'robin@': 'a third shopper' },
    impatient: { settlingSeconds: 1 },
  },
  writeRequests: [
    { method: 'POST', path: '/line_items/upsell$', query: '^(?!.*preview=true)' },
    { method: 'POST', path: '/subscriptions$' },
    { method: 'PATCH' },
  ],
  addition: (server) => additionOf(server, sandboxOrders.coffee),
  lists: {
    impossibleCustomers: ['', 'dana@example.com', 'gid://shopify/Customer/7700112233445', '42', '../orders'],
  },
  products: {
    possible: '0b1f2c3d-0000-4000-8000-000000000000',
    impossible: ['42', 'gid://shopify/Product/1'],
    impossibleVariants: ['large'],
  },
  doctor: {
    settings: { mode: 'test' },
    permissions: { subscriptions: 'read subscriptions', prices: 'read prices' },
  },
  drive: {
    reads: () => ({
      orders: [orderAt(sandboxOrders.coffee), orderAt(sandboxOrders.tea)],
      questions: [{ orderId: orderAt(sandboxOrders.coffee), item: { providerProduct: { providerId: 'nothing' } } }],
    }),
    async writes({ write, offerOf }) {
      const [coffee, taxed] = [orderAt(sandboxOrders.coffee), orderAt(sandboxOrders.taxed)];
      const none = orderAt('none');
      const [ofCoffee, ofTaxed] = [(await offerOf(coffee)) ?? none, (await offerOf(taxed)) ?? none];
      return Promise.all([
        write('addUpsellItem', { orderId: coffee, item: { offerId: ofCoffee } }),
        write('declineUpsellOffer', { orderId: taxed, offerId: ofTaxed }),
      ]);
    },
  },
  calls: [
    {
      async prepare(stack) {
        const [taxed, tea] = [await additionOf(stack, sandboxOrders.taxed), await additionOf(stack, sandboxOrders.tea)];
        const coffee = await additionOf(stack, sandboxOrders.coffee);
        await addItem(stack, coffee.orderId, coffee.item);
        return [
          capabilities,
          mySubscriptions(oneCall),
          upcomingOrders('the sandbox', noCall),
          mayIOffer('offers of two orders', [taxed, tea], { calls: 3, depth: 2 }),
          previewUpsell('one offer', taxed, { calls: 2, depth: 2 }),
          addedItem(oneCall),
          offersOfOrder('one checkout', orderAt(sandboxOrders.filters), oneCall),
        ];
      },
    },
    {
      prepare: async () => [
        write(
          'addUpsellItem',
          'one offer',
          'AcceptOffer',
          { calls: 3, depth: 3 },
          'a dry run tells whether it may be bought',
        ),
        write('declineUpsellOffer', 'one offer', 'DeclineOffer', { calls: 3, depth: 3 }),
      ],
    },
  ],
};

/** What the funnel of an order offers right now. */
async function additionOf(server: AskedServer, key: string): Promise<Addition> {
  const query = 'query ($id: ID!) { order(id: $id) { offers { id } } }';
  const data = await server.data(query, { id: orderAt(key) });
  return { orderId: orderAt(key), item: { offerId: data.text('order', 'offers', 0, 'id') } };
}

/** A request that is not a dry run. */
const IN_EARNEST = '^(?!.*preview)';

async function start(): Promise<ContractSubject> {
  const harness = await startHarness(surecart, emulators.surecart, {
    settings: { settlingSeconds: 0, safetyMarginSeconds: 0 },
  });
  const { emulator, shopper } = harness;
  const fault = (specification: FaultSpecification) => {
    emulator.faults.add(specification);
  };
  const always = (specification: Omit<FaultSpecification, 'times'>) => fault({ ...specification, times: 'always' });
  const broken = { kind: 'status', status: 500 } as const;
  const nextWrite = (action: FaultSpecification['action']) =>
    fault({ match: { path: '/(upsell|subscriptions|revoke)$', method: 'POST', query: IN_EARNEST }, action });
  const idOf = (table: string, field: string, value: string) =>
    harness
      .rows(table)
      .find((row) => row.at(field) === value)
      ?.text('id') ?? '';
  const otherShopper = idOf('customer', 'email', 'robin@example.com');
  const filters =
    harness
      .rows('price')
      .find((row) => row.at('scratch_amount') === 1200)
      ?.text('id') ?? '';
  const coffee = idOf('price', 'name', 'One bag');
  const checkout =
    harness
      .rows('order')
      .find((row) => row.at('id') === sandboxOrders.taxed)
      ?.text('checkout') ?? '';
  const oneTimeLine = `${sandboxOrders.taxed}:${idOf('line_item', 'checkout', checkout)}`;

  return {
    open: () => harness.open(),
    openFor: (customerId) => harness.open({ customerId }),
    shopper,
    otherShopper,
    orders: {
      open: sandboxOrders.taxed,
      alsoOpen: sandboxOrders.coffee,
      closed: sandboxOrders.failed,
      foreign: sandboxOrders.foreign,
      unknown: '00000000-0000-4000-8000-000000000000',
    },
    items: { addable: choose(filters), alreadyThere: choose(coffee), unknown: choose('no such price') },
    oneTimeLine,
    frequency: { every: 1, unit: 'MONTH' },
    everything() {
      emulator.switches.setAll({ rateLimit: 0, sensitiveLimit: 0 });
      const offers = harness.rows('upsell').map((row) => ({ offerKey: row.text('id'), product: null }));
      const prices = harness.rows('price').map((row) => choose(row.text('id')));
      return { orders: harness.rows('order').map((row) => row.text('id')), items: [...offers, ...prices] };
    },
    provoke: {
      // Orders are read together: one of them comes without what it cannot be read without. It is the newest of those asked for.
      orderFails: () =>
        always({ match: { path: '/orders$' }, action: { kind: 'patchBody', remove: ['data.0.checkout'] } }),
      readsFail() {
        always({ match: { method: 'GET' }, action: broken });
        always({ match: { query: 'preview' }, action: broken });
      },
      lineItemsFail: () =>
        always({
          match: { path: '/orders$' },
          action: { kind: 'patchBody', remove: ['data.*.checkout.line_items.data.0.price'] },
        }),
      nextAnswerIsLost: () => nextWrite({ kind: 'applyThenReset' }),
      nextWriteIsCut: () => nextWrite({ kind: 'reset' }),
      nextWriteIsRefused: () =>
        nextWrite({ kind: 'status', status: 422, body: { code: 'checkout.product.out_of_stock', type: 'invalid' } }),
      nextWriteIsDeniedAndDone: () =>
        nextWrite({
          kind: 'applyThenStatus',
          status: 422,
          body: { code: 'checkout.product.out_of_stock', type: 'invalid' },
        }),
      nothing: () => emulator.faults.clear(),
    },
    requests() {
      // A dry run saves nothing: it is a read, whatever its method.
      return harness.requests().map(({ method, path, query }) => ({
        method: query['preview'] === 'true' ? 'GET' : method,
        path,
      }));
    },
    reset: () => harness.restart(),
    close: () => harness.close(),
  };
}

function choose(id: string): ItemChoice {
  return { offerKey: null, product: { id, handle: null, variantId: null } };
}
