import type { ItemChoice } from '../../../src/domain/eligibility.js';
import type { RunningEmulator } from '../../../src/emulators/index.js';
import { addedItem, addItem, capabilities, oneCall } from '../../calls/calls-subject.js';
import type { ContractSubject } from '../../contract/subject.js';
import type { ProviderSubject } from '../../subjects/subject.js';
import { orderId } from '../../support/full-stack.js';
import { startHarness } from '../../support/provider-harness.js';
import { otherToyShopper, toyEmulator, toyOrders, toyShopper, toyToken } from './emulator.js';
import { toy } from './provider.js';

const alone = 'lines come with their order, so neither is there without the other';

const ACCOUNT = 'toy-us';
const open = orderId(ACCOUNT, toyOrders.open);
const kite = { providerProduct: { providerId: 'kite' } };

export const subject: ProviderSubject = {
  account: ACCOUNT,
  contract: {
    start,
    gaps: [
      { case: 'lines.failed-is-not-empty', reason: alone },
      { case: 'orders.money-is-exact', reason: 'it states no totals' },
      { case: 'subscriptions.same-order', reason: 'nothing recurs' },
      { case: 'subscriptions.foreign-invisible', reason: 'nothing recurs' },
      { case: 'products.same-order', reason: 'there is no catalogue' },
      { case: 'offers.same-by-key', reason: 'it makes no offers' },
    ],
  },
  unlisted: { orders: Object.values(toyOrders) },
  access: {
    demo: { orders: [toyOrders.open] },
    other: () => ({ customerId: otherToyShopper, orders: [toyOrders.foreign] }),
    addition: { product: kite.providerProduct },
  },
  configuration: { settings: {}, secrets: { token: toyToken } },
  writeRequests: [{ method: 'POST' }, { method: 'DELETE' }],
  addition: async () => ({ orderId: open, item: kite }),
  lists: { impossibleCustomers: [''] },
  products: { possible: 'kite', impossible: [], impossibleVariants: [] },
  doctor: { permissions: {} },
  drive: {
    reads: () => ({ orders: [open], questions: [{ orderId: open, item: kite }] }),
    writes: ({ write }) => write('addUpsellItem', { orderId: open, item: kite }),
  },
  calls: [
    {
      prepare: async (stack) => {
        await addItem(stack, open, kite);
        return [capabilities, addedItem(oneCall)];
      },
    },
  ],
};

type Fault = Parameters<RunningEmulator['faults']['add']>[0];

async function start(): Promise<ContractSubject> {
  const harness = await startHarness(toy, toyEmulator);
  const { faults } = harness.emulator;
  const fault = (specification: Fault) => void faults.add(specification);
  const failing = (path: string) =>
    fault({ times: 'always', match: { path }, action: { kind: 'status', status: 500 } });
  const nextWrite = (action: Fault['action']) => fault({ match: { path: '/lines' }, action });
  return {
    open: () => harness.open(),
    openFor: (customerId) => harness.open({ customerId }),
    shopper: toyShopper,
    otherShopper: otherToyShopper,
    orders: { ...toyOrders, unknown: '99' },
    items: { addable: choose('kite'), alreadyThere: choose('ball'), unknown: choose('?') },
    oneTimeLine: `${toyOrders.open}/first`,
    frequency: { every: 1, unit: 'MONTH' },
    everything: () => ({ orders: Object.values(toyOrders), items: [choose('kite'), choose('ball')] }),
    provoke: {
      orderFails: (key) => failing(`/orders/${key}$`),
      readsFail: () => failing('.'),
      lineItemsFail: () => failing('/lines$'),
      nextAnswerIsLost: () => nextWrite({ kind: 'applyThenReset' }),
      nextWriteIsCut: () => nextWrite({ kind: 'reset' }),
      nextWriteIsRefused: () => nextWrite({ kind: 'status', status: 422, body: {} }),
      nextWriteIsDeniedAndDone: () => nextWrite({ kind: 'applyThenStatus', status: 422, body: {} }),
      nothing: () => faults.clear(),
    },
    requests: () => harness.requests(),
    reset: () => harness.restart(),
    close: () => harness.close(),
  };
}

function choose(id: string): ItemChoice {
  return { offerKey: null, product: { id, handle: null, variantId: null } };
}
