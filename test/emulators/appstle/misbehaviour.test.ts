import { describe, expect, test } from '@jest/globals';
import {
  demoAttempts,
  demoShopper,
  demoVariants,
  strangersContract,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import {
  ALL,
  ATTEMPTS,
  RAW,
  UPCOMING,
  addSyrup,
  coffee,
  emulator,
  get,
  idsOf,
  last,
  later,
  next,
  put,
  rawLines,
  rows,
  tea,
  topOrders,
} from './harness.js';

describe('contention and limits', () => {
  test('of two writes on one contract the later one changes nothing', async () => {
    emulator.switches.setAll({ writeDurationMs: 60 });
    const add = (contractId: string) =>
      put('subscription-contracts-add-line-item', { contractId, variantId: demoVariants.syrup, quantity: 1 });
    const [first, second, other] = await Promise.all([add(coffee), add(coffee), add(tea)]);
    expect(new Set([first?.status, second?.status])).toEqual(new Set([200, 400]));
    expect(other?.status).toBe(200);
    const collision = first?.status === 400 ? first : second;
    expect(collision?.json.value).toEqual({
      entityName: 'subscriptionContractDetails',
      errorKey: '10001',
      status: 400,
      message: 'UserGeneratedError:An unexpected error occurred: The subscription contract has changed.',
    });
    expect(await rawLines()).toHaveLength(4);
  });

  test('too many requests, or too many writes at once, get their 429 without Retry-After', async () => {
    emulator.switches.setAll({ writeDurationMs: 60, concurrentWrites: 1 });
    const answers = await Promise.all([addSyrup(), addSyrup({ contractId: tea, billingAttemptId: demoAttempts.tea })]);
    const busy = answers.find(({ status }) => status === 429);
    expect(busy?.text).toBe(
      '{"error":"Too many concurrent mutation requests. Please wait for existing requests to complete."}',
    );
    emulator.switches.setAll({ requestsPerSecond: 2 });
    const many = await Promise.all(Array.from({ length: 6 }, () => get(UPCOMING, { contractId: coffee })));
    const limited = many.find(({ status }) => status === 429);
    expect(limited?.text).toBe('{"error":"Rate limit exceeded. Try again later."}');
    expect(limited?.headers.get('retry-after')).toBeNull();
  });

  test('a billing operation locks the contract while switched', async () => {
    emulator.switches.setAll({ billingLock: true });
    const answer = await addSyrup();
    expect([answer.status, answer.json.text('message')]).toEqual([
      400,
      expect.stringContaining('billing operation is already in progress'),
    ]);
    expect(await rows(ALL)).toHaveLength(2);
  });
});

describe('misbehaviour', () => {
  test('successes without a body still take effect', async () => {
    emulator.switches.setAll({ successBody: 'empty200' });
    expect([(await addSyrup()).status, (await addSyrup()).text]).toEqual([200, '']);
    emulator.switches.setAll({ successBody: 'empty204' });
    expect((await addSyrup({ billingAttemptId: later })).status).toBe(204);
    expect(await rows(ALL)).toHaveLength(4);
  });

  test('contract reads lag behind status and line writes', async () => {
    emulator.switches.setAll({ staleContractMs: 80, lateApplyMs: 80 });
    await put('subscription-contracts-add-line-item', { contractId: tea, variantId: demoVariants.syrup, quantity: 1 });
    expect(await rawLines(tea)).toHaveLength(1);
    await put('subscription-contracts-update-status', { contractId: coffee, status: 'PAUSED' });
    expect((await get(`${RAW}/${coffee}`)).json.at('status')).toBe('ACTIVE');
    expect(await topOrders()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await get(`${RAW}/${coffee}`)).json.at('status')).toBe('PAUSED');
    expect(await rawLines(tea)).toHaveLength(2);
  });

  test('writes land although the answer is lost, and gateways answer HTML', async () => {
    emulator.faults.add({ match: { method: 'PUT' }, action: { kind: 'applyThenReset' } });
    await expect(addSyrup()).rejects.toThrow('fetch failed');
    expect(await rows(ALL)).toHaveLength(3);
    emulator.faults.add({ action: { kind: 'html', status: 502 } });
    const page = await get(ALL, { contractId: coffee });
    expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html']);
  });

  test('lists hold rows with a null id, come in disorder, or leak rows of others', async () => {
    emulator.switches.setAll({ nullIdAttempts: true, shuffledTopOrders: true });
    expect(idsOf(await topOrders())).toEqual(['null', later, next, last]);
    emulator.switches.setAll({ leakForeignRows: true });
    const orders = (await get(`${ATTEMPTS}/top-orders`, { customerId: demoShopper })).json.rows();
    expect(orders.map((row) => String(row.at('contractId')))).toContain(strangersContract);
  });

  test('line writes decline with 200', async () => {
    emulator.switches.setAll({ lineWriteDeclines: true });
    const answer = await put('subscription-contracts-add-line-item', {
      contractId: tea,
      variantId: demoVariants.syrup,
      quantity: 1,
    });
    expect([answer.status, answer.json.at('success')]).toEqual([200, false]);
    expect(await rawLines(tea)).toHaveLength(1);
  });
});
