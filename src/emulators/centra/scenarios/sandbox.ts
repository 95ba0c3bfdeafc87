import { EmulatorClock } from '../../kit/clock.js';
import type { Scenario } from '../../kit/definition.js';
import { Deferred } from '../../kit/deferred.js';
import { EventLog } from '../../kit/event-log.js';
import { StaleReads } from '../../kit/stale-reads.js';
import { WriteLog } from '../../kit/write-log.js';
import { placeOrder } from '../checkout.js';
import type { CentraContext } from '../context.js';
import { localDate } from '../local-time.js';
import { type ReadyCheckout, readyCheckout } from '../ready-checkout.js';
import type { OrderRecord } from '../records.js';
import { CentraStore } from '../store.js';
import { subscribe } from '../subscriptions.js';
import type { CentraSwitches, switches } from '../switches.js';
import { freshCatalogue } from './catalogue.js';
import { demoCheckouts } from './demo-checkouts.js';
import { currencies, demoCustomer, markets, newCustomer, otherCustomer, plans, plugins, timeZone } from './shop.js';

const DAY = 86_400_000;

/** Checkouts ready to be finished, older orders in several states, and subscription contracts. */
export const sandbox: Scenario<CentraStore, typeof switches> = {
  description: 'A shop in five markets: checkouts ready for payment-result, older orders, subscription contracts.',
  create: ({ now, switches: chosen }) => {
    const context = contextAt(now, chosen, 'sandbox', 1201);
    seedHistory(context, now);
    context.clock.set(now, { frozen: true });
    for (const checkout of Object.values(readyOnes())) readyCheckout(context, checkout);
    return context.store;
  },
};

/** Creates a context only the scenario sees: its clock can be anywhere while records are made. */
export function contextAt(now: Date, chosen: CentraSwitches, seed: string, firstOrderNumber: number): CentraContext {
  const clock = new EmulatorClock();
  clock.set(now, { frozen: true });
  const customers = [demoCustomer, otherCustomer, newCustomer].map((customer) => ({ ...customer }));
  const store = new CentraStore({
    seed,
    timeZone,
    currencies,
    markets,
    plugins,
    plans,
    products: freshCatalogue(),
    customers,
    firstOrderNumber,
  });
  const deferred = new Deferred(clock);
  const events = new EventLog(clock);
  const writes = new WriteLog(clock, events);
  return {
    clock,
    switches: chosen,
    events,
    deferred,
    staleReads: new StaleReads(clock),
    writes,
    store,
  };
}

function readyOnes(): Readonly<Record<string, ReadyCheckout>> {
  const own = { customer: demoCustomer };
  return {
    first: { ...own, id: demoCheckouts.first },
    second: { ...own, id: demoCheckouts.second, items: ['1010-1', '1002-1'] },
    coffee: { ...own, id: demoCheckouts.coffee, items: ['1004-1', '1003-3'] },
    card: { ...own, id: demoCheckouts.card, method: 'CARD' },
    otherPlugin: { ...own, id: demoCheckouts.otherPlugin, payment: 'klarna-playground' },
    switzerland: { ...own, id: demoCheckouts.switzerland, market: 'ch' },
    voucher: {
      ...own,
      id: demoCheckouts.voucher,
      vouchers: [{ code: 'WELCOME', name: 'Welcome', amountOff: 1_000 }],
    },
    guest: { id: demoCheckouts.guest },
    japan: { ...own, id: demoCheckouts.japan, market: 'jp', items: ['1010-1'] },
    other: { customer: otherCustomer, id: demoCheckouts.other },
    newcomer: { customer: newCustomer, id: demoCheckouts.newcomer, items: ['1004-1'] },
  };
}

/** Seeds orders of earlier days, every one closed. Each with a subscribed line made a contract. */
function seedHistory(context: CentraContext, now: Date): void {
  const place = (daysAgo: number, status: number, checkout: ReadyCheckout): OrderRecord => {
    context.clock.set(new Date(now.getTime() - daysAgo * DAY), { frozen: true });
    const { selection } = readyCheckout(context, checkout);
    const order = placeOrder(context, selection);
    order.status = status;
    order.phase = 'CLOSED';
    return order;
  };
  place(40, 5, { customer: demoCustomer, items: ['1003-1'] });
  place(30, 4, { customer: demoCustomer, items: ['1004-1@1'] });
  place(25, 6, { customer: demoCustomer, items: ['1010-1'] });
  place(20, 4, { customer: otherCustomer, items: ['1004-1@2'], market: 'de' });
  place(10, 4, { customer: demoCustomer, items: ['1002-1', '1001-1'], market: 'us' });
  for (let order = 0; order < 12; order += 1) place(9 - order / 2, 3, { customer: demoCustomer, items: ['1001-1'] });
  seedDeclined(context, now);
  context.store.emails.length = 0;
}

/** Seeds a contract whose card was declined and that needs attention. */
function seedDeclined(context: CentraContext, now: Date): void {
  const { store } = context;
  const paid = store.contracts.list().find(({ customer }) => customer === demoCustomer.email);
  const plan = store.plans.get('2');
  if (!paid?.payment || !plan) return;
  const payment = { ...paid.payment, id: store.nextSerial(), status: 'SUSPENDED' as const };
  const declined = store.contracts.add({ ...paid, id: store.nextSerial(), payment });
  subscribe(context, declined, {
    item: '1004-1',
    quantity: 1,
    plan,
    nextOrderDate: localDate(new Date(now.getTime() + 5 * DAY), timeZone),
  });
}
