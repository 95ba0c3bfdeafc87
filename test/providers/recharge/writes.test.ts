import { describe, expect, test } from '@jest/globals';
import { addDays } from '../../../src/emulators/kit/calendar.js';
import {
  demoAddresses,
  demoItems,
  demoOrder,
  demoVariants,
  failingCustomer,
} from '../../../src/emulators/recharge/scenarios/demo-records.js';
import {
  addOf,
  call,
  filtersKey,
  harness,
  itemsInBooks,
  linesOf,
  MONTHLY,
  open,
  product,
  switchTo,
  write,
  writesSent,
} from './harness.js';

const { faults } = harness.emulator;
const posted = { method: 'POST', path: '^/onetimes$' };

describe('adding an item to one order', () => {
  test('names the address and the date of its charge, and answers with the line as it is there', async () => {
    const { operation, errors } = await write(addOf());
    expect([errors, operation.status, operation.differences]).toEqual([[], 'SUCCEEDED', []]);
    const [, date] = demoOrder('next').split('/');
    const [sent] = harness.emulator.writes.list();
    expect(sent?.body).toEqual({
      address_id: demoAddresses.home,
      next_charge_scheduled_at: date,
      external_variant_id: { ecommerce: demoVariants.syrup },
      quantity: 3,
      properties: [{ name: '_upsell_operation', value: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
    });
    expect((await linesOf('next')).find(({ ref }) => ref.key === operation.lineItemRef?.key)).toMatchObject({
      quantity: 3,
      purchaseMode: 'ONE_TIME',
      origin: 'UPSELL',
      total: { minor: 2850n, currency: 'USD' },
    });
  });

  test.each(['keeps its id', 'gets a new id'])(
    'waits for a charge that is rebuilt late and %s, by its flag',
    async (rebuiltCharge) => {
      switchTo({ rebuildSeconds: 2, rebuiltCharge });
      const { operation } = await write(addOf(), { settings: { settlingSeconds: 10 }, deadlineMs: 15_000 });
      expect([operation.status, operation.effect, operation.differences]).toEqual(['SUCCEEDED', 'CHANGED', []]);
      expect(operation.orderRef?.key).toBe(demoOrder('next'));
      expect((await linesOf('next')).map(({ ref }) => ref.key)).toContain(operation.lineItemRef?.key);
      expect(writesSent()).toEqual(['POST /onetimes']);
    },
  );

  test('sees without any flag that a charge is behind its items', async () => {
    switchTo({ rebuildSeconds: 2, uncommittedFlag: 'absent' });
    const { operation } = await write(addOf(), { settings: { settlingSeconds: 10 }, deadlineMs: 15_000 });
    expect([operation.status, operation.differences]).toEqual(['SUCCEEDED', []]);
  });

  test('says that it is not known, and not that it failed, while the rebuild takes longer than is waited', async () => {
    switchTo({ rebuildSeconds: 30 });
    const { operation } = await write(addOf());
    expect([operation.status, operation.effect]).toEqual(['INDETERMINATE', 'UNKNOWN']);
    harness.emulator.clock.advance(31_000);
    expect(itemsInBooks(demoVariants.syrup)).toHaveLength(2);
  });

  test.each(['on', 'off'] as const)('finds a lost answer with the property %s, and sends nothing twice', async (on) => {
    faults.add({ match: posted, action: { kind: 'applyThenReset' } });
    const { operation } = await write(addOf(), { settings: { operationProperty: on } });
    expect([operation.status, operation.differences]).toEqual(['SUCCEEDED', []]);
    expect(writesSent()).toEqual(['POST /onetimes']);
    const properties = itemsInBooks(demoVariants.syrup).map((row) => row.rows('properties').length);
    expect(properties.reduce((sum, count) => sum + count, 0)).toBe(on === 'on' ? 1 : 0);
  });

  test('finds its own among two of the same that came at once', async () => {
    faults.add({ match: posted, action: { kind: 'applyThenReset' } });
    const [first, second] = await Promise.all([
      write(addOf({ ifPresent: 'ADD' })),
      write(addOf({ ifPresent: 'ADD', quantity: 1 })),
    ]);
    const states = [first, second].map(({ operation }) => operation.status);
    expect(states.filter((status) => status === 'SUCCEEDED').length).toBeGreaterThan(0);
    const keys = [first, second].flatMap(({ operation }) => operation.lineItemRef?.key ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('takes back what landed on another date, unless another order is accepted', async () => {
    faults.add({ match: posted, action: { kind: 'moveItem' } });
    const refused = await write(addOf());
    expect(refused.operation).toMatchObject({ status: 'FAILED', effect: 'RESTORED' });
    expect(refused.errors).toMatchObject([{ code: 'TARGET_MOVED', actualOrderRef: { key: demoOrder('later') } }]);
    expect(itemsInBooks(demoVariants.syrup)).toHaveLength(1);

    faults.add({ match: posted, action: { kind: 'moveItem' } });
    const accepted = await write(addOf({ ifTargetMoved: 'ACCEPT' }));
    expect(accepted.operation).toMatchObject({ status: 'SUCCEEDED', orderRef: { key: demoOrder('later') } });
  });

  test('waits out another edit of the address, and a full bucket', async () => {
    faults.add({ match: posted, action: { kind: 'status', status: 409, body: { error: 'A call is in progress.' } } });
    faults.add({ match: posted, action: { kind: 'status', status: 429, body: { warning: 'too many requests' } } });
    const { operation } = await write(addOf(), { deadlineMs: 12_000, settings: { writeTimeoutMs: 8_000 } });
    expect(operation.status).toBe('SUCCEEDED');
    expect(writesSent()).toHaveLength(3);
    expect(itemsInBooks(demoVariants.syrup)).toHaveLength(2);
  });

  test('is refused while an earlier charge of the customer is in error, before anything is sent', async () => {
    const options = { customerId: String(failingCustomer) };
    const request = addOf({ orderKey: demoOrder('failingNext') });
    const { errors } = await write(request, options);
    expect(errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'ORDER_NOT_OPEN' }] }]);
    expect(writesSent()).toEqual([]);
  });

  test('is refused for a charge in error of another address, unless that is said to keep off its own alone', async () => {
    switchTo({ errorCharges: 'address' });
    const day = demoOrder('failingNext').slice(-10);
    await call('POST', '/onetimes', {
      address_id: demoAddresses.spare,
      next_charge_scheduled_at: day,
      external_variant_id: { ecommerce: demoVariants.mug },
      quantity: 1,
    });
    const request = addOf({ orderKey: `${demoAddresses.spare}/${day}` });
    const blocked = async (errorChargesBlock: 'customer' | 'address') =>
      (await write(request, { customerId: String(failingCustomer), settings: { errorChargesBlock } })).operation.status;
    expect([await blocked('customer'), await blocked('address')]).toEqual(['REJECTED', 'SUCCEEDED']);
  });

  test('reads the sentence by which Recharge refuses for such a charge', async () => {
    const body = { errors: { general: 'Must remove/fix existing error charges first' } };
    faults.add({ match: posted, action: { kind: 'status', status: 422, body } });
    const { operation, errors } = await write(addOf());
    expect(operation.status).toBe('REJECTED');
    expect(errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'ORDER_NOT_OPEN' }] }]);
  });

  test('sends the price of the catalogue where that is chosen, and no other ever', async () => {
    await write(addOf(), { settings: { priceSource: 'catalogue' } });
    expect(harness.emulator.writes.list()[0]?.body).toMatchObject({ price: '9.50' });
  });

  test('sends nothing to an order that somebody else has just changed', async () => {
    switchTo({ rebuildSeconds: 30 });
    await write({ kind: 'REMOVE_UPSELL_ITEM', lineItemKey: `${demoOrder('later')}/${demoItems.laterSyrup}` });
    writesSent();
    const { errors } = await write(addOf());
    expect(errors).toMatchObject([{ code: 'PROVIDER', retry: 'SAME_KEY' }]);
    expect(writesSent()).toEqual([]);
  });
});

describe('adding an item as a subscription', () => {
  test('makes one whose first order is this one', async () => {
    const { operation } = await write(addOf({ subscribe: { every: 2, unit: 'WEEK' } }));
    expect([operation.status, operation.differences]).toEqual(['SUCCEEDED', []]);
    expect(harness.emulator.writes.list()[0]).toMatchObject({
      query: { commit: 'true' },
      body: { order_interval_unit: 'week', order_interval_frequency: 2, charge_interval_frequency: 2 },
    });
    const line = (await linesOf('next')).find(({ ref }) => ref.key === operation.lineItemRef?.key);
    expect(line).toMatchObject({ origin: 'RECURRING', subscriptionRef: { key: operation.subscriptionRef?.key } });
  });

  test('takes the rhythm of the plans where they agree, and asks where they do not', async () => {
    const planned = await write(addOf({ subscribe: 'AS_PLANNED' }));
    expect(planned.operation.status).toBe('SUCCEEDED');
    const tea = addOf({ subscribe: 'AS_PLANNED', item: product(demoVariants.tea), orderKey: demoOrder('discounted') });
    const { errors } = await write(tea, { settings: { secondSubscription: 'allow' } });
    expect(errors).toMatchObject([{ code: 'VALIDATION', rule: 'FREQUENCY_NAMED' }]);
  });

  test('is refused for a product without a plan, and for one that recurs on the address already', async () => {
    for (const [variant, code] of [
      [demoVariants.mug, 'NO_SUBSCRIPTION_PLAN'],
      [demoVariants.beans, 'ALREADY_ON_ORDER'],
    ] as const) {
      const { errors } = await write(addOf({ item: product(variant), subscribe: MONTHLY }));
      expect(errors).toMatchObject([
        { code: 'NOT_ELIGIBLE', reasons: expect.arrayContaining([expect.objectContaining({ code })]) },
      ]);
    }
    expect(writesSent()).toEqual([]);
  });
});

describe('changing and removing a one-time item', () => {
  test('sets the quantity, and shows it once the charge was rebuilt', async () => {
    switchTo({ rebuildSeconds: 1 });
    const request = { kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey: filtersKey(), quantity: 5 } as const;
    const { operation } = await write(request, { settings: { settlingSeconds: 8 }, deadlineMs: 12_000 });
    expect([operation.status, operation.differences]).toEqual(['SUCCEEDED', []]);
    expect((await linesOf('next')).find(({ ref }) => ref.key === filtersKey())?.quantity).toBe(5);
  });

  test.each([
    { deletedOnetime: 'gone', deleteAnswer: 'empty204' },
    { deletedOnetime: 'cancelled', deleteAnswer: 'json200' },
  ])('removes it where what is deleted is $deletedOnetime and answered $deleteAnswer', async (switches) => {
    switchTo({ ...switches, rebuildSeconds: 1 });
    const request = { kind: 'REMOVE_UPSELL_ITEM', lineItemKey: filtersKey() } as const;
    const { operation } = await write(request, { settings: { settlingSeconds: 8 }, deadlineMs: 12_000 });
    expect([operation.status, operation.effect]).toEqual(['SUCCEEDED', 'CHANGED']);
    expect((await linesOf('next')).map(({ ref }) => ref.key)).not.toContain(filtersKey());
  });

  test('never touches a recurring line', async () => {
    for (const lineItemKey of [`${demoOrder('next')}/${demoItems.coffee}`]) {
      const removed = await write({ kind: 'REMOVE_UPSELL_ITEM', lineItemKey });
      const changed = await write({ kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey, quantity: 4 });
      for (const { errors } of [removed, changed]) {
        expect(errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'NOT_ONE_TIME' }] }]);
      }
    }
    expect(writesSent()).toEqual([]);
  });
});

describe('converting a one-time item', () => {
  const convert = () =>
    ({ kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey: filtersKey(), frequency: MONTHLY, offerKey: null }) as const;

  test('makes the subscription, sees it on the order, and only then removes the item', async () => {
    const { operation } = await write(convert());
    expect([operation.status, operation.effect]).toEqual(['SUCCEEDED', 'CHANGED']);
    expect(writesSent()).toEqual(['POST /subscriptions', `DELETE /onetimes/${demoItems.filters}`]);
    const lines = (await linesOf('next')).filter(({ product: { providerId } }) => providerId === demoVariants.filters);
    expect(lines).toMatchObject([{ purchaseMode: 'SUBSCRIPTION', quantity: 2 }]);
  });

  test('does not remove the item while the subscription is not in force', async () => {
    faults.add({ match: { path: '^/subscriptions$' }, action: { kind: 'startSubscription', status: 'canceled' } });
    const { operation } = await write(convert());
    expect(operation.status).not.toBe('SUCCEEDED');
    expect(writesSent()).toEqual(['POST /subscriptions']);
    expect(itemsInBooks(demoVariants.filters)).toHaveLength(1);
  });

  test('left half done, is finished by the second request, which makes no second subscription', async () => {
    faults.add({ match: { method: 'DELETE' }, action: { kind: 'refuseSecond', status: 422 } });
    const half = await write(convert());
    expect(half.operation).toMatchObject({ status: 'PARTIAL', effect: 'PARTLY_CHANGED' });
    writesSent();
    const rest = await write(convert());
    expect(rest.operation.status).toBe('SUCCEEDED');
    expect(writesSent()).toEqual([`DELETE /onetimes/${demoItems.filters}`]);
  });

  test('is refused when two writes and a look no longer fit into the window', async () => {
    const [, date = ''] = demoOrder('next').split('/');
    // 23:50 of the day before, Eastern, in winter or in summer time, less the margin of five minutes.
    const midnight = (await open().orders.getMany([demoOrder('next')]))[0];
    if (midnight?.state !== 'found' || !midnight.value.scheduled.at) throw new Error(`no order on ${addDays(date, 0)}`);
    harness.emulator.clock.set(new Date(midnight.value.scheduled.at.getTime() - 10 * 60_000), { frozen: true });
    const { errors } = await write(convert());
    harness.emulator.clock.release();
    expect(errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'WINDOW_CLOSED' }] }]);
    expect(writesSent()).toEqual([]);
  });
});
