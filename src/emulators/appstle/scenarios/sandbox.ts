import type { Scenario } from '../../kit/definition.js';
import { gid } from '../gids.js';
import type { ContractRecord } from '../records.js';
import { refreshNextDate } from '../schedule.js';
import type { AppstleStore } from '../store.js';
import type { switches } from '../switches.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoOneOffs,
  demoShop,
  demoShopper,
  demoVariants,
  otherShopsAttempt,
  otherShopsContract,
  strangersAttempt,
  strangersContract,
  strangersCustomer,
} from './demo-records.js';
import { Seeding } from './seeding.js';

export const sandbox: Scenario<AppstleStore, typeof switches> = {
  description: 'A shopper with contracts in every state, three queued orders, one-offs and a one-time line.',
  create({ now }) {
    const seeding = new Seeding({ seed: 'sandbox', firstId: 8_200_001n }, demoShop, now);
    seeding.customer(demoShopper, 'Dana', 'Field');
    seedContracts(seeding, seedVariants(seeding));
    seedOthers(seeding);
    return seeding.store;
  },
};

function seedVariants(seeding: Seeding) {
  const variant = (name: keyof typeof demoHandles, title: string, price: string, variantTitle?: string) =>
    seeding.variant(demoVariants[name], demoHandles[name], title, price, variantTitle);
  variant('outOfStock', 'Hand Grinder', '59.00').inStock = false;
  variant('syrup', 'Vanilla Syrup', '9.50');
  return {
    beans: variant('beans', 'House Espresso Beans 1 kg', '24.00'),
    filters: variant('filters', 'Paper Filters, 100', '6.50'),
    mug: variant('mug', 'Stoneware Mug', '14.00', 'Blue'),
    tea: variant('tea', 'Earl Grey Tin', '11.25'),
  };
}

function seedContracts(seeding: Seeding, { beans, filters, mug, tea }: ReturnType<typeof seedVariants>): void {
  const { next, later, last } = demoAttempts;
  const lines = [
    seeding.line(beans, { quantity: 2, price: '21.60' }),
    seeding.line(tea),
    seeding.line(mug, { oneTime: true }),
  ];
  const coffee = seeding.contract(demoContracts.coffee, demoShopper, lines);
  seeding.queue(coffee, {
    [later]: seeding.daysAhead(37),
    [next]: seeding.daysAhead(7),
    [last]: seeding.daysAhead(68),
  });
  seeding.oneOff(coffee, next, filters, demoOneOffs.next, 2);
  seeding.oneOff(coffee, later, mug, demoOneOffs.later);
  seedPast(seeding, coffee);

  const contract = (id: string, more: Partial<ContractRecord> = {}) =>
    seeding.contract(id, demoShopper, [seeding.line(tea)], more);
  const nextBillingDate = seeding.daysAhead(20);
  seeding.queue(contract(demoContracts.tea), { [demoAttempts.tea]: seeding.daysAhead(12) });
  contract(demoContracts.paused, { status: 'PAUSED', nextBillingDate, pausedOn: seeding.daysAhead(-5) });
  contract(demoContracts.cancelled, { status: 'CANCELLED', nextBillingDate, cancelledOn: seeding.daysAhead(-9) });
  seeding.queue(contract(demoContracts.committed, { minCycles: 6 }), {
    [demoAttempts.committed]: seeding.daysAhead(25),
  });
  contract(demoContracts.prepaid, { billing: { unit: 'MONTH', count: 3 }, maxCycles: 4, nextBillingDate });
  contract(demoContracts.failing, { lastPaymentFailed: true, nextBillingDate });
  seeding.queue(contract(demoContracts.euro, { currency: 'EUR' }), { [demoAttempts.euro]: seeding.daysAhead(30) });
}

function seedPast(seeding: Seeding, contract: ContractRecord): void {
  const { placed, skipped } = demoAttempts;
  const [done, left] = seeding.queue(contract, {
    [placed]: seeding.daysAhead(-23),
    [skipped]: seeding.daysAhead(-2),
  });
  if (!done || !left) return;
  Object.assign(done, {
    status: 'SUCCESS',
    attemptCount: 1,
    billingAttemptId: gid('SubscriptionBillingAttempt', '778899'),
    orderId: '5550001001',
    orderName: '#1001',
    orderAmount: '59.45',
    variants: contract.lines.slice(0, 2).map(({ variantId, quantity }) => ({ variantId, quantity })),
  });
  left.status = 'SKIPPED';
  refreshNextDate(seeding.store, contract);
}

/** Seeds another customer and another shop, neither of which must show. */
function seedOthers(seeding: Seeding): void {
  const { store } = seeding;
  const beans = store.variants.get(demoVariants.beans);
  if (!beans) return;
  const stranger = seeding.customer(strangersCustomer, 'Sam', 'Stranger');
  const theirs = seeding.contract(strangersContract, stranger, [seeding.line(beans)]);
  seeding.queue(theirs, { [strangersAttempt]: seeding.daysAhead(9) });
  const shop = 'other-store.myshopify.com';
  const foreign = store.contracts.add({ ...theirs, id: otherShopsContract, detailsId: '1', shop });
  store.variants.add({ ...beans, id: demoVariants.foreign, shop });
  seeding.queue(foreign, { [otherShopsAttempt]: seeding.daysAhead(9) });
}
