import { describe, expect, test } from '@jest/globals';
import { problem } from '../../../src/domain/problem.js';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { valueOf } from '../../support/provider-harness.js';
import { judgeSteps, type Sent, sendSteps } from '../../support/write-steps.js';
import {
  addOf,
  choose,
  CHEWS,
  FILTERS,
  harness,
  linesOf,
  MONTHLY,
  ONE_TIME_ONLY,
  open,
  openAs,
  OTHER_CUSTOMER,
  readOrder,
  slowDown,
  UNASKED,
} from './harness.js';

describe('the documented account', () => {
  test('its two orders, the added item and both ways to subscribe come out as documented', async () => {
    harness.emulator.reset('documented');
    const customer = '6419554042026';
    const offerId = '6b3e0e7045a811ed92406e28f0c7c7df';
    const merchantId = 'a87c5d3c787b11ec9f630e0e56c94aa5';
    const connection = harness.connect({ settings: { merchantId, offerId } });
    const source = () => openAs(connection, customer);
    const { items } = await source().upcomingOrders.list(customer, UNASKED);
    expect(
      items.map(({ providerId, totals, scheduled }) => [providerId, totals?.total?.amount, scheduled.date]),
    ).toEqual(
      expect.arrayContaining([
        ['6789756e263d11eea3da0a20cdd8d0a2', '77.94', '2023-10-09'],
        ['554f0ede34e511eeba08c2f2e26389f5', '44.82', '2023-12-13'],
      ]),
    );
    const first = items.find(({ providerId }) => providerId.startsWith('6789'));
    expect(first).toMatchObject({
      status: 'SCHEDULED',
      providerStatus: '1',
      customerId: customer,
      scheduled: { at: new Date('2023-10-09T05:00:00Z'), timeZone: 'America/Chicago', basis: 'STATED_LOCAL' },
      totals: { subtotal: { amountMinor: '7794' }, discount: { amountMinor: '1382' } },
    });
    const orderKey = '6789756e263d11eea3da0a20cdd8d0a2';
    const added = await sendSteps(() => source().add, addOf({ orderKey, item: choose('44931275391146') }));
    expect(added.answers[0]).toMatchObject({
      outcome: 'confirmed',
      result: { lineItemKey: 'af43b5b05ed511ee9edcceb803f32292' },
    });
    const line = valueOf((await source().lineItems.getMany(['af43b5b05ed511ee9edcceb803f32292']))[0]);
    expect(line).toMatchObject({ purchaseMode: 'ONE_TIME', origin: 'UPSELL', quantity: 1 });
    expect([line.unitPrice?.amount, line.total?.amount, line.discount?.amount]).toEqual(['4.00', '3.80', '0.20']);

    const frequency = { every: 8, unit: 'WEEK' } as const;
    const converted = await sendSteps(() => source().conversions, {
      kind: 'CONVERT_TO_SUBSCRIPTION',
      lineItemKey: line.providerId,
      frequency,
      offerKey: null,
    });
    expect(converted.answers[0]).toMatchObject({ result: { subscriptionKey: '25e5a2dc5ed611ee9ee0de51b7f814f0' } });
    const contract = valueOf((await source().subscriptions.getMany(['25e5a2dc5ed611ee9ee0de51b7f814f0']))[0]);
    expect(contract).toMatchObject({
      status: 'ACTIVE',
      terms: { deliveryFrequency: frequency },
      startDate: '2023-09-29',
    });

    const inOne = await sendSteps(
      () => source().add,
      addOf({ orderKey, item: choose('44931275391146'), subscribe: frequency, ifPresent: 'ADD' }),
    );
    expect(inOne.target.steps.map(({ name }) => name)).toEqual(['add_subscription']);
    expect(inOne.answers[0]).toMatchObject({ result: { subscriptionKey: '7e86446e5ed611eea708eea9088ec581' } });
  });
});

describe('writing', () => {
  test('all that is needed is read at the same time before one write', async () => {
    slowDown();
    await sendSteps(() => open().add, addOf());
    const calls = harness.emulator.requests.list();
    const last = calls.at(-1);
    const firstEnd = Math.min(...calls.slice(0, -1).map(({ finishedAt }) => finishedAt ?? Infinity));
    expect(last?.method).toBe('POST');
    for (const { startedAt } of calls.slice(0, -1)) expect(startedAt).toBeLessThan(firstEnd);
  });

  test('a lost answer is found again, as the one item it was', async () => {
    harness.emulator.faults.add({ match: { method: 'POST', path: '^/items/iu/' }, action: { kind: 'applyThenReset' } });
    const added = await sendSteps(() => open().add, addOf({ quantity: 3 }));
    expect(added.answers).toMatchObject([{ outcome: 'unknown', attempts: 1 }]);
    const inspected = await judgeSteps(() => open().add, addOf({ quantity: 3 }), added, Infinity);
    const lines = (await linesOf(demoOrders.next)).filter(({ product }) => product.providerId === CHEWS);
    expect(lines).toHaveLength(1);
    expect(inspected).toMatchObject({
      status: 'SUCCEEDED',
      differences: [],
      keys: { orderKey: demoOrders.next, lineItemKey: lines[0]?.providerId },
    });
  });

  test.each([
    ['reset before it was applied', { kind: 'reset' } as const],
    ['answered 502 by a gateway', { kind: 'html', status: 502 } as const],
  ])('a write %s leaves no trace, and is not sent again', async (_what, action) => {
    harness.emulator.faults.add({ match: { method: 'POST' }, times: 'always', action });
    const added = await sendSteps(() => open().add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'unknown' }]);
    harness.emulator.faults.clear();
    expect(await judgeSteps(() => open().add, addOf(), added, Infinity)).toMatchObject({
      status: 'FAILED',
      effect: 'UNCHANGED',
    });
    expect(harness.calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
  });

  test('a line that was there before is not taken for the one whose answer was lost', async () => {
    const request = addOf({ item: choose(FILTERS), quantity: 2, ifPresent: 'ADD' });
    harness.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'reset' } });
    const begunAt = harness.emulator.clock.now();
    const cut = await sendSteps(() => open().add, request);
    expect(await judgeSteps(() => open().add, request, cut, Infinity, begunAt)).toMatchObject({
      status: 'FAILED',
      effect: 'UNCHANGED',
    });
    harness.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'applyThenReset' } });
    const lost = await sendSteps(() => open().add, request);
    const inspected = await judgeSteps(() => open().add, request, lost, Infinity);
    expect(inspected.status).toBe('SUCCEEDED');
    expect(inspected.keys.lineItemKey).not.toBe(demoOrders.oneTimeItem);
  });

  describe('an item that was put on another order', () => {
    const TEN_MINUTES_MS = 600_000;

    async function move() {
      harness.emulator.faults.add({ action: { kind: 'moveItem' } });
      const added = await sendSteps(() => open().add, addOf());
      const [answer] = added.answers;
      const moved = answer?.outcome === 'confirmed' ? (answer.result.orderKey ?? '') : '';
      expect(moved).not.toBe(demoOrders.next);
      return { added, moved };
    }

    /** The same without its answer. */
    function losing({ target, progress }: Sent): Sent {
      const silence = problem('TIMEOUT', 'No answer.');
      const answers = [{ outcome: 'unknown', attempts: 1, problem: silence } as const];
      return { target, progress: { ...progress, done: {} }, answers };
    }

    const untold = { status: 'PARTIAL', effect: 'UNKNOWN', mayChange: false };

    test('is told so by its answer', async () => {
      const { added, moved } = await move();
      expect(await judgeSteps(() => open().add, addOf(), added, 0)).toMatchObject({
        effect: 'CHANGED',
        moved: { orderRef: { key: moved } },
        differences: [{ field: 'order', applied: moved, critical: true }],
      });
    });

    test('is not denied when its answer was lost: the order that may hold it is named in the end', async () => {
      const { added, moved } = await move();
      const look = (ageMs: number) => judgeSteps(() => open().add, addOf(), losing(added), ageMs);
      expect(await look(60_000)).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
      expect(await look(TEN_MINUTES_MS)).toMatchObject({ ...untold, mayBeOn: [moved], moved: null });
    });

    test('is not denied either when both orders were placed meanwhile', async () => {
      const { added, moved } = await move();
      for (const orderKey of [moved, demoOrders.next]) {
        harness.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'closeOrder' } });
        await sendSteps(() => open().add, addOf({ orderKey, item: choose(FILTERS), ifPresent: 'ADD' }));
      }
      const verdict = await judgeSteps(() => open().add, addOf(), losing(added), 60_000);
      expect(verdict).toMatchObject({ ...untold, mayBeOn: [moved] });
    });

    test('is looked for on orders that were changed since, and a line of before is not it', async () => {
      await sendSteps(() => open().add, addOf({ orderKey: demoOrders.later }));
      harness.emulator.clock.advance(TEN_MINUTES_MS);
      const begunAt = harness.emulator.clock.now();
      harness.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'reset' } });
      const lost = await sendSteps(() => open().add, addOf());
      expect(await judgeSteps(() => open().add, addOf(), lost, TEN_MINUTES_MS, begunAt)).toMatchObject({
        status: 'FAILED',
        effect: 'UNCHANGED',
      });
    });

    test('leaves it open while its order cannot be read', async () => {
      const { added } = await move();
      const action = { kind: 'status', status: 503 } as const;
      harness.emulator.faults.add({ match: { path: '^/orders/$' }, times: 'always', action });
      expect(await judgeSteps(() => open().add, addOf(), losing(added), TEN_MINUTES_MS)).toMatchObject({
        status: 'INDETERMINATE',
        gap: null,
      });
    });
  });

  test('items that all vanished leave it unclear', async () => {
    harness.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'applyThenReset' } });
    const added = await sendSteps(() => open().add, addOf());
    const gone = { results: [], next: null };
    harness.emulator.faults.add({ match: { path: '^/items/$' }, action: { kind: 'patchBody', set: gone } });
    expect(await judgeSteps(() => open().add, addOf(), added, Infinity)).toMatchObject({
      status: 'INDETERMINATE',
      effect: 'UNKNOWN',
    });
  });

  test('a success that cannot be read is unknown', async () => {
    harness.emulator.faults.add({
      match: { method: 'POST' },
      action: { kind: 'applyThenStatus', status: 200, body: '<ok/>' },
    });
    const added = await sendSteps(() => open().add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'unknown', problem: { kind: 'CONTRACT_DRIFT' } }]);
    expect(await judgeSteps(() => open().add, addOf(), added, Infinity)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('a provider that cannot be read leaves it unclear', async () => {
    harness.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'applyThenReset' } });
    const added = await sendSteps(() => open().add, addOf());
    harness.emulator.faults.add({
      match: { path: '^/items/' },
      times: 'always',
      action: { kind: 'status', status: 503 },
    });
    expect(await judgeSteps(() => open().add, addOf(), added, Infinity)).toMatchObject({
      status: 'INDETERMINATE',
      gap: { kind: 'UNAVAILABLE' },
    });
  });

  test.each([423, 429])('an answer of %s is tried again, and counted', async (status) => {
    harness.emulator.faults.add({ match: { method: 'POST' }, times: 2, action: { kind: 'status', status } });
    const added = await sendSteps(() => open({ timeoutMs: 10_000 }).add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'confirmed', attempts: 3 }]);
    expect((await linesOf(demoOrders.next)).filter(({ product }) => product.providerId === CHEWS)).toHaveLength(1);
  });

  test('what stays contended is not applied', async () => {
    harness.emulator.faults.add({
      match: { method: 'POST' },
      times: 'always',
      action: { kind: 'status', status: 423 },
    });
    const added = await sendSteps(() => open().add, addOf());
    expect(added.answers).toMatchObject([
      { outcome: 'not_applied', attempts: expect.any(Number), problem: { kind: 'CONFLICT' } },
    ]);
  });

  test.each([
    [400, { code: 'PROVIDER', retry: 'NEW_REQUEST', problem: { kind: 'REJECTED', httpStatus: 400 } }],
    [403, { code: 'PROVIDER', retry: 'NEVER', problem: { kind: 'FORBIDDEN' } }],
    [404, { code: 'NOT_FOUND', path: ['orderId'] }],
  ])('an answer of %s is a typed refusal', async (status, refusal) => {
    harness.emulator.faults.add({
      match: { method: 'POST' },
      action: { kind: 'status', status, body: { detail: 'secret' } },
    });
    const added = await sendSteps(() => open().add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'refused', refusal }]);
    expect(JSON.stringify(added.answers)).not.toContain('secret');
  });

  test.each([
    [{ quantity: ['Ensure this value is at least 1.'] }, ['quantity']],
    [{ product: 'Invalid product.' }, ['item']],
    [{ order: 'Order is closed.' }, ['orderId']],
    [{ every_period: ['Invalid.'], every: ['Invalid.'] }, ['subscribe', 'frequency']],
    [{ detail: 'Malformed.' }, null],
    [{ toString: 'Invalid.' }, null],
  ])('a 400 that names %j points into the input', async (body, path) => {
    harness.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'status', status: 400, body } });
    const added = await sendSteps(() => open().add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'refused', refusal: { code: 'PROVIDER', path } }]);
  });

  test('a hanging write ends at its deadline, unknown', async () => {
    harness.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'hang' } });
    const startedAt = performance.now();
    const added = await sendSteps(() => open({ timeoutMs: 300 }).add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'unknown', problem: { kind: 'TIMEOUT' } }]);
    expect(performance.now() - startedAt).toBeLessThan(1500);
  });

  test('subscribing in one call and in two, and the second step found again when its answer is lost', async () => {
    const inOne = await sendSteps(() => open().add, addOf({ subscribe: MONTHLY, ifPresent: 'ADD' }));
    expect(inOne.target.steps.map(({ name }) => name)).toEqual(['add_subscription']);
    const connection = harness.connect({ settings: { addAsSubscription: 'two-step' } });
    harness.emulator.faults.add({ match: { path: 'create_from_item' }, action: { kind: 'applyThenReset' } });
    const request = addOf({ orderKey: demoOrders.later, subscribe: MONTHLY, ifPresent: 'ADD' });
    const inTwo = await sendSteps(() => openAs(connection).add, request);
    expect(inTwo.target.steps.map(({ name }) => name)).toEqual(['add_item', 'create_subscription']);
    expect(inTwo.answers.map(({ outcome }) => outcome)).toEqual(['confirmed', 'unknown']);
    const inspected = await judgeSteps(() => openAs(connection).add, request, inTwo, Infinity);
    expect(inspected).toMatchObject({ status: 'SUCCEEDED', keys: { subscriptionKey: expect.any(String) } });
    for (const key of [demoOrders.next, demoOrders.later]) {
      const lines = (await linesOf(key)).filter(({ product }) => product.providerId === CHEWS);
      expect(lines).toMatchObject([{ purchaseMode: 'SUBSCRIPTION' }]);
    }
  });

  test('a lost single-call subscription is found by its item', async () => {
    harness.emulator.faults.add({ match: { path: '^/subscriptions/iu/' }, action: { kind: 'applyThenReset' } });
    const request = addOf({ subscribe: MONTHLY, ifPresent: 'ADD' });
    const added = await sendSteps(() => open().add, request);
    expect(await judgeSteps(() => open().add, request, added, Infinity)).toMatchObject({
      status: 'SUCCEEDED',
      keys: { lineItemKey: expect.any(String), subscriptionKey: expect.any(String) },
    });
  });

  test('an order without a payment takes two steps', async () => {
    harness.emulator.faults.add({
      match: { path: '^/orders/$' },
      action: { kind: 'patchBody', set: { 'results.*.payment': null } },
    });
    const preparation = await open().add.prepare(addOf({ subscribe: MONTHLY, ifPresent: 'ADD' }));
    expect(preparation).toMatchObject({
      target: { steps: [{ name: 'add_item' }, { name: 'create_subscription' }] },
    });
  });

  test('the same one-time item twice is refused, or added when that is asked for', async () => {
    const request = addOf({ item: choose(FILTERS) });
    expect(await open().add.prepare(request)).toMatchObject({
      refusal: { code: 'DUPLICATE_ITEM', existing: { providerId: demoOrders.oneTimeItem } },
    });
    const added = await sendSteps(() => open().add, { ...request, ifPresent: 'ADD' });
    expect(added.answers[0]?.outcome).toBe('confirmed');
    expect((await linesOf(demoOrders.next)).filter(({ product }) => product.providerId === FILTERS)).toHaveLength(2);
  });

  test('an offer alone names no product', async () => {
    const item = { offerKey: 'any', product: null };
    expect(await open().add.prepare(addOf({ item }))).toMatchObject({
      refusal: { code: 'VALIDATION', path: ['item'] },
    });
    expect(harness.calls()).toEqual([]);
  });

  test("another customer's order and an unknown one are the same nothing, and nothing is sent", async () => {
    const [foreign] = (await openAs(harness.connect(), OTHER_CUSTOMER).upcomingOrders.list(OTHER_CUSTOMER, UNASKED))
      .items;
    const answers = await Promise.all(
      [foreign?.providerId ?? '', 'f'.repeat(32), '../x'].map((orderKey) => open().add.prepare(addOf({ orderKey }))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ refusal: { code: 'NOT_FOUND', path: ['orderId'] } });
    expect(harness.calls().some((call) => call.startsWith('POST'))).toBe(false);
  });

  test('a merged order names the one that goes on, and is followed only when that is wanted', async () => {
    const patch = { status: 17, extra_data: JSON.stringify({ merged_order_id: demoOrders.later }) };
    const merge = () =>
      harness.emulator.faults.add({
        match: { path: `^/orders/${demoOrders.next}/$` },
        action: { kind: 'patchBody', set: patch },
      });
    merge();
    expect(await open().add.prepare(addOf())).toMatchObject({
      refusal: { code: 'TARGET_MOVED', actualOrderRef: { key: demoOrders.later } },
    });
    merge();
    const added = await sendSteps(() => open().add, addOf({ ifTargetMoved: 'ACCEPT' }));
    expect(added.answers[0]).toMatchObject({ outcome: 'confirmed', result: { orderKey: demoOrders.later } });
  });

  test('the increase expected is the stated price, which the discount can only lower', async () => {
    const { target } = await sendSteps(() => open().add, addOf({ quantity: 2 }));
    expect(target.expectedIncrease?.amount).toBe('43.98');
    const after = await readOrder(demoOrders.next);
    const growth = Number(after.totals?.total?.minor) - Number(target.order?.totals?.total?.minor);
    expect(growth).toBeGreaterThan(0);
    expect(growth).toBeLessThanOrEqual(4398);
  });

  test('who is only recognised: nothing is concluded from a lost answer while the items are hidden', async () => {
    const connection = harness.connect();
    const writer = () => openAs(connection, harness.shopper, true).add;
    harness.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'reset' } });
    const lost = await sendSteps(writer, addOf());
    expect(await judgeSteps(writer, addOf(), lost, Infinity)).toMatchObject({ status: 'INDETERMINATE' });
    harness.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'applyThenReset' } });
    const applied = await sendSteps(writer, addOf());
    expect(await judgeSteps(writer, addOf(), applied, Infinity)).toMatchObject({ status: 'INDETERMINATE' });
    const confirmed = await sendSteps(writer, addOf({ ifPresent: 'ADD' }));
    expect(await judgeSteps(writer, addOf(), confirmed, 0)).toMatchObject({ status: 'SUCCEEDED', effect: 'CHANGED' });
  });

  describe('an existing line', () => {
    const convert = (lineItemKey: string) =>
      ({ kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey, frequency: MONTHLY, offerKey: null }) as const;
    const quantity = (lineItemKey: string, number: number) =>
      ({ kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey, quantity: number }) as const;
    const remove = (lineItemKey: string) => ({ kind: 'REMOVE_UPSELL_ITEM', lineItemKey }) as const;

    test('changes its quantity', async () => {
      const request = quantity(demoOrders.oneTimeItem, 5);
      const changed = await sendSteps(() => open().changeQuantity, request);
      expect(changed.answers[0]).toMatchObject({ outcome: 'confirmed' });
      expect(changed.target.expectedIncrease?.amount).toBe('19.50');
      expect(valueOf((await open().lineItems.getMany([demoOrders.oneTimeItem]))[0]).quantity).toBe(5);
    });

    test.each([200, 204])('is removed, whatever success the provider answers (%s, empty)', async (deleteStatus) => {
      harness.emulator.switches.set('deleteStatus', deleteStatus);
      const removed = await sendSteps(() => open().remove, remove(demoOrders.oneTimeItem));
      expect(removed.answers[0]).toMatchObject({
        outcome: 'confirmed',
        result: { removedLineItemKey: demoOrders.oneTimeItem },
      });
      expect((await open().lineItems.getMany([demoOrders.oneTimeItem]))[0]?.state).toBe('missing');
    });

    test('lost answers of all three are found by reading', async () => {
      const loseNext = (path: string) =>
        harness.emulator.faults.add({ match: { path }, action: { kind: 'applyThenReset' } });
      loseNext('change_quantity');
      const more = quantity(demoOrders.oneTimeItem, 7);
      const changed = await sendSteps(() => open().changeQuantity, more);
      expect(await judgeSteps(() => open().changeQuantity, more, changed, Infinity)).toMatchObject({
        status: 'SUCCEEDED',
      });
      const oneTime = (await linesOf(demoOrders.next)).find(
        ({ purchaseMode, providerId }) => purchaseMode === 'ONE_TIME' && providerId !== demoOrders.oneTimeItem,
      );
      loseNext('/delete/');
      const removal = remove(oneTime?.providerId ?? '');
      const removed = await sendSteps(() => open().remove, removal);
      expect(await judgeSteps(() => open().remove, removal, removed, Infinity)).toMatchObject({ status: 'SUCCEEDED' });
      loseNext('create_from_item');
      const conversion = convert(demoOrders.oneTimeItem);
      const converted = await sendSteps(() => open().conversions, conversion);
      expect(await judgeSteps(() => open().conversions, conversion, converted, Infinity)).toMatchObject({
        status: 'SUCCEEDED',
        keys: { subscriptionKey: expect.any(String) },
      });
    });

    test('that recurs is neither removed nor converted again', async () => {
      const recurring = (await linesOf(demoOrders.next)).find(({ origin }) => origin === 'RECURRING')?.providerId ?? '';
      const refusal = { refusal: { code: 'NOT_ELIGIBLE', reasons: [{ code: 'ALREADY_SUBSCRIBED' }] } };
      expect(await open().remove.prepare(remove(recurring))).toMatchObject(refusal);
      expect(await open().conversions.prepare(convert(recurring))).toMatchObject(refusal);
    });

    test('without a subscription plan is not converted', async () => {
      const line = (await linesOf(demoOrders.later)).find(({ product }) => product.providerId === ONE_TIME_ONLY);
      expect(await open().conversions.prepare(convert(line?.providerId ?? ''))).toMatchObject({
        refusal: { reasons: [{ code: 'NO_SUBSCRIPTION_PLAN' }] },
      });
    });

    test('that is paid in advance keeps its quantity', async () => {
      const line = (await linesOf(demoOrders.prepaid)).find(({ origin }) => origin === 'RECURRING');
      expect(await open().changeQuantity.prepare(quantity(line?.providerId ?? '', 3))).toMatchObject({
        refusal: { reasons: [{ code: 'SUBSCRIPTION_PREPAID' }] },
      });
    });

    test('of a locked order stays as it is', async () => {
      const line = (await linesOf(demoOrders.locked)).find(({ origin }) => origin === 'UPSELL');
      for (const preparation of [
        await open().remove.prepare(remove(line?.providerId ?? '')),
        await open().changeQuantity.prepare(quantity(line?.providerId ?? '', 3)),
        await open().conversions.prepare(convert(line?.providerId ?? '')),
      ]) {
        expect(preparation).toMatchObject({ refusal: { code: 'NOT_ELIGIBLE', reasons: [{ code: 'ORDER_LOCKED' }] } });
      }
    });

    test('that vanished meanwhile is not found', async () => {
      const writer = open().remove;
      const preparation = await writer.prepare(remove(demoOrders.oneTimeItem));
      if (preparation.outcome !== 'ready') throw new Error('refused');
      await sendSteps(() => open().remove, remove(demoOrders.oneTimeItem));
      const late = await open().remove.send('remove_item', remove(demoOrders.oneTimeItem), {
        context: preparation.target.context,
        before: null,
        done: {},
      });
      expect(late).toMatchObject({ outcome: 'refused', refusal: { code: 'NOT_FOUND', path: ['lineItemId'] } });
    });
  });
});
