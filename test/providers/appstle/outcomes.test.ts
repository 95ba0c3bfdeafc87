import { describe, expect, test } from '@jest/globals';
import type { Operation } from '../../../src/domain/operation.js';
import type { OutboundRequest, OutboundResponse, Transport } from '../../../src/domain/transport.js';
import { Money } from '../../../src/domain/money.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoOneOffs,
  demoVariants,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import type { FaultSpecification } from '../../../src/emulators/kit/faults.js';
import { recovered } from '../../support/recovered.js';
import {
  ADD_LINE,
  addOf,
  api,
  calls,
  harness,
  lineOf,
  linesOf,
  MONTHLY,
  ONE_OFF,
  oneOffKey,
  oneTimeLineKey,
  orderKey,
  product,
  stepNames,
  write,
  writesSent,
} from './harness.js';

const { coffee } = demoContracts;
const { next, later, last } = demoAttempts;
const { filters, beans, mug, syrup } = demoVariants;

const filtersKey = oneOffKey(next, filters);
const change = (lineItemKey: string, quantity: number) =>
  ({ kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey, quantity }) as const;
const remove = (lineItemKey: string) => ({ kind: 'REMOVE_UPSELL_ITEM', lineItemKey }) as const;
const convert = (lineItemKey: string) =>
  ({ kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey, frequency: MONTHLY, offerKey: null }) as const;

const isPut = ({ method }: OutboundRequest) => method === 'PUT';
const isDelete = ({ method }: OutboundRequest) => method === 'DELETE';

/** Lets something happen at the shop around the first request of a kind: before it is sent, or once it was answered. */
function around(
  isMeant: (request: OutboundRequest) => boolean,
  { before = () => undefined, after = () => undefined }: { before?: () => unknown; after?: () => unknown },
) {
  let isOver = false;
  return {
    through:
      (send: Transport): Transport =>
      async (request) => {
        if (isOver || !isMeant(request)) return send(request);
        isOver = true;
        await before();
        const response = await send(request);
        await after();
        return response;
      },
  };
}

/** Reads that show for good what they showed first. */
function lagging() {
  const shown = new Map<string, OutboundResponse>();
  return {
    through:
      (send: Transport): Transport =>
      async (request) => {
        if (request.method !== 'GET') return send(request);
        const response = shown.get(request.url) ?? (await send(request));
        shown.set(request.url, response);
        return response;
      },
  };
}

const fault = (method: string, action: FaultSpecification['action'], times: number | 'always' = 'always') =>
  harness.emulator.faults.add({ match: { method }, times, action });

const MINUTE = 60_000;
const pass = (milliseconds: number) => {
  harness.emulator.clock.advance(milliseconds);
};

/** Moves the date of an order so near that it is billed before an open operation is given up. */
const billIn = async (attempt: string, milliseconds: number) => {
  const billingDate = new Date(harness.emulator.clock.now().getTime() + milliseconds).toISOString();
  await api('PUT', `subscription-billing-attempts/reschedule-order/${attempt}`, { billingDate });
};

const unitsOf = async (attempt: string, variant: string) =>
  (await linesOf(attempt))
    .filter(({ product: { providerId } }) => providerId === variant)
    .map(({ origin, quantity }) => [origin, quantity]);

const outcomeOf = ({ status, effect }: Operation) => [status, effect];

describe('W1: what is said of the order is proven', () => {
  test.each([400, 409, 422])(
    'a quantity whose second half is refused (%s) says that a part is in force',
    async (status) => {
      fault('PUT', { kind: 'status', status, body: {} });
      const { operation } = await write(change(filtersKey, 7));
      expect(outcomeOf(operation)).toEqual(['PARTIAL', 'PARTLY_CHANGED']);
      expect(operation.errors).toMatchObject([{ code: 'PROVIDER', effect: 'PARTLY_CHANGED', retry: 'NEW_REQUEST' }]);
      expect(operation.steps.map(({ name, outcome }) => [name, outcome])).toEqual([
        ['remove_item', 'DONE'],
        ['add_item', 'FAILED'],
      ]);
      expect(await lineOf(next, filters)).toBeUndefined();
    },
  );

  test('a quantity whose second half fails without an answer is open first, and partly done in the end', async () => {
    fault('PUT', { kind: 'status', status: 500, body: {} });
    const { operation } = await write(change(filtersKey, 7));
    expect(operation.status).toBe('INDETERMINATE');
    expect(operation.errors.every(({ message }) => !/nothing was changed/i.test(message))).toBe(true);
    harness.emulator.faults.clear();
    expect(outcomeOf(await recovered(harness, operation))).toEqual(['PARTIAL', 'PARTLY_CHANGED']);
  });

  test('a recurring line that shows after the settling time was never called absent', async () => {
    harness.emulator.switches.setAll({ successBody: 'empty204' });
    const { operation, errors } = await write(addOf({ subscribe: MONTHLY }), lagging());
    expect(outcomeOf(operation)).toEqual(['INDETERMINATE', 'UNKNOWN']);
    expect(errors).toMatchObject([{ retry: 'CHECK_OPERATION' }]);
    const settled = await recovered(harness, operation);
    expect(outcomeOf(settled)).toEqual(['SUCCEEDED', 'CHANGED']);
    expect(settled.subscriptionRef?.key).toBe(coffee);
  });

  test('a refusal nobody documents is a refusal only of an order that did not move', async () => {
    const refusedButDone = around(isPut, {
      before: () => fault('PUT', { kind: 'applyThenStatus', status: 422, body: {} }, 1),
    });
    const { operation } = await write(addOf(), refusedButDone);
    expect(outcomeOf(operation)).toEqual(['SUCCEEDED', 'CHANGED']);
    fault('PUT', { kind: 'status', status: 422, body: {} });
    const refused = await write(addOf({ orderKey: orderKey(last) }));
    expect(outcomeOf(refused.operation)).toEqual(['REJECTED', 'UNCHANGED']);
  });

  test('a decline with 200 changed nothing, which was looked at', async () => {
    harness.emulator.switches.setAll({ lineWriteDeclines: true });
    const { operation } = await write(addOf({ subscribe: MONTHLY }));
    expect(outcomeOf(operation)).toEqual(['REJECTED', 'UNCHANGED']);
  });
});

describe('W2: confirmed, and not exactly as asked', () => {
  test('a quantity of a line that the shop caps is done, with a difference', async () => {
    const key = oneTimeLineKey(await linesOf(next));
    const capped = around(isPut, { after: () => setLine(key, 3) });
    const { operation } = await write(change(key, 5), capped);
    expect(outcomeOf(operation)).toEqual(['SUCCEEDED', 'CHANGED']);
    expect(operation.differences).toMatchObject([{ field: 'quantity', requested: '5', applied: '3', critical: true }]);
  });

  test('an item added with other units is done, with a difference', async () => {
    const capped = around(isPut, { after: () => setOneOff(syrup, 2) });
    const { operation } = await write(addOf(), capped);
    expect(outcomeOf(operation)).toEqual(['SUCCEEDED', 'CHANGED']);
    expect(operation.differences).toMatchObject([{ field: 'quantity', requested: '3', applied: '2', critical: true }]);
  });

  test('billing that begins between the answer and the look ends with what was billed', async () => {
    harness.emulator.switches.setAll({ oneOffsInVariantList: true });
    await billIn(next, 2 * MINUTE);
    const { operation } = await write(addOf(), around(isPut, { after: () => pass(2 * MINUTE) }));
    const settled = operation.status === 'INDETERMINATE' ? await recovered(harness, operation) : operation;
    expect(outcomeOf(settled)).toEqual(['SUCCEEDED', 'CHANGED']);
    expect(settled.lineItemRef?.key).toBe(oneOffKey(next, syrup));
  });

  test('and so does billing whose contents nobody sees before it is over', async () => {
    await billIn(next, 2 * MINUTE);
    const { operation } = await write(addOf(), around(isPut, { after: () => pass(2 * MINUTE) }));
    const settled = operation.status === 'INDETERMINATE' ? await recovered(harness, operation) : operation;
    expect(outcomeOf(settled)).toEqual(['SUCCEEDED', 'CHANGED']);
  });

  test('a removal that billing overtakes is not done: the item was billed', async () => {
    await billIn(next, 2 * MINUTE);
    const { operation } = await write(remove(filtersKey), around(isDelete, { before: () => pass(2 * MINUTE) }));
    const settled = operation.status === 'INDETERMINATE' ? await recovered(harness, operation) : operation;
    expect(settled.status).not.toBe('SUCCEEDED');
    expect(settled.effect).not.toBe('UNCHANGED');
  });
});

describe('W3: absence is not concluded from what other causes move', () => {
  /** The answer is lost, and the shop cannot be read any more. */
  const dark = (action: FaultSpecification['action']) =>
    around(isPut, {
      before() {
        fault('PUT', action);
        fault('GET', { kind: 'status', status: 503 });
      },
    });
  const settings = { writeTimeoutMs: 300 };

  test.each([
    ['an item', {}],
    ['a recurring line', { subscribe: MONTHLY }],
  ])('%s that was billed before anybody could look was added', async (_what, more) => {
    await billIn(next, 10 * MINUTE);
    const { operation } = await write(addOf(more), { ...dark({ kind: 'applyThenHang' }), settings });
    expect(outcomeOf(operation)).toEqual(['INDETERMINATE', 'UNKNOWN']);
    pass(20 * MINUTE);
    harness.emulator.faults.clear();
    const settled = await recovered(harness, operation);
    expect(outcomeOf(settled)).toEqual(['SUCCEEDED', 'CHANGED']);
    expect(settled.orderRef?.key).toBe(orderKey(next));
    expect(harness.rows('charges')).toHaveLength(1);
  });

  test('an item that was put back with another quantity and billed was changed', async () => {
    await billIn(next, 10 * MINUTE);
    const { operation } = await write(change(filtersKey, 7), { ...dark({ kind: 'applyThenHang' }), settings });
    pass(20 * MINUTE);
    harness.emulator.faults.clear();
    const settled = await recovered(harness, operation);
    expect(outcomeOf(settled)).toEqual(['SUCCEEDED', 'CHANGED']);
  });

  test('an item that is not on the billed order was not added, and nobody says that nothing changed', async () => {
    await billIn(next, 10 * MINUTE);
    const { operation } = await write(addOf(), { ...dark({ kind: 'hang' }), settings });
    pass(20 * MINUTE);
    harness.emulator.faults.clear();
    const settled = await recovered(harness, operation);
    expect(settled.status).toBe('FAILED');
    expect(settled.effect).not.toBe('UNCHANGED');
  });

  test('an item that moved onto an order that was billed since was added there', async () => {
    await billIn(next, 10 * MINUTE);
    harness.emulator.switches.setAll({ oneOffTarget: 'next' });
    const request = addOf({ orderKey: orderKey(last), ifTargetMoved: 'ACCEPT' });
    const { operation } = await write(request, { ...dark({ kind: 'applyThenHang' }), settings });
    pass(20 * MINUTE);
    harness.emulator.faults.clear();
    const settled = await recovered(harness, operation);
    expect(outcomeOf(settled)).toEqual(['SUCCEEDED', 'CHANGED']);
    expect(settled.orderRef?.key).toBe(orderKey(next));
  });

  test('what an order that is being billed does not list yet is not absent', async () => {
    harness.emulator.switches.setAll({ billingSeconds: 7_200 });
    await billIn(next, 10 * MINUTE);
    const { operation } = await write(addOf(), { ...dark({ kind: 'applyThenHang' }), settings });
    pass(20 * MINUTE);
    harness.emulator.faults.clear();
    await expect(recovered(harness, operation, 15)).rejects.toThrow('did not settle');
    pass(120 * MINUTE);
    expect(outcomeOf(await recovered(harness, operation))).toEqual(['SUCCEEDED', 'CHANGED']);
  });

  test('a recurring line that came after its order was billed comes with the next order', async () => {
    await billIn(next, 10 * MINUTE);
    const request = addOf({ subscribe: MONTHLY, ifTargetMoved: 'ACCEPT' });
    const { operation } = await write(request, { ...dark({ kind: 'hang' }), settings });
    pass(20 * MINUTE);
    harness.emulator.faults.clear();
    // The order is billed by now, and the request is worked off at last.
    await linesOf(later);
    await api('PUT', ADD_LINE, { contractId: coffee, variantId: syrup, quantity: '3', isOneTimeProduct: 'false' });
    const settled = await recovered(harness, operation);
    expect(outcomeOf(settled)).toEqual(['SUCCEEDED', 'CHANGED']);
    expect(settled.differences).toMatchObject([{ field: 'order', applied: orderKey(later), critical: true }]);
  });

  test.each(['pastOrders', 'oneOffs', 'contracts'] as const)('a gap in %s is no absence', async (list) => {
    const path = { pastOrders: 'past-orders', oneOffs: 'one-offs-by-contractId$', contracts: 'subscription-customers' };
    await billIn(next, 10 * MINUTE);
    const { operation } = await write(addOf(), { ...dark({ kind: 'hang' }), settings });
    pass(20 * MINUTE);
    harness.emulator.faults.clear();
    harness.emulator.faults.add({
      match: { method: 'GET', path: path[list] },
      times: 'always',
      action: { kind: 'status', status: 503 },
    });
    await expect(recovered(harness, operation, 15)).rejects.toThrow('did not settle');
  });
});

describe('W4: the look sees more than it hopes for', () => {
  test('a line that vanishes beside the one that was added is a critical difference', async () => {
    const loses = around(isPut, { after: () => api('DELETE', ONE_OFF, rowOf(next, filters)) });
    const { operation } = await write(addOf(), loses);
    expect(operation.status).toBe('SUCCEEDED');
    expect(operation.differences).toMatchObject([{ field: 'other_lines', critical: true, applied: null }]);
  });

  test.each(['PAUSED', 'CANCELLED'])('the one-off stays when its contract is %s by then', async (status) => {
    const stops = around(isPut, {
      after: () => api('PUT', 'subscription-contracts-update-status', { contractId: coffee, status }),
    });
    const { operation } = await write(convert(filtersKey), stops);
    expect(operation.status).not.toBe('SUCCEEDED');
    expect(writesSent().filter((each) => each.startsWith('DELETE'))).toEqual([]);
  });
});

describe('W5: prices are kept to', () => {
  const guards = { maxIncrease: new Money(100n, 'USD', 'PROVIDER') };

  test('a conversion whose recurring price Appstle does not state is over any limit', async () => {
    const { errors } = await write(convert(filtersKey), { guards });
    expect(errors).toMatchObject([{ code: 'PRICE_GUARD', found: null }]);
    expect(writesSent()).toEqual([]);
  });

  test('one into a line that recurs already costs what that line costs', async () => {
    await write(addOf({ item: product(beans, demoHandles.beans), quantity: 1 }));
    calls();
    const { operation } = await write(convert(oneOffKey(next, beans)), { guards });
    expect(operation.status).toBe('SUCCEEDED');
  });
});

describe('W6: the second request finishes what is left', () => {
  test('a conversion adds its line once, and then takes the one-off off', async () => {
    fault('DELETE', { kind: 'status', status: 429, body: {} });
    const { operation } = await write(convert(filtersKey));
    expect(outcomeOf(operation)).toEqual(['PARTIAL', 'PARTLY_CHANGED']);
    harness.emulator.faults.clear();
    calls();
    const again = await write(convert(filtersKey));
    expect(outcomeOf(again.operation)).toEqual(['SUCCEEDED', 'CHANGED']);
    expect(writesSent()).toEqual([`DELETE ${ONE_OFF}`]);
    expect(await unitsOf(next, filters)).toEqual([['RECURRING', 2]]);
  });

  test('a line that recurs already is raised once, however often it is asked for', async () => {
    await write(addOf({ item: product(beans, demoHandles.beans), quantity: 2 }));
    fault('DELETE', { kind: 'status', status: 429, body: {} });
    const key = oneOffKey(next, beans);
    const tries = [await write(convert(key)), await write(convert(key)), await write(convert(key))];
    expect(tries.map(({ operation }) => operation.status)).toEqual(['PARTIAL', 'PARTIAL', 'PARTIAL']);
    harness.emulator.faults.clear();
    const done = await write(convert(key));
    expect([done.operation.status, stepNames(done.operation)]).toEqual([
      'SUCCEEDED',
      ['raise_quantity', 'remove_item'],
    ]);
    expect(await unitsOf(next, beans)).toEqual([['RECURRING', 4]]);
  });

  test('a quantity that is off its order is put back', async () => {
    fault('PUT', { kind: 'status', status: 400, body: {} });
    expect((await write(change(filtersKey, 7))).operation.status).toBe('PARTIAL');
    harness.emulator.faults.clear();
    calls();
    const again = await write(change(filtersKey, 7));
    expect(outcomeOf(again.operation)).toEqual(['SUCCEEDED', 'CHANGED']);
    expect(writesSent()).toEqual([`PUT ${ONE_OFF}`]);
    expect(await unitsOf(next, filters)).toEqual([['UPSELL', 7]]);
  });

  test('a one-off that was converted says so', async () => {
    await write(convert(filtersKey));
    const again = await write(convert(filtersKey));
    expect(again.errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'ALREADY_SUBSCRIBED' }] }]);
  });
});

describe('W9: advice helps', () => {
  test('a line of an order that was billed, or is being billed, says that it takes no changes', async () => {
    await billIn(next, 2 * MINUTE);
    pass(2 * MINUTE);
    const lines = [remove(filtersKey), change(filtersKey, 5), convert(filtersKey)];
    for (const code of ['ORDER_PROCESSING', 'ORDER_NOT_OPEN'] as const) {
      for (const request of lines) {
        const { errors } = await write(request);
        expect([request.kind, errors]).toMatchObject([request.kind, [{ code: 'NOT_ELIGIBLE', reasons: [{ code }] }]]);
      }
      pass(2 * MINUTE);
    }
  });

  test.each([401, 403])('a %s while the order is read helps nobody to come again', async (status) => {
    fault('GET', { kind: 'status', status, body: {} });
    const { errors, operation } = await write(addOf());
    expect(errors).toMatchObject([{ code: 'PROVIDER', retry: 'NEVER' }]);
    expect(operation.status).toBe('REJECTED');
  });

  test('what was removed before is removed', async () => {
    expect((await write(remove(filtersKey))).operation.status).toBe('SUCCEEDED');
    expect((await write(remove(filtersKey))).operation.status).toBe('SUCCEEDED');
    expect(writesSent()).toEqual([`DELETE ${ONE_OFF}`]);
  });

  test('a refusal names the order that was read', async () => {
    const { operation } = await write(addOf({ item: product(filters, demoHandles.filters) }));
    expect([operation.errors[0]?.code, operation.orderRef?.key]).toEqual(['DUPLICATE_ITEM', orderKey(next)]);
  });
});

describe('W11: calls', () => {
  test.each([
    ['adding an item', addOf(), 7],
    ['adding as a subscription', addOf({ subscribe: MONTHLY }), 7],
    ['removing', remove(filtersKey), 7],
    ['changing a quantity', change(filtersKey, 7), 8],
    ['converting', convert(filtersKey), 11],
  ] as const)('%s takes as few as its reads and writes', async (_what, request, most) => {
    const { operation, view } = await write(request);
    expect([operation.status, calls().length]).toEqual(['SUCCEEDED', most]);
    expect(view).toMatchObject({ order: { state: 'found' }, lines: { problem: null } });
  });
});

describe('S1, S8: what comes late, and what comes twice', () => {
  test('an item that is queued for a minute turns its operation into a success, and nobody buys it twice meanwhile', async () => {
    fault('PUT', { kind: 'hang' });
    const { operation } = await write(addOf(), { settings: { writeTimeoutMs: 300 } });
    expect(outcomeOf(operation)).toEqual(['INDETERMINATE', 'UNKNOWN']);
    harness.emulator.faults.clear();
    const other = await write(addOf());
    expect(other.errors).toMatchObject([{ code: 'OUTCOME_UNKNOWN', operationId: operation.id }]);
    await api('PUT', ONE_OFF, { ...rowOf(next, syrup), variantHandle: demoHandles.syrup, quantity: '3' });
    expect(outcomeOf(await recovered(harness, operation))).toEqual(['SUCCEEDED', 'CHANGED']);
    expect(await unitsOf(next, syrup)).toEqual([['UPSELL', 3]]);
  });

  test('a product that recurs on the order is not added to it again, by whatever key', async () => {
    expect((await write(addOf({ subscribe: MONTHLY }))).operation.status).toBe('SUCCEEDED');
    harness.forget();
    const again = await write(addOf({ subscribe: MONTHLY }));
    expect(again.errors).toMatchObject([{ code: 'DUPLICATE_ITEM', existing: { purchaseMode: 'SUBSCRIPTION' } }]);
    expect(writesSent()).toEqual([`PUT ${ADD_LINE}`]);
  });

  test('a one-off that was converted is not converted again by a ledger that forgot it', async () => {
    await write(convert(filtersKey));
    harness.forget();
    calls();
    const again = await write(convert(filtersKey));
    expect(again.errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'ALREADY_SUBSCRIBED' }] }]);
    expect(writesSent()).toEqual([]);
  });
});

describe('an item on an order nobody asked for', () => {
  test('is left there when it was the shopper’s own, in another quantity', async () => {
    harness.emulator.switches.setAll({ oneOffTarget: 'next', repeatedOneOff: 'overwrite' });
    const request = addOf({ orderKey: orderKey(later), item: product(filters, demoHandles.filters) });
    const { operation } = await write(request);
    expect([operation.status, operation.effect]).toEqual(['PARTIAL', 'PARTLY_CHANGED']);
    expect(writesSent()).toEqual([`PUT ${ONE_OFF}`]);
    expect((await lineOf(next, filters))?.providerId).toBe(demoOneOffs.next);
  });

  test('is looked for on the other orders when the answer does not say where it went', async () => {
    harness.emulator.switches.setAll({ oneOffTarget: 'next', successBody: 'empty200' });
    const { operation } = await write(addOf({ orderKey: orderKey(last) }));
    expect(outcomeOf(operation)).toEqual(['FAILED', 'RESTORED']);
    expect(await lineOf(next, syrup)).toBeUndefined();
    expect(await unitsOf(later, mug)).toEqual([['UPSELL', 1]]);
  });
});

const rowOf = (billingAttemptId: string, variantId: string) => ({ contractId: coffee, billingAttemptId, variantId });

/** The shop's own doing. */
const setLine = (key: string, quantity: number) =>
  api('PUT', 'subscription-contracts-update-line-item-quantity', {
    contractId: coffee,
    lineId: `gid://shopify/SubscriptionLine/${key.split('/').at(-1) ?? ''}`,
    quantity: String(quantity),
  });

async function setOneOff(variantId: string, quantity: number) {
  await api('DELETE', ONE_OFF, rowOf(next, variantId));
  await api('PUT', ONE_OFF, { ...rowOf(next, variantId), variantHandle: 'some-handle', quantity: String(quantity) });
}
