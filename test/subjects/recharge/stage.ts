import { recharge as definition } from '../../../src/emulators/recharge/index.js';
import { demoToken } from '../../../src/emulators/recharge/scenarios/demo-credentials.js';
import {
  demoAddresses,
  demoItems,
  demoOrder,
  demoVariants,
} from '../../../src/emulators/recharge/scenarios/demo-records.js';
import { caller, type Json } from '../../emulators/calls.js';
import { type Books, type Stage, startStage, unitsOf } from '../../emulators/misbehaviours/stage.js';

export async function stage(): Promise<Stage> {
  const { emulator, state } = await startStage(definition, 'sandbox');
  /** Charges show what was written at once. */
  const startAgain = () => emulator.reset('sandbox', { bucketSize: 0, rebuildSeconds: 0 });
  const call = caller(emulator.url, { 'x-recharge-access-token': demoToken, 'x-recharge-version': '2021-11' });
  const [, date = ''] = demoOrder('next').split('/');
  const product = demoVariants.syrup;

  const target = {
    address_id: demoAddresses.home,
    next_charge_scheduled_at: date,
    external_variant_id: { ecommerce: product },
  };
  const add = (quantity = 1) => call('POST', '/onetimes', { ...target, quantity });
  const monthly = { order_interval_unit: 'month', order_interval_frequency: 1, charge_interval_frequency: 1 };
  const subscribe = (quantity = 1) => call('POST', '/subscriptions', { ...target, ...monthly, quantity });

  const isOnOrder = (row: Json) => row.at('address_id') === demoAddresses.home && row.at('scheduled_at') === date;

  function books(): Books {
    const now = state();
    const charges = now.rows('charges').filter((row) => row.at('address_id') === demoAddresses.home);
    const charge = charges.find(isOnOrder);
    const lines = charge?.rows('lines') ?? [];
    const others = charges.filter((row) => !isOnOrder(row) && row.at('status') === 'queued');
    const variant = now.rows('variants').find((row) => row.at('external_variant_id') === product);
    return {
      lines: lines.map((row) => ({
        id: String(row.at('purchase_item_id')),
        product: row.text('external_variant_id'),
        quantity: Number(row.at('quantity')),
      })),
      elsewhere: others
        .flatMap((row) => row.rows('lines'))
        .filter((row) => row.at('external_variant_id') === product)
        .reduce((sum, row) => sum + Number(row.at('quantity')), 0),
      total: lines.reduce((sum, row) => sum + Number(row.at('unit_price')) * Number(row.at('quantity')), 0),
      order: STATES[String(charge?.at('status'))] ?? 'processing',
      subscriptions: now.rows('subscriptions').map((row) => STATUSES[row.text('status')] ?? row.text('status')),
      price: Number(variant?.at('prices', 0, 'unit_price')),
    };
  }

  async function shown(): Promise<Json | undefined> {
    const { json } = await call('GET', `/charges?address_id=${demoAddresses.home}&scheduled_at=${date}`);
    return json.rows('charges')[0];
  }

  return {
    emulator,
    product,
    startAgain,
    add,
    counted: { ask: add, units: () => unitsOf(books(), product) },
    addToSplit: add,
    havePresentLine: async () => void (await add()),
    subscribe,
    composed: async () => [subscribe, () => call('DELETE', `/onetimes/${demoItems.filters}`)],
    async look() {
      const count = async (name: string) => {
        const { json } = await call('GET', `/${name}?address_id=${demoAddresses.home}`);
        return json.rows(name).filter((row) => row.at('next_charge_scheduled_at') === date).length;
      };
      return (await count('onetimes')) + (await count('subscriptions'));
    },
    books,
    total: async () => Math.round(Number((await shown())?.at('total_price')) * 100),
    read: { call: () => call('GET', `/onetimes/${demoItems.filters}`), optional: 'quantity', object: null },
  };
}

const STATES: Readonly<Record<string, Books['order']>> = { queued: 'open', success: 'billed', error: 'failed' };
const STATUSES: Readonly<Record<string, string>> = { cancelled: 'canceled' };
