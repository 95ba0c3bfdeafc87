import { describe, expect, test } from '@jest/globals';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import { port } from '../../contract/subject.js';
import { sendSteps } from '../../support/write-steps.js';
import { addTo, choose, codes, finish, harness, judge, linesOf, orderOf, OTHER_SHOPPER, writes } from './harness.js';

describe('adding', () => {
  test('refuses several units, unless each may be sent by itself', async () => {
    await finish(demoCheckouts.first);
    const request = addTo('61', { quantity: 3 });
    expect((await harness.write(request)).errors[0]).toMatchObject({
      code: 'NOT_ELIGIBLE',
      reasons: [{ code: 'QUANTITY_NOT_SUPPORTED' }, { code: 'RISK_CHECK_NEEDED' }],
    });
    harness.calls();
    const { operation } = await harness.write(request, { settings: { multiSend: true } });
    expect(operation?.status).toBe('SUCCEEDED');
    const steps = operation?.plannedSteps.map(({ name }) => name);
    expect(steps).toEqual(['add_item', 'add_item_2', 'add_item_3']);
    expect(new Set(steps?.map((step) => operation?.progress?.done[step]?.lineItemKey)).size).toBe(3);
    expect(writes(harness.calls())).toHaveLength(3);
    expect((await orderOf('61')).totals?.total?.amount).toBe('905.00');
    const many = await judge('61', { quantity: 11 }, harness.open({ settings: { multiSend: true } }));
    expect(codes(many)).toContain('QUANTITY_NOT_SUPPORTED');
    const short = await judge(
      '61',
      { item: choose('1003', '1003-3'), quantity: 8 },
      harness.open({ settings: { multiSend: true } }),
    );
    expect(codes(short)).toContain('OUT_OF_STOCK');
  });

  test('is partial when a later unit is refused', async () => {
    await finish(demoCheckouts.first);
    harness.emulator.faults.add({
      match: { path: '/items/1001-1' },
      skip: 1,
      action: { kind: 'status', status: 412, body: { errors: { crossSell: 'payment update failed' } } },
    });
    const { operation } = await harness.write(addTo('61', { quantity: 2 }), { settings: { multiSend: true } });
    expect(operation).toMatchObject({
      status: 'PARTIAL',
      effect: 'PARTLY_CHANGED',
      errors: [{ code: 'PAYMENT' }],
      differences: [],
    });
    expect(await linesOf('61')).toHaveLength(2);
  });

  test.each([400, 403, 406, 409, 412, 422, 200])(
    'takes status %s with errors for a refused authorisation',
    async (status) => {
      await finish(demoCheckouts.first);
      harness.emulator.switches.setAll({
        paymentProvider: 'refuse',
        upsellErrorStatus: status,
        upsellErrorKey: 'payment',
      });
      expect(await harness.write(addTo('61'))).toMatchObject({
        operation: { status: 'REJECTED', effect: 'UNCHANGED' },
        errors: [{ code: 'PAYMENT' }],
      });
    },
  );

  test.each(['conflict', 'throttle', 'error', 'unavailable', 'timeout'])(
    'takes a payment provider that answers %s for a refusal, because Centra reverts',
    async (behaviour) => {
      await finish(demoCheckouts.first);
      harness.emulator.switches.set('paymentProvider', behaviour);
      expect(await harness.write(addTo('61'))).toMatchObject({
        operation: { status: 'REJECTED', effect: 'UNCHANGED' },
        errors: [{ code: 'PAYMENT' }],
      });
    },
  );

  test('says when the order was not put back, and when that could not be read', async () => {
    await finish(demoCheckouts.first);
    harness.emulator.switches.setAll({ paymentProvider: 'refuse', refusalKeepsLine: true });
    const kept = await harness.write(addTo('61'), { deadlineMs: 600 });
    expect(kept).toMatchObject({
      operation: { status: 'PARTIAL', effect: 'PARTLY_CHANGED' },
      errors: [{ code: 'PAYMENT', retry: 'CHECK_OPERATION' }],
    });
    harness.emulator.switches.set('refusalKeepsLine', false);
    harness.emulator.faults.add({
      match: { path: 'receipt' },
      skip: 1,
      times: 'always',
      action: { kind: 'status', status: 500 },
    });
    const unread = await harness.write(addTo('61', { item: choose('1002') }), { deadlineMs: 600 });
    expect(unread.operation).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
  });

  test('is refused for stock that went meanwhile, and for a limit that passed on the way', async () => {
    await finish(demoCheckouts.first);
    const stock = { errors: { stock: 'unavailable items' }, unavailable: [] };
    harness.emulator.faults.add({
      match: { path: '/items/1001-1' },
      action: { kind: 'status', status: 410, body: stock },
    });
    expect((await harness.write(addTo('61'))).errors[0]).toMatchObject({ reasons: [{ code: 'OUT_OF_STOCK' }] });
    const request = addTo('61', { item: choose('1002') });
    let isPrepared = false;
    const writer = () => {
      // It passes between the target and the write.
      if (isPrepared) harness.emulator.clock.advance(180_000);
      isPrepared = true;
      return port(harness.open().upsells, 'upsells').add;
    };
    const { answers } = await sendSteps(writer, request);
    expect(answers).toMatchObject([{ outcome: 'refused', refusal: { reasons: [{ code: 'WINDOW_CLOSED' }] } }]);
  });

  test('finds a lost answer by its line and the total, and sends nothing twice', async () => {
    await finish(demoCheckouts.first);
    harness.emulator.faults.add({ match: { path: '/items/1001-1' }, action: { kind: 'applyThenReset' } });
    harness.calls();
    const { operation } = await harness.write(addTo('61'));
    expect(operation?.status).toBe('SUCCEEDED');
    expect(writes(harness.calls())).toHaveLength(1);
    expect(await linesOf('61')).toHaveLength(2);
  });

  test('finds a second line of an item that was there already', async () => {
    await finish(demoCheckouts.first);
    harness.emulator.faults.add({ match: { path: '/items/1003-1' }, action: { kind: 'applyThenStatus', status: 502 } });
    const { operation } = await harness.write(addTo('61', { item: choose('1003', '1003-1'), ifPresent: 'ADD' }));
    expect(operation?.status).toBe('SUCCEEDED');
    expect(await linesOf('61')).toHaveLength(2);
  });

  test('is not called a failure as long as a request without a trace may come late', async () => {
    await finish(demoCheckouts.first);
    harness.emulator.faults.add({ match: { path: '/items/1001-1' }, action: { kind: 'reset' } });
    const { operation } = await harness.write(addTo('61'));
    expect(operation).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
    expect(await linesOf('61')).toHaveLength(1);
  });

  test('is no success of an order that was cancelled after it, as when its payment fails', async () => {
    await finish(demoCheckouts.first);
    harness.emulator.faults.add({ match: { path: '/items/1001-1' }, action: { kind: 'failPayment' } });
    const { operation } = await harness.write(addTo('61'));
    expect((await orderOf('61')).status).toBe('CANCELLED');
    expect(operation).toMatchObject({
      status: 'PARTIAL',
      effect: 'PARTLY_CHANGED',
      differences: [{ field: 'status', requested: 'OPEN_FOR_UPSELL', applied: 'CANCELLED', critical: true }],
      errors: [{ code: 'PROVIDER', retry: 'CHECK_OPERATION' }],
    });
  });

  test('does not call it done while line and total disagree', async () => {
    await finish(demoCheckouts.first);
    harness.emulator.faults.add({ match: { path: '/items/1001-1' }, action: { kind: 'applyThenReset' } });
    const unpaid = { set: { 'totals.grandTotalPriceAsNumber': 305 } };
    harness.emulator.faults.add({
      match: { path: 'receipt' },
      skip: 1,
      times: 'always',
      action: { kind: 'patchBody', ...unpaid },
    });
    expect((await harness.write(addTo('61'), { deadlineMs: 600 })).operation?.status).toBe('INDETERMINATE');
  });

  test('does not call it undone either while the total has grown without a line', async () => {
    await finish(demoCheckouts.first);
    harness.emulator.faults.add({ match: { path: '/items/1001-1' }, action: { kind: 'reset' } });
    const grown = { set: { 'totals.grandTotalPriceAsNumber': 505 } };
    harness.emulator.faults.add({
      match: { path: 'receipt' },
      skip: 1,
      times: 'always',
      action: { kind: 'patchBody', ...grown },
    });
    expect((await harness.write(addTo('61'), { deadlineMs: 600 })).operation?.status).toBe('INDETERMINATE');
  });

  test('looks the line up when the success does not show the order', async () => {
    harness.emulator.switches.setAll({ upsellSuccessBody: 'empty', upsellSuccessStatus: 201 });
    await finish(demoCheckouts.first);
    const { operation } = await harness.write(addTo('61'));
    expect(operation?.status).toBe('SUCCEEDED');
    expect(operation?.lineItemRef).toEqual((await linesOf('61'))[1]?.ref);
  });

  test('refuses a duplicate, another shopper and an order there is not', async () => {
    await finish(demoCheckouts.first);
    const there = addTo('61', { item: choose('1003', '1003-1') });
    expect((await harness.write(there)).errors[0]).toMatchObject({
      code: 'DUPLICATE_ITEM',
      existing: { product: { providerId: '1003' } },
    });
    const foreign = await harness.write(addTo('61'), { customerId: OTHER_SHOPPER });
    const unknown = await harness.write(addTo('62'), { customerId: OTHER_SHOPPER });
    expect(foreign.errors).toEqual(unknown.errors);
    expect(foreign.errors[0]?.code).toBe('NOT_FOUND');
    expect(writes(harness.calls())).toEqual([]);
  });
});
