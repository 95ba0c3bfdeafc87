import type { ItemChoice } from '../../src/domain/eligibility.js';
import type { FaultSpecification } from '../../src/emulators/kit/faults.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { openFor, startRig } from '../providers/ordergroove-rig.js';
import type { ContractSubject, SubjectDefinition } from './subject.js';

const OTHER_SHOPPER = '00026001';

export const ordergrooveSubject: SubjectDefinition = { start, gaps: [] };

async function start(): Promise<ContractSubject> {
  const rig = await startRig();
  const { emulator, shopper } = rig;
  const isAlwaysOn = { times: 'always' } as const;
  const fault = (specification: FaultSpecification) => {
    emulator.faults.add(specification);
  };
  const failing = (path: string) =>
    fault({ ...isAlwaysOn, match: { method: 'GET', path }, action: { kind: 'status', status: 500 } });
  const nextWrite = (action: FaultSpecification['action']) =>
    fault({ match: { path: '/(iu|create_from_item|change_quantity|delete)/$' }, action });
  const foreign = await foreignOrder();
  rig.calls();

  async function foreignOrder(): Promise<string> {
    const source = openFor(rig.connect(), OTHER_SHOPPER);
    const listing = await source.upcomingOrders?.list(OTHER_SHOPPER, { lineItems: false, subscriptions: false });
    return listing?.items[0]?.providerId ?? '';
  }

  return {
    open: () => rig.open(),
    openFor: (customerId) => openFor(rig.connect(), customerId),
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
      nothing: () => emulator.faults.clear(),
    },
    requests() {
      const requests = emulator.requests.list().map(({ method, path }) => ({ method, path }));
      emulator.requests.clear();
      return requests;
    },
    reset: () => emulator.reset(),
    close: () => rig.close(),
  };
}

function choose(id: string): ItemChoice {
  return { offerKey: null, product: { id, handle: null, variantId: null } };
}
