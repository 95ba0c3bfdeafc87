import { afterAll, afterEach } from '@jest/globals';
import type { ItemChoice } from '../../../src/domain/eligibility.js';
import type { Order } from '../../../src/domain/order.js';
import type { AccountConnection, DataSource } from '../../../src/domain/provider.js';
import type { AddItem } from '../../../src/domain/write.js';
import { emulators } from '../../../src/emulators/index.js';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { ordergroove } from '../../../src/providers/ordergroove/index.js';
import type { OrdergrooveSettings } from '../../../src/providers/ordergroove/settings.js';
import { type AccountOptions, openFor, portsOf, startHarness, valueOf } from '../../support/provider-harness.js';

export const CHEWS = '44931275400012';
export const OUT_OF_STOCK = '44931275400001';
export const DISCONTINUED = '44931275400002';
export const ONE_TIME_ONLY = '44931275400003';
export const CLOSED = '44931275400004';
export const FILTERS = '9007199254740993';
export const OTHER_CUSTOMER = '00026001';

export const UNASKED = { lineItems: false, subscriptions: false };
export const AHEAD = { lineItems: true, subscriptions: true };
export const MONTHLY = { every: 1, unit: 'MONTH' } as const;

export const harness = await startHarness(ordergroove, emulators.ordergroove);

afterEach(() => harness.emulator.reset('sandbox'));
afterAll(() => harness.close());

export function choose(id: string): ItemChoice {
  return { offerKey: null, product: { id, handle: null, variantId: null } };
}

export function addOf(more: Partial<AddItem> = {}): AddItem {
  return {
    kind: 'ADD_UPSELL_ITEM',
    orderKey: demoOrders.next,
    item: choose(CHEWS),
    quantity: 1,
    subscribe: null,
    ifPresent: 'REJECT',
    ifTargetMoved: 'REJECT',
    ...more,
  };
}

/** The ports this provider has, its writers beside them. */
function ports(source: DataSource) {
  const { upsells, ...others } = portsOf(
    source,
    ['upcomingOrders', 'lineItems', 'subscriptions', 'products', 'offers', 'eligibility', 'preview', 'conversions'],
    ['add', 'changeQuantity', 'remove'],
  );
  return { ...others, ...upsells };
}

export const open = (options?: AccountOptions<OrdergrooveSettings>) => ports(harness.open(options));
export const openAs = (connection: AccountConnection, customer: string | null = harness.shopper, recognised = false) =>
  ports(openFor(connection, customer, { recognised }));

/** Answers take long enough that calls made together are seen to overlap. */
export function slowDown() {
  const action = { kind: 'delay', milliseconds: 80 } as const;
  harness.emulator.faults.add({ match: { method: 'GET' }, times: 'always', action });
}

export async function readOrder(key: string, source = open()): Promise<Order> {
  return valueOf((await source.orders.getMany([key]))[0]);
}

export async function linesOf(key: string) {
  const source = open();
  return valueOf((await source.lineItems.forOrders([await readOrder(key, source)]))[0]);
}
