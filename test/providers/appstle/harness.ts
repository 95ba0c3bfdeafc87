import { afterAll, afterEach } from '@jest/globals';
import type { LineItem } from '../../../src/domain/line-item.js';
import type { Order } from '../../../src/domain/order.js';
import type { Operation } from '../../../src/domain/operation.js';
import type { AddItem, WriteProgress, WriteRequest, WriteTarget } from '../../../src/domain/write.js';
import { demoApiKey } from '../../../src/emulators/appstle/scenarios/demo-credentials.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoVariants,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { emulators } from '../../../src/emulators/index.js';
import { appstle } from '../../../src/providers/appstle/index.js';
import type { AppstleSettings } from '../../../src/providers/appstle/settings.js';
import { toOrderBefore } from '../../../src/operations/outcome/order-before.js';
import {
  type AccountOptions,
  portsOf,
  startHarness,
  valueOf,
  type WriteOptions,
} from '../../support/provider-harness.js';

export const ROBIN = '6012345678901';

export const harness = await startHarness(appstle, emulators.appstle, {
  scenario: 'sandbox',
  timeoutMs: 3_000,
  settings: { settlingSeconds: 1, writeTimeoutMs: 4_000 },
});

afterEach(() => harness.restart());
afterAll(() => harness.close());

export const orderKey = (attempt: string, contract: string = demoContracts.coffee) => `${contract}/${attempt}`;

/** All ports for the demo shopper, or for whom is named. */
export const open = (customerId: string | null = harness.shopper, options: AccountOptions<AppstleSettings> = {}) =>
  portsOf(
    harness.open({ ...options, customerId }),
    ['upcomingOrders', 'lineItems', 'subscriptions', 'products', 'eligibility', 'preview', 'conversions'],
    ['add', 'changeQuantity', 'remove'],
  );

/** Runs a write through the write protocol. Throws when its key was not claimed. */
export async function write(request: WriteRequest, options: WriteOptions<AppstleSettings> = {}) {
  const result = await harness.write(request, options);
  if (!result.operation) throw new Error(`not claimed: ${JSON.stringify(result.errors)}`);
  return { ...result, operation: result.operation };
}

/** Requests since the last time they were asked for: `PUT path`, the root of the API left out. */
export const calls = () => harness.calls().map((call) => call.replace('/api/external/v2/', ''));

export const ONE_OFF = 'subscription-contract-one-offs-by-contractId-and-billing-attempt-id';
export const ADD_LINE = 'subscription-contracts-add-line-item';
export const MONTHLY = { every: 1, unit: 'MONTH' } as const;

export const oneOffKey = (attempt: string, variant: string) => `${orderKey(attempt)}/one-off/${variant}`;

export function addOf(more: Partial<AddItem> = {}): AddItem {
  return {
    kind: 'ADD_UPSELL_ITEM',
    orderKey: orderKey(demoAttempts.next),
    item: { offerKey: null, product: { id: demoVariants.syrup, handle: demoHandles.syrup, variantId: null } },
    quantity: 3,
    subscribe: null,
    ifPresent: 'REJECT',
    ifTargetMoved: 'REJECT',
    ...more,
  };
}

export const product = (id: string, handle: string | null) => ({
  offerKey: null,
  product: { id, handle, variantId: null },
});

export async function linesOf(attempt: string, contract: string = demoContracts.coffee): Promise<readonly LineItem[]> {
  const ports = open();
  const order = valueOf((await ports.orders.getMany([orderKey(attempt, contract)]))[0]);
  return valueOf((await ports.lineItems.forOrders([order]))[0]);
}

export async function lineOf(attempt: string, variant: string, origin: LineItem['origin'] = 'UPSELL') {
  return (await linesOf(attempt)).find((line) => line.product.providerId === variant && line.origin === origin);
}

export function oneTimeLineKey(lines: readonly LineItem[]): string {
  return lines.find(({ ref, origin }) => origin === 'UPSELL' && ref.key.includes('/line/'))?.ref.key ?? '';
}

export const writesSent = () => calls().filter((each) => !each.startsWith('GET'));

export const api = (method: string, path: string, query: Readonly<Record<string, string>>) =>
  fetch(`${harness.emulator.url}/api/external/v2/${path}?${new URLSearchParams(query).toString()}`, {
    method,
    headers: { 'x-api-key': demoApiKey },
  });

/** What the protocol stores once a target was read. */
export function progressOf({ order, before, context }: WriteTarget): WriteProgress {
  return { context, before: toOrderBefore(order, before), done: {} };
}

export const stepNames = ({ plannedSteps }: Operation) => plannedSteps.map(({ name }) => name);

export async function readOrder(key: string, ports = open()): Promise<Order> {
  return valueOf((await ports.orders.getMany([key]))[0]);
}
