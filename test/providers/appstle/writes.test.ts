import { describe, expect, test } from '@jest/globals';
import { Money } from '../../../src/domain/money.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoOneOffs,
  demoVariants,
  strangersAttempt,
  strangersContract,
  strangersCustomer,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { wideIds } from '../../../src/emulators/appstle/scenarios/wide-ids.js';
import { valueOf } from '../../support/provider-harness.js';
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
  open,
  orderKey,
  product,
  progressOf,
  stepNames,
  write,
  writesSent,
} from './harness.js';

const { coffee, tea } = demoContracts;
const { next, later, last } = demoAttempts;
const emails = () => (harness.emulator.state() as { emails: unknown[] }).emails;

describe('adding an item to one order', () => {
  test('sends one PUT and answers with the line as it is on the order asked for', async () => {
    const { operation, errors } = await write(addOf({ orderKey: orderKey(last) }));
    expect([errors, operation.status, operation.differences]).toEqual([[], 'SUCCEEDED', []]);
    expect(operation.orderRef?.key).toBe(orderKey(last));
    expect(operation.lineItemRef?.key).toBe(oneOffKey(last, demoVariants.syrup));
    expect(writesSent()).toEqual([`PUT ${ONE_OFF}`]);
    expect(await lineOf(last, demoVariants.syrup)).toMatchObject({
      quantity: 3,
      purchaseMode: 'ONE_TIME',
      origin: 'UPSELL',
    });
    expect(emails()).toEqual([]);
  });

  test('keeps ids beyond 2^53 on the way there and back', async () => {
    harness.restart('wide');
    const { customer, contract, attempt, variant } = wideIds;
    const key = `${contract}/${attempt}`;
    await write({ kind: 'REMOVE_UPSELL_ITEM', lineItemKey: `${key}/one-off/${variant}` }, { customerId: customer });
    const item = product(variant, 'premium-coffee-blend-500g');
    const { operation } = await write(addOf({ orderKey: key, item }), { customerId: customer });
    expect([operation.status, operation.lineItemRef?.key]).toEqual(['SUCCEEDED', `${key}/one-off/${variant}`]);
    const request = harness.emulator.requests.list().find(({ method }) => method === 'PUT');
    expect(request?.query).toEqual({
      contractId: contract,
      billingAttemptId: attempt,
      variantId: variant,
      variantHandle: 'premium-coffee-blend-500g',
      quantity: '3',
    });
    const converted = await write(
      { kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey: `${key}/one-off/${variant}`, frequency: MONTHLY, offerKey: null },
      { customerId: customer },
    );
    expect(converted.operation).toMatchObject({ status: 'SUCCEEDED', subscriptionRef: { key: contract } });
  });

  test('is refused before anything is sent', async () => {
    const refusals = [
      [addOf({ orderKey: 'nonsense' }), 'NOT_FOUND'],
      [addOf({ orderKey: orderKey('12') }), 'NOT_FOUND'],
      [addOf({ orderKey: orderKey(strangersAttempt, strangersContract) }), 'NOT_FOUND'],
      [addOf({ item: { offerKey: null, product: null } }), 'VALIDATION'],
      [addOf({ item: product(demoVariants.syrup, null) }), 'NOT_ELIGIBLE'],
      [addOf({ quantity: 1000 }), 'NOT_ELIGIBLE'],
      [addOf({ orderKey: orderKey(demoAttempts.skipped) }), 'NOT_ELIGIBLE'],
      [addOf({ item: product(demoVariants.filters, demoHandles.filters) }), 'DUPLICATE_ITEM'],
      [addOf({ item: product(demoVariants.filters, demoHandles.filters), ifPresent: 'ADD' }), 'NOT_ELIGIBLE'],
      [addOf({ subscribe: { every: 2, unit: 'WEEK' } }), 'NOT_ELIGIBLE'],
    ] as const;
    for (const [request, code] of refusals) {
      const { errors } = await write(request);
      expect([request.orderKey, errors.map((error) => error.code)]).toEqual([request.orderKey, [code]]);
    }
    expect(writesSent()).toEqual([]);
  });

  test('says that the contract is paused to whoever knew its order', async () => {
    await api('PUT', 'subscription-contracts-update-status', { contractId: coffee, status: 'PAUSED' });
    const { errors, operation } = await write(addOf());
    expect(operation.status).toBe('REJECTED');
    expect(errors).toMatchObject([
      {
        code: 'NOT_ELIGIBLE',
        message: 'This subscription is paused.',
        reasons: [{ code: 'SUBSCRIPTION_NOT_ACTIVE', evidence: 'contract status = PAUSED' }],
      },
    ]);
    harness.emulator.switches.setAll({ staleContractMs: 3_000 });
    await api('PUT', 'subscription-contracts-update-status', { contractId: tea, status: 'PAUSED' });
    const lagging = await write(addOf({ orderKey: orderKey(demoAttempts.tea, tea) }));
    expect(lagging.errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'NO_UPCOMING_ORDER' }] }]);
    const guest = await open(null).upsells.add.prepare(addOf());
    expect(guest).toMatchObject({ outcome: 'refused', refusal: { code: 'NOT_FOUND' } });
    const stranger = await write(addOf(), { customerId: strangersCustomer });
    expect(stranger.errors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
  });

  test('is refused for what only Appstle knows: a commitment, a variant of another shop, an emptied queue', async () => {
    const committed = await write(addOf({ orderKey: orderKey(demoAttempts.committed, demoContracts.committed) }));
    expect(committed.errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'SUBSCRIPTION_FROZEN' }] }]);
    const foreign = await write(addOf({ item: product(demoVariants.foreign, demoHandles.beans) }));
    expect(foreign).toMatchObject({
      operation: { status: 'REJECTED' },
      errors: [{ code: 'PROVIDER', retry: 'NEW_REQUEST' }],
    });
    harness.emulator.faults.add({
      match: { method: 'PUT' },
      action: { kind: 'status', status: 500, body: { title: 'Internal Server Error', detail: 'No value present' } },
    });
    const nothingQueued = await write(addOf());
    expect(nothingQueued.errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'NO_UPCOMING_ORDER' }] }]);
  });

  test('keeps the limit of the shopper: a price Appstle does not state beforehand is over any', async () => {
    const guards = { maxIncrease: new Money(2000n, 'USD', 'PROVIDER') };
    const unknown = await write(addOf(), { guards });
    expect(unknown.errors).toMatchObject([{ code: 'PRICE_GUARD', found: null }]);
    const known = await write(addOf({ orderKey: orderKey(later), item: product(demoVariants.filters, null) }), {
      guards,
    });
    expect(known.operation.status).toBe('SUCCEEDED');
  });
});

describe('an item that Appstle moves to another order', () => {
  test('is found by reading back, taken off again, and answered with the order it was on', async () => {
    harness.emulator.switches.setAll({ oneOffTarget: 'next' });
    const { operation, errors } = await write(addOf({ orderKey: orderKey(last) }));
    expect([operation.status, operation.effect]).toEqual(['FAILED', 'RESTORED']);
    expect(errors).toMatchObject([{ code: 'TARGET_MOVED', actualOrderRef: { key: orderKey(next) } }]);
    expect(operation.steps.map(({ name, outcome }) => [name, outcome]).at(-1)).toEqual(['take_back', 'COMPENSATED']);
    expect(writesSent()).toEqual([`PUT ${ONE_OFF}`, `DELETE ${ONE_OFF}`]);
    expect(await lineOf(next, demoVariants.syrup)).toBeUndefined();
  });

  test('stays where that is accepted, and the difference is reported', async () => {
    harness.emulator.switches.setAll({ oneOffTarget: 'next' });
    const { operation } = await write(addOf({ orderKey: orderKey(last), ifTargetMoved: 'ACCEPT' }));
    expect(operation).toMatchObject({
      status: 'SUCCEEDED',
      orderRef: { key: orderKey(next) },
      differences: [{ field: 'order', requested: orderKey(last), applied: orderKey(next), critical: true }],
    });
    expect(await lineOf(next, demoVariants.syrup)).toMatchObject({ quantity: 3 });
  });

  test('is not added at all when the other order has it already, and that one keeps its own', async () => {
    harness.emulator.switches.setAll({ oneOffTarget: 'next' });
    const { operation, errors } = await write(
      addOf({ orderKey: orderKey(last), item: product(demoVariants.filters, demoHandles.filters) }),
    );
    expect(errors).toMatchObject([{ code: 'TARGET_MOVED', actualOrderRef: { key: orderKey(next) } }]);
    expect([operation.status, operation.effect]).toEqual(['REJECTED', 'UNCHANGED']);
    expect(await lineOf(next, demoVariants.filters)).toMatchObject({ quantity: 2, providerId: demoOneOffs.next });
    expect(writesSent()).toEqual([`PUT ${ONE_OFF}`]);
  });

  test('is found also when the order was skipped between reading and sending', async () => {
    const request = addOf({ orderKey: orderKey(last) });
    const preparation = await open().upsells.add.prepare(request);
    if (preparation.outcome !== 'ready') throw new Error('not ready');
    await api('PUT', `subscription-billing-attempts/skip-order/${last}`, { subscriptionContractId: coffee });
    const sent = await open().upsells.add.send('add_item', request, progressOf(preparation.target));
    expect(sent).toMatchObject({ outcome: 'confirmed', result: { orderKey: orderKey(next) } });
  });

  test('of an order known to be skipped goes straight to the next one where that is accepted', async () => {
    await api('PUT', `subscription-billing-attempts/skip-order/${next}`, { subscriptionContractId: coffee });
    const { operation } = await write(addOf({ ifTargetMoved: 'ACCEPT' }));
    expect(operation).toMatchObject({ status: 'SUCCEEDED', orderRef: { key: orderKey(later) } });
    const rejected = await write(addOf());
    expect(rejected.errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'ORDER_NOT_OPEN' }] }]);
  });
});

describe('lost and odd answers', () => {
  test('an add whose answer is lost is repeated: it is documented to have no further effect', async () => {
    harness.emulator.faults.add({ match: { method: 'PUT' }, action: { kind: 'applyThenReset' } });
    const { operation } = await write(addOf());
    expect(operation).toMatchObject({ status: 'SUCCEEDED', differences: [] });
    expect(operation.steps.find(({ name }) => name === 'add_item')?.attempts).toBe(2);
    expect((await linesOf(next)).filter((line) => line.product.providerId === demoVariants.syrup)).toHaveLength(1);
  });

  test('an add that hangs for good is settled by reading', async () => {
    harness.emulator.faults.add({ match: { method: 'PUT' }, times: 'always', action: { kind: 'applyThenHang' } });
    const { operation } = await write(addOf(), { settings: { writeTimeoutMs: 400 } });
    expect(operation).toMatchObject({ status: 'SUCCEEDED', lineItemRef: { key: oneOffKey(next, demoVariants.syrup) } });
  });

  test('and one that shows no trace is not called lost: it may come yet', async () => {
    harness.emulator.faults.add({ match: { method: 'PUT' }, times: 'always', action: { kind: 'hang' } });
    const { operation, errors } = await write(addOf(), { settings: { writeTimeoutMs: 300, settlingSeconds: 0 } });
    expect([operation.status, operation.effect, errors.map(({ retry }) => retry)]).toEqual([
      'INDETERMINATE',
      'UNKNOWN',
      ['CHECK_OPERATION'],
    ]);
  });

  test.each(['empty200', 'empty204'])('a success with an empty body (%s) is read back', async (successBody) => {
    harness.emulator.switches.setAll({ successBody });
    expect((await write(addOf())).operation.status).toBe('SUCCEEDED');
    const removed = await write({ kind: 'REMOVE_UPSELL_ITEM', lineItemKey: oneOffKey(next, demoVariants.syrup) });
    expect(removed.operation.status).toBe('SUCCEEDED');
    const converted = await write({
      kind: 'CONVERT_TO_SUBSCRIPTION',
      lineItemKey: oneOffKey(next, demoVariants.filters),
      frequency: MONTHLY,
      offerKey: null,
    });
    expect(converted.operation.status).toBe('SUCCEEDED');
  });

  test('both bodies of 429 and an edit collision are not applied, waited out and sent again', async () => {
    const collision = {
      entityName: 'subscriptionContractDetails',
      errorKey: '10001',
      status: 400,
      message: 'UserGeneratedError:An unexpected error occurred: The subscription contract has changed.',
    };
    const bodies: [number, object][] = [
      [429, { error: 'Rate limit exceeded. Try again later.' }],
      [429, { error: 'Too many concurrent mutation requests. Please wait for existing requests to complete.' }],
      [400, collision],
    ];
    for (const [status, body] of bodies) {
      harness.restart('sandbox');
      harness.emulator.faults.add({ match: { method: 'PUT' }, action: { kind: 'status', status, body } });
      const { operation } = await write(addOf({ subscribe: MONTHLY }));
      expect([status, operation.status, operation.steps.find(({ name }) => name === 'add_line')?.attempts]).toEqual([
        status,
        'SUCCEEDED',
        2,
      ]);
    }
  });

  test('what stays throttled or locked was not applied, so the same key may come again', async () => {
    const service = harness.compose({ settings: { writeTimeoutMs: 600 } }).writes;
    harness.emulator.switches.setAll({ billingLock: true });
    const locked = await write(addOf(), { service, key: 'a-key-that-is-locked' });
    expect(locked).toMatchObject({
      operation: { status: 'FAILED' },
      errors: [{ code: 'PROVIDER', retry: 'SAME_KEY', problem: { kind: 'CONFLICT', retryAt: expect.any(Date) } }],
    });
    harness.emulator.switches.setAll({ billingLock: false });
    expect((await write(addOf(), { service, key: 'a-key-that-is-locked' })).operation.status).toBe('SUCCEEDED');
  });

  test('a wrong key is never the fault of the shopper', async () => {
    harness.emulator.faults.add({ match: { method: 'PUT' }, action: { kind: 'status', status: 401, body: '' } });
    expect((await write(addOf())).errors).toMatchObject([
      { code: 'PROVIDER', retry: 'NEVER', problem: { kind: 'AUTHENTICATION' } },
    ]);
  });
});

describe('adding as a subscription', () => {
  test('adds a recurring line to the contract of the order, once', async () => {
    const { operation } = await write(addOf({ subscribe: MONTHLY, item: product(demoVariants.syrup, null) }));
    expect(operation).toMatchObject({ status: 'SUCCEEDED', subscriptionRef: { key: coffee }, differences: [] });
    expect(writesSent()).toEqual([`PUT ${ADD_LINE}`]);
    const line = await lineOf(later, demoVariants.syrup, 'RECURRING');
    expect(line).toMatchObject({ quantity: 3, subscriptionRef: { key: coffee } });
    expect(operation.lineItemRef?.key).toBe(line?.ref.key.replace(later, next));
  });

  test('is not sent again when its answer is lost, but looked for', async () => {
    for (const kind of ['applyThenReset', 'applyThenHang'] as const) {
      harness.restart('sandbox');
      harness.emulator.faults.add({ match: { method: 'PUT' }, times: 'always', action: { kind } });
      const { operation } = await write(addOf({ subscribe: MONTHLY }), { settings: { writeTimeoutMs: 500 } });
      expect(operation.status).toBe('SUCCEEDED');
      expect(writesSent()).toEqual([`PUT ${ADD_LINE}`]);
      expect((await linesOf(next)).filter((line) => line.product.providerId === demoVariants.syrup)).toHaveLength(1);
      expect(emails()).toHaveLength(1);
    }
  });

  test('waits for a contract that lags, and for a shop that raises the quantity instead', async () => {
    harness.emulator.switches.setAll({ lateApplyMs: 900, successBody: 'empty200' });
    expect((await write(addOf({ subscribe: MONTHLY }))).operation.status).toBe('SUCCEEDED');
    harness.emulator.switches.setAll({ lateApplyMs: 0, updateExistingQuantity: true });
    const beans = addOf({ subscribe: MONTHLY, item: product(demoVariants.beans, null), ifPresent: 'ADD' });
    const { operation } = await write(beans);
    expect(operation).toMatchObject({ status: 'SUCCEEDED', differences: [] });
    const again = await write({ ...beans, ifPresent: 'REJECT' });
    expect(again.errors).toMatchObject([{ code: 'DUPLICATE_ITEM', existing: { quantity: 5 } }]);
  });

  test('is not confirmed by an answer that does not show it, and sending asks nothing else', async () => {
    const request = addOf({ subscribe: MONTHLY });
    const preparation = await open().upsells.add.prepare(request);
    if (preparation.outcome !== 'ready') throw new Error('not ready');
    harness.emulator.switches.setAll({ successBody: 'empty204' });
    calls();
    const sent = await open().upsells.add.send('add_line', request, progressOf(preparation.target));
    expect(sent).toMatchObject({ outcome: 'unknown', attempts: 1, problem: { kind: 'CONFLICT' } });
    expect(calls()).toEqual([`PUT ${ADD_LINE}`]);
  });

  test('that Appstle declines with 200 is no success', async () => {
    harness.emulator.switches.setAll({ lineWriteDeclines: true });
    const { operation, errors } = await write(addOf({ subscribe: MONTHLY }));
    expect([operation.status, errors]).toMatchObject([
      'REJECTED',
      [{ code: 'PROVIDER', retry: 'NEVER', problem: { kind: 'REJECTED' } }],
    ]);
  });

  test('comes in the rhythm of the contract only, however that is put', async () => {
    const { errors } = await write(addOf({ subscribe: { every: 2, unit: 'MONTH' } }));
    expect(errors).toMatchObject([
      { reasons: [{ code: 'NO_SUBSCRIPTION_PLAN', evidence: 'billingPolicy = 1 MONTH' }] },
    ]);
    await api('PUT', 'subscription-contracts-update-billing-interval', {
      contractId: tea,
      interval: 'WEEK',
      intervalCount: '2',
    });
    const ports = open();
    const contract = valueOf((await ports.subscriptions.getMany([tea]))[0]);
    const order = valueOf((await ports.subscriptions.nextOrders([contract]))[0]);
    const fortnight = addOf({ orderKey: order.ref.key, subscribe: { every: 14, unit: 'DAY' } });
    expect((await write(fortnight)).operation.status).toBe('SUCCEEDED');
  });
});

describe('changing a quantity', () => {
  const change = (lineItemKey: string, quantity: number) =>
    ({ kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey, quantity }) as const;
  const filters = oneOffKey(next, demoVariants.filters);

  test('of a one-off is DELETE, then PUT, each a step of the operation', async () => {
    const { operation } = await write(change(filters, 7));
    expect([operation.status, operation.differences]).toEqual(['SUCCEEDED', []]);
    expect(operation.steps.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['remove_item', 'DONE'],
      ['add_item', 'DONE'],
      ['read_back', 'DONE'],
    ]);
    expect(writesSent()).toEqual([`DELETE ${ONE_OFF}`, `PUT ${ONE_OFF}`]);
    expect(await lineOf(next, demoVariants.filters)).toMatchObject({ ref: { key: filters }, quantity: 7 });
  });

  test('of a one-time line is one call', async () => {
    const key = oneTimeLineKey(await linesOf(next));
    const { operation } = await write(change(key, 4));
    expect([operation.status, writesSent()]).toEqual([
      'SUCCEEDED',
      ['PUT subscription-contracts-update-line-item-quantity'],
    ]);
    expect((await linesOf(next)).find(({ ref }) => ref.key === key)?.quantity).toBe(4);
  });

  test('survives a lost answer at either step', async () => {
    for (const [method, action] of [
      ['DELETE', 'applyThenReset'],
      ['PUT', 'applyThenHang'],
    ] as const) {
      harness.restart('sandbox');
      harness.emulator.faults.add({ match: { method }, times: 3, action: { kind: action } });
      const { operation } = await write(change(filters, 7), { settings: { writeTimeoutMs: 600 } });
      expect([method, operation.status]).toEqual([method, 'SUCCEEDED']);
      expect((await lineOf(next, demoVariants.filters))?.quantity).toBe(7);
    }
  });

  test('that lands on another order is taken back off it', async () => {
    const mug = oneOffKey(later, demoVariants.mug);
    harness.emulator.switches.setAll({ oneOffTarget: 'next' });
    const { operation, errors } = await write(change(mug, 2));
    expect([operation.status, operation.effect, errors]).toMatchObject([
      'PARTIAL',
      'PARTLY_CHANGED',
      [{ code: 'TARGET_MOVED', actualOrderRef: { key: orderKey(next) } }],
    ]);
    expect((await linesOf(next)).some(({ ref }) => ref.key === oneOffKey(next, demoVariants.mug))).toBe(false);
  });

  test('to what it is already changes nothing, and out of range or on a recurring line it is refused', async () => {
    expect((await write(change(filters, 2))).operation.status).toBe('SUCCEEDED');
    expect(writesSent()).toEqual([`PUT ${ONE_OFF}`]);
    expect((await lineOf(next, demoVariants.filters))?.providerId).toBe(demoOneOffs.next);
    const [beans] = await linesOf(next);
    const refused = [
      await write(change(filters, 1000)),
      await write(change(beans?.ref.key ?? '', 3)),
      await write(change('x', 3)),
    ];
    expect(refused.map(({ errors }) => errors[0]?.code)).toEqual(['NOT_ELIGIBLE', 'NOT_ELIGIBLE', 'NOT_FOUND']);
    expect(writesSent()).toEqual([]);
  });
});

describe('removing an item', () => {
  const remove = (lineItemKey: string) => ({ kind: 'REMOVE_UPSELL_ITEM', lineItemKey }) as const;

  test('takes a one-off off its order and leaves the same product on another', async () => {
    await write(addOf({ orderKey: orderKey(later) }));
    await write(addOf());
    calls();
    const { operation } = await write(remove(oneOffKey(next, demoVariants.syrup)));
    expect([operation.status, writesSent()]).toEqual(['SUCCEEDED', [`DELETE ${ONE_OFF}`]]);
    expect(await lineOf(next, demoVariants.syrup)).toBeUndefined();
    expect(await lineOf(later, demoVariants.syrup)).toBeDefined();
  });

  test('is repeated when its answer is lost', async () => {
    harness.emulator.faults.add({ match: { method: 'DELETE' }, action: { kind: 'applyThenReset' } });
    const { operation } = await write(remove(oneOffKey(next, demoVariants.filters)));
    expect([operation.status, writesSent()]).toEqual(['SUCCEEDED', [`DELETE ${ONE_OFF}`, `DELETE ${ONE_OFF}`]]);
  });

  test('works for a one-time line, also when the contract lags, and not for a recurring one', async () => {
    harness.emulator.switches.setAll({ lateApplyMs: 600 });
    const lines = await linesOf(next);
    const { operation } = await write(remove(oneTimeLineKey(lines)));
    expect([operation.status, writesSent()]).toEqual(['SUCCEEDED', ['PUT subscription-contracts-remove-line-item']]);
    const refused = await write(remove(lines[0]?.ref.key ?? ''));
    expect(refused.errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'ALREADY_SUBSCRIBED' }] }]);
  });
});

describe('converting to a subscription', () => {
  const convert = (lineItemKey: string, frequency: { every: number; unit: 'MONTH' | 'WEEK' } = MONTHLY) =>
    ({ kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey, frequency, offerKey: null }) as const;
  const filters = oneOffKey(next, demoVariants.filters);

  test('of a one-off adds the recurring line, sees it, and only then deletes the one-off', async () => {
    harness.emulator.switches.setAll({ successBody: 'empty200' });
    const { operation } = await write(convert(filters));
    expect(operation).toMatchObject({ status: 'SUCCEEDED', subscriptionRef: { key: coffee } });
    expect(stepNames(operation)).toEqual(['add_line', 'remove_item']);
    const sent = calls();
    const [added, seen, deleted] = [
      `PUT ${ADD_LINE}`,
      `GET subscription-customers/${harness.shopper}`,
      `DELETE ${ONE_OFF}`,
    ];
    expect(sent.filter((each) => [added, deleted].includes(each))).toEqual([added, deleted]);
    const reads = sent.slice(sent.indexOf(added), sent.indexOf(deleted));
    expect(reads).toContain(seen);
    const lines = (await linesOf(next)).filter((line) => line.product.providerId === demoVariants.filters);
    expect(lines.map(({ origin, quantity }) => [origin, quantity])).toEqual([['RECURRING', 2]]);
    expect(operation.lineItemRef?.key).toBe(lines[0]?.ref.key);
  });

  test('deletes nothing when the line cannot be added', async () => {
    harness.emulator.switches.setAll({ lineWriteDeclines: true });
    const { operation } = await write(convert(filters));
    expect([operation.status, writesSent()]).toEqual(['REJECTED', [`PUT ${ADD_LINE}`]]);
    expect(await lineOf(next, demoVariants.filters)).toBeDefined();
  });

  test('deletes nothing before a lost line is found, and never adds a second one', async () => {
    harness.emulator.faults.add({ match: { method: 'PUT' }, times: 'always', action: { kind: 'applyThenHang' } });
    const { operation } = await write(convert(filters), { settings: { writeTimeoutMs: 500 } });
    expect([operation.status, writesSent()]).toEqual(['SUCCEEDED', [`PUT ${ADD_LINE}`, `DELETE ${ONE_OFF}`]]);
  });

  test('finds a deletion whose answer was lost', async () => {
    harness.emulator.faults.add({ match: { method: 'DELETE' }, times: 'always', action: { kind: 'applyThenHang' } });
    const { operation } = await write(convert(filters), { settings: { writeTimeoutMs: 500 } });
    expect(operation.status).toBe('SUCCEEDED');
  });

  test('of a product that recurs already raises the quantity of its line', async () => {
    await write(addOf({ item: product(demoVariants.beans, demoHandles.beans), quantity: 5 }));
    calls();
    const { operation } = await write(convert(oneOffKey(next, demoVariants.beans)));
    expect([operation.status, stepNames(operation)]).toEqual(['SUCCEEDED', ['raise_quantity', 'remove_item']]);
    expect(writesSent()).toEqual(['PUT subscription-contracts-update-line-item-quantity', `DELETE ${ONE_OFF}`]);
    const beans = (await linesOf(next)).filter((line) => line.product.providerId === demoVariants.beans);
    expect(beans.map(({ quantity, origin }) => [quantity, origin])).toEqual([[7, 'RECURRING']]);
  });

  test('of a one-time line is one call, which may be worked off later or decline with 200', async () => {
    const key = oneTimeLineKey(await linesOf(next));
    harness.emulator.switches.setAll({ replaceVariants: 'decline' });
    const declined = await write(convert(key));
    expect([declined.operation.status, declined.errors]).toMatchObject([
      'REJECTED',
      [{ code: 'PROVIDER', retry: 'NEVER' }],
    ]);
    harness.emulator.switches.setAll({ replaceVariants: 'late' });
    calls();
    const { operation } = await write(convert(key));
    expect(operation).toMatchObject({ status: 'SUCCEEDED', subscriptionRef: { key: coffee } });
    expect(writesSent()).toEqual(['POST subscription-contract-details/replace-variants-v3']);
    const mugs = (await linesOf(next)).filter((line) => line.product.providerId === demoVariants.mug);
    expect(mugs.map(({ origin }) => origin)).toEqual(['RECURRING']);
  });

  test('is refused in another rhythm, for a recurring line, and for a line of a stranger', async () => {
    const [beans] = await linesOf(next);
    const refused = [
      await write(convert(filters, { every: 3, unit: 'WEEK' })),
      await write(convert(beans?.ref.key ?? '')),
      await write(convert(filters), { customerId: strangersCustomer }),
    ];
    expect(refused.map(({ errors }) => errors[0]?.code)).toEqual(['NOT_ELIGIBLE', 'NOT_ELIGIBLE', 'NOT_FOUND']);
    expect(writesSent()).toEqual([]);
  });
});

describe('several writes at once', () => {
  test('of one contract take turns, whatever their orders, so that none collides', async () => {
    harness.emulator.switches.setAll({ writeDurationMs: 60 });
    const service = harness.compose().writes;
    const results = await Promise.all([
      write(addOf(), { service }),
      write(addOf({ orderKey: orderKey(later) }), { service }),
      write(addOf({ orderKey: orderKey(last), subscribe: MONTHLY, item: product(demoVariants.outOfStock, null) }), {
        service,
      }),
    ]);
    expect(results.map(({ operation }) => operation.status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    const writes = harness.emulator.requests.list().filter(({ method }) => method !== 'GET');
    expect(writes.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('with the same key write once', async () => {
    const service = harness.compose().writes;
    const first = await write(addOf(), { service, key: 'the-same-key-twice' });
    const second = await write(addOf(), { service, key: 'the-same-key-twice' });
    expect([second.replayed, second.operation.id]).toEqual([true, first.operation.id]);
    expect(writesSent()).toEqual([`PUT ${ONE_OFF}`]);
  });

  test('of different contracts stay within the number of writes Appstle takes', async () => {
    harness.emulator.switches.setAll({ writeDurationMs: 80, concurrentWrites: 2 });
    const service = harness.compose().writes;
    const targets = [orderKey(next), orderKey(demoAttempts.tea, tea), orderKey(demoAttempts.euro, demoContracts.euro)];
    const results = await Promise.all(targets.map((key) => write(addOf({ orderKey: key }), { service })));
    expect(results.map(({ operation }) => operation.status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    expect(harness.emulator.requests.list().some(({ status }) => status === 429)).toBe(false);
  });
});
