import type { Scenario } from '../../kit/definition.js';
import { toStamp } from '../eastern-time.js';
import type { RechargeStore } from '../store.js';
import type { switches } from '../switches.js';
import {
  demoAddresses,
  demoCharges,
  demoDays,
  demoItems,
  demoShopper,
  demoVariants,
  failingCustomer,
  strangersCustomer,
  yenCustomer,
} from './demo-records.js';
import { Seeding } from './seeding.js';

export const sandbox: Scenario<RechargeStore, typeof switches> = {
  description: 'A shopper with three addresses and orders in every state; another one has a charge in error.',
  create({ now }) {
    const seeding = new Seeding(now);
    const goods = seedGoods(seeding);
    seedDemoShopper(seeding, goods, now);
    seedOthers(seeding, goods);
    return seeding.store;
  },
};

type Goods = ReturnType<typeof seedGoods>;

function seedGoods(seeding: Seeding) {
  const goods = {
    beans: seeding.variant(demoVariants.beans, 'House Espresso Beans', 2400, { title: '1 kg' }),
    filters: seeding.variant(demoVariants.filters, 'Paper Filters', 650, { title: '100 pieces' }),
    mug: seeding.variant(demoVariants.mug, 'Stoneware Mug', 1400, { title: 'Blue' }),
    syrup: seeding.variant(demoVariants.syrup, 'Vanilla Syrup', 950),
    tea: seeding.variant(demoVariants.tea, 'Earl Grey Tin', 1125),
    box: seeding.variant(demoVariants.box, 'Tasting Box', 3900),
  };
  seeding.variant(demoVariants.outOfStock, 'Hand Grinder', 5900, { level: 0, policy: 'deny' });
  seeding.variant(demoVariants.deleted, 'Old Blend', 1900, { is_deleted: true });
  seeding.variant(demoVariants.unpublished, 'Coming Soon', 2900, { is_published: false });
  for (const each of [goods.beans, goods.filters, goods.syrup, goods.tea]) seeding.plan(each);
  seeding.plan(goods.tea, { title: 'Every two weeks', interval_unit: 'week', order_interval_frequency: 2 });
  seeding.plan(goods.box, { type: 'prepaid', title: 'Three boxes, paid at once', charge_interval_frequency: 3 });
  return goods;
}

function seedDemoShopper(seeding: Seeding, goods: Goods, now: Date): void {
  const dana = seeding.customer(demoShopper, 'Dana', 'Field');
  const home = seeding.address(demoAddresses.home, dana);
  const office = seeding.address(demoAddresses.office, dana);
  const euro = seeding.address(demoAddresses.euro, dana, { presentment_currency: 'EUR', tax_percent: 19 });
  const day = (name: keyof typeof demoDays) => seeding.day(demoDays[name]);

  const coffee = seeding.subscription(demoItems.coffee, goods.beans, home, day('next'), { quantity: 2 });
  const tea = seeding.subscription(demoItems.tea, goods.tea, home, day('next'));
  seeding.onetime(demoItems.filters, goods.filters, home, day('next'), 2);
  seeding.subscription(demoItems.laterMug, goods.mug, home, day('later'), { order_interval_frequency: 2 });
  seeding.onetime(demoItems.laterSyrup, goods.syrup, home, day('later'));
  seeding.subscription(demoItems.officeTea, goods.tea, office, day('office'), {
    order_interval_unit: 'week',
    order_interval_frequency: 2,
    charge_interval_frequency: 2,
  });
  seeding.subscription(demoItems.box, goods.box, office, day('box'), { charge_interval_frequency: 3 });
  seeding.store.bundles.add({
    id: 8_800_001,
    purchase_item_id: demoItems.box,
    external_product_id: goods.box.external_product_id,
    external_variant_id: goods.box.external_variant_id,
    items: [goods.beans, goods.tea].map(({ external_product_id, external_variant_id }) => ({
      external_product_id,
      external_variant_id,
      quantity: 1,
    })),
  });
  seeding.subscription(demoItems.discountedBeans, goods.beans, office, day('discounted'), {
    expire_after_specific_number_of_charges: 6,
  });
  seeding.subscription(demoItems.euroTea, goods.tea, euro, day('euro'));
  seeding.subscription(demoItems.cancelled, goods.mug, home, day('later'), {
    status: 'cancelled',
    next_charge_scheduled_at: null,
    cancelled_at: toStamp(new Date(now.getTime() - 9 * 86_400_000)),
    cancellation_reason: 'Too much coffee',
  });

  // The default order of lists is by id, which is not the order of their dates.
  seeding.charge(demoCharges.later, home, day('later'));
  seeding.charge(demoCharges.next, home, day('next'));
  seeding.charge(demoCharges.office, office, day('office'));
  seeding.charge(demoCharges.box, office, day('box'));
  seeding.charge(demoCharges.discounted, office, day('discounted'), {
    discounts: [{ id: 8_100_001, code: 'THANKS', percent: 20 }],
  });
  seeding.charge(demoCharges.euro, euro, day('euro'));
  seeding.charge(demoCharges.skipped, home, day('skipped'), { status: 'skipped', lines: [seeding.line(tea)] });
  seeding.charge(demoCharges.placed, home, day('placed'), {
    status: 'success',
    lines: [seeding.line(coffee), seeding.line(tea)],
    processed_at: toStamp(new Date(now.getTime() + demoDays.placed * 86_400_000)),
    orders_count: 1,
    external_order_id: '5550001001',
  });
}

/** Seeds other customers of the shop: nothing of theirs must show. */
function seedOthers(seeding: Seeding, { beans, tea }: Goods): void {
  const sam = seeding.customer(strangersCustomer, 'Sam', 'Stranger');
  const theirs = seeding.address(demoAddresses.stranger, sam);
  seeding.subscription(demoItems.strangersBeans, beans, theirs, seeding.day(demoDays.stranger));
  seeding.charge(demoCharges.stranger, theirs, seeding.day(demoDays.stranger));

  const lee = seeding.customer(failingCustomer, 'Lee', 'Late');
  const late = seeding.address(demoAddresses.failing, lee);
  seeding.address(demoAddresses.spare, lee);
  const failed = seeding.subscription(demoItems.failingBeans, beans, late, seeding.day(demoDays.failed));
  seeding.charge(demoCharges.failed, late, seeding.day(demoDays.failed), {
    status: 'error',
    lines: [seeding.line(failed)],
    error: 'The card was declined.\r\n',
    error_type: 'CARD_UPDATED_NOW_PENDING_NEXT_ATTEMPT',
    charge_attempts: 1,
  });
  seeding.subscription(demoItems.failingTea, tea, late, seeding.day(demoDays.failingNext));
  seeding.charge(demoCharges.failingNext, late, seeding.day(demoDays.failingNext));

  const aki = seeding.customer(yenCustomer, 'Aki', 'Sato');
  const yen = seeding.address(demoAddresses.yen, aki, { presentment_currency: 'JPY', shipping: 60_000 });
  seeding.subscription(demoItems.yenTea, tea, yen, seeding.day(demoDays.yen), { price: 152_000 });
  seeding.charge(demoCharges.yen, yen, seeding.day(demoDays.yen));
}
