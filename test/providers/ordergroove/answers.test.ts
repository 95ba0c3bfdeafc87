import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Operation } from '../../../src/domain/operation.js';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { recovered } from '../../support/recovered.js';
import { sendSteps } from '../../support/write-steps.js';
import { addOf, harness, linesOf, MONTHLY, open } from './harness.js';

const settings = { settlingSeconds: 0 };
const adding = { method: 'POST', path: '^/items/iu/' };

beforeEach(() => harness.restart());

describe('a no', () => {
  test.each([404, 409, 422])('that no page explains (%s) is not taken at its word', async (status) => {
    harness.emulator.faults.add({ match: adding, action: { kind: 'status', status, body: { detail: 'No.' } } });
    const { answers } = await sendSteps(() => open().add, addOf());
    expect(answers).toMatchObject([{ outcome: 'refused', isDocumented: false }]);
  });

  test('of arguments that are named is: it was made before anything was done', async () => {
    const action = { kind: 'status', status: 400, body: { quantity: ['Too many.'] } } as const;
    harness.emulator.faults.add({ match: adding, action });
    const { answers } = await sendSteps(() => open().add, addOf());
    expect(answers).toMatchObject([{ outcome: 'refused', isDocumented: true, refusal: { path: ['quantity'] } }]);
  });

  test.each([400, 404, 409, 422])('over what was done (%s) is no failure', async (status) => {
    const body = { quantity: ['Too many.'] };
    harness.emulator.faults.add({ match: adding, action: { kind: 'applyThenStatus', status, body } });
    const { operation } = await harness.write(addOf(), { settings });
    expect(operation).toMatchObject({ status: 'SUCCEEDED', effect: 'CHANGED' });
    expect((await linesOf(demoOrders.next)).map(({ ref }) => ref.key)).toContain(operation?.lineItemRef?.key);
  });
});

describe('a conversion whose subscription cannot be read', () => {
  const request = {
    kind: 'CONVERT_TO_SUBSCRIPTION',
    lineItemKey: demoOrders.oneTimeItem,
    frequency: MONTHLY,
    offerKey: null,
  } as const;

  test('is open until it can be: what was started may not be in force', async () => {
    const conversions = { method: 'POST', path: '/create_from_item/' };
    harness.emulator.faults.add({ match: conversions, action: { kind: 'startSubscription', status: 'canceled' } });
    const reads = { method: 'GET', path: '^/subscriptions/' };
    harness.emulator.faults.add({ match: reads, times: 'always', action: { kind: 'html', status: 503 } });
    const { operation } = await harness.write(request, { settings, timeoutMs: 300 });
    expect(operation).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
    harness.emulator.faults.clear();
    expect(await recovered(harness, operation as Operation)).toMatchObject({
      status: 'PARTIAL',
      effect: 'PARTLY_CHANGED',
      differences: [{ field: 'subscription', requested: 'ACTIVE', applied: 'CANCELLED', critical: true }],
    });
  });
});
