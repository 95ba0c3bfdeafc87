import { afterAll, afterEach } from '@jest/globals';
import type { LineItem } from '../../../src/domain/line-item.js';
import type { AddItem, WriteRequest } from '../../../src/domain/write.js';
import { emulators } from '../../../src/emulators/index.js';
import { demoToken } from '../../../src/emulators/recharge/scenarios/demo-credentials.js';
import {
  type DemoOrder,
  demoItems,
  demoOrder,
  demoVariants,
} from '../../../src/emulators/recharge/scenarios/demo-records.js';
import { recharge } from '../../../src/providers/recharge/index.js';
import type { RechargeSettings } from '../../../src/providers/recharge/settings.js';
import { caller } from '../../emulators/calls.js';
import {
  type AccountOptions,
  portsOf,
  startHarness,
  valueOf,
  type WriteOptions,
} from '../../support/provider-harness.js';

/** Rebuilt at once, as often as a test asks. */
export const atOnce = { bucketSize: 0, rebuildSeconds: 0, shippingSeconds: 0 };

export const harness = await startHarness(recharge, emulators.recharge, {
  switches: atOnce,
  timeoutMs: 3_000,
  settings: { settlingSeconds: 1, writeTimeoutMs: 4_000 },
});

afterEach(() => harness.restart('sandbox', atOnce));
afterAll(() => harness.close());

export const MONTHLY = { every: 1, unit: 'MONTH' } as const;
export const filtersKey = () => `${demoOrder('next')}/${demoItems.filters}`;

/** Calls the API as somebody else does. */
export const call = caller(harness.emulator.url, {
  'x-recharge-access-token': demoToken,
  'x-recharge-version': '2021-11',
});

/** All ports for the demo shopper, or for whom is named. */
export const open = (customerId: string | null = harness.shopper, options: AccountOptions<RechargeSettings> = {}) =>
  portsOf(
    harness.open({ ...options, customerId }),
    ['upcomingOrders', 'lineItems', 'subscriptions', 'products', 'eligibility', 'preview', 'conversions'],
    ['add', 'changeQuantity', 'remove'],
  );

/** Runs a write through the write protocol. Throws when its key was not claimed. */
export async function write(request: WriteRequest, options: WriteOptions<RechargeSettings> = {}) {
  const result = await harness.write(request, options);
  if (!result.operation) throw new Error(`not claimed: ${JSON.stringify(result.errors)}`);
  return { ...result, operation: result.operation };
}

export const product = (id: string) => ({ offerKey: null, product: { id, handle: null, variantId: null } });

export function addOf(more: Partial<AddItem> = {}): AddItem {
  return {
    kind: 'ADD_UPSELL_ITEM',
    orderKey: demoOrder('next'),
    item: product(demoVariants.syrup),
    quantity: 3,
    subscribe: null,
    ifPresent: 'REJECT',
    ifTargetMoved: 'REJECT',
    ...more,
  };
}

export async function linesOf(name: DemoOrder): Promise<readonly LineItem[]> {
  const ports = open();
  const order = valueOf((await ports.orders.getMany([demoOrder(name)]))[0]);
  return valueOf((await ports.lineItems.forOrders([order]))[0]);
}

/** Writes sent since the last time they were asked for. */
export const writesSent = () => harness.calls().filter((each) => !each.startsWith('GET'));

/** One-time items of a variant in the books. */
export const itemsInBooks = (variant: string) =>
  harness.rows('onetimes').filter((row) => row.at('external_variant_id') === variant);

export const switchTo = (values: Readonly<Record<string, unknown>>) => harness.emulator.switches.setAll(values);
