import { afterAll, afterEach } from '@jest/globals';
import type { WriteRequest } from '../../../src/domain/write.js';
import { demoContracts } from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { emulators } from '../../../src/emulators/index.js';
import { appstle } from '../../../src/providers/appstle/index.js';
import type { AppstleSettings } from '../../../src/providers/appstle/settings.js';
import { type AccountOptions, portsOf, startHarness, type WriteOptions } from '../../support/provider-harness.js';

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
