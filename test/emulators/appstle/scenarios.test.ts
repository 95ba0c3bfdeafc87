import { describe, expect, test } from '@jest/globals';
import { appstle } from '../../../src/emulators/appstle/index.js';
import { demoShop, demoShopper } from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { ATTEMPTS, emulator, get, startOver } from './harness.js';

describe('the scenarios', () => {
  test('start at any real time, and the large one has as many contracts as asked for', async () => {
    startOver('large', { largeContracts: 7 });
    const { json } = await get(`subscription-customers/${demoShopper}`);
    expect(json.rows('subscriptionContracts', 'nodes')).toHaveLength(7);
    expect((await get(`${ATTEMPTS}/top-orders`, { customerId: demoShopper })).json.rows()).toHaveLength(21);
    const { account, shopper } = appstle.sandbox(emulator.url);
    expect(account).toMatchObject({ provider: 'appstle', shop: demoShop, currency: 'USD', baseUrl: emulator.url });
    expect(shopper.customerId).toBe(demoShopper);
  });
});
