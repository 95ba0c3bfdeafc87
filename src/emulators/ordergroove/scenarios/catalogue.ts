import type { ProductRecord } from '../records.js';
import type { Seeding } from './seeding.js';

export type Catalogue = Readonly<Record<keyof typeof goods, ProductRecord>>;

/** Everything a shop of coffee and pet food might sell, and every kind of product a client has to tell apart. */
const goods = {
  houseBlend: {
    external_product_id: '44931275391146',
    name: 'House Blend Coffee, 12 oz',
    price: '16.00',
    eligibility: ['subscription', 'upsell'],
  },
  /** An id with leading zeros. */
  decaf: { external_product_id: '00010482', name: 'Decaf Sumatra, 12 oz', price: '17.50' },
  kibble: {
    external_product_id: '62900-W01',
    name: 'Grain-Free Salmon Kibble, 24 lb',
    price: '68.50',
    every: 6,
    every_period: 2,
  },
  /** Ids beyond 2^53. */
  filters: {
    external_product_id: '9007199254740993',
    name: 'Paper Filters No. 4, 100 pack',
    price: '6.50',
    eligibility: ['upsell', 'impulse_upsell', 'subscription'],
  },
  oatMilk: {
    external_product_id: '900719925474099312345',
    name: 'Barista Oat Milk, 6 pack',
    price: '23.94',
    eligibility: ['subscription', 'impulse_upsell'],
  },
  catTreats: { external_product_id: '44931275400011', name: 'Freeze-Dried Chicken Cat Treats', price: '9.25' },
  dentalChews: { external_product_id: '44931275400012', name: 'Dental Chews for Small Dogs, 28 pack', price: '21.99' },
  coldBrew: {
    external_product_id: '44931275400013',
    name: 'Cold Brew Concentrate, 32 oz',
    price: '19.00',
    recurringDiscount: 15,
  },
  freeSample: {
    external_product_id: '44931275400014',
    name: 'Roaster’s Choice Sample',
    price: '0.00',
    eligibility: ['upsell'],
  },
  outOfStock: { external_product_id: '44931275400001', name: 'Single-Origin Gesha, 8 oz', price: '42.00', live: false },
  discontinued: {
    external_product_id: '44931275400002',
    name: 'Holiday Blend, 12 oz',
    price: '18.00',
    live: false,
    discontinued: true,
  },
  oneTimeOnly: {
    external_product_id: '44931275400003',
    name: 'Ceramic Pour-Over Dripper',
    price: '24.00',
    autoship_enabled: false,
    every: null,
    every_period: null,
    eligibility: ['upsell'],
  },
  /** An entry without any group closes every use; one without an upsell group closes upsell. */
  closed: { external_product_id: '44931275400004', name: 'Barista Workshop Voucher', price: '95.00', eligibility: [] },
  subscriptionOnly: {
    external_product_id: '44931275400005',
    name: 'Veterinary Renal Diet, 8 lb',
    price: '54.75',
    eligibility: ['subscription'],
  },
  prepaidBox: {
    external_product_id: '44931275400006',
    name: 'Roaster’s Box, Three Bags',
    price: '48.00',
    prepaid_eligible: true,
    groups: [{ group_type: 'subscription', name: 'prepaid' }],
  },
  matcha: { external_product_id: '44931275400021', name: 'Ceremonial Matcha, 30 g', price: '3200.00' },
  genmaicha: { external_product_id: '44931275400022', name: 'Genmaicha, 200 g', price: '1480.00' },
} as const;

export function stock(seeding: Seeding): Catalogue {
  const add = (fields: Parameters<Seeding['product']>[0]) => seeding.product(fields);
  return {
    houseBlend: add(goods.houseBlend),
    decaf: add(goods.decaf),
    kibble: add(goods.kibble),
    filters: add(goods.filters),
    oatMilk: add(goods.oatMilk),
    catTreats: add(goods.catTreats),
    dentalChews: add(goods.dentalChews),
    coldBrew: add(goods.coldBrew),
    freeSample: add(goods.freeSample),
    outOfStock: add(goods.outOfStock),
    discontinued: add(goods.discontinued),
    oneTimeOnly: add(goods.oneTimeOnly),
    closed: add(goods.closed),
    subscriptionOnly: add(goods.subscriptionOnly),
    prepaidBox: add(goods.prepaidBox),
    matcha: add(goods.matcha),
    genmaicha: add(goods.genmaicha),
  };
}
