import { describe, expect, test } from '@jest/globals';
import { demoHandles, demoOneOffs, demoVariants } from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { wideIds } from '../../../src/emulators/appstle/scenarios/wide-ids.js';
import {
  ALL,
  ATTEMPTS,
  ONE_OFF,
  type Query,
  RAW,
  UPCOMING,
  addSyrup,
  added,
  address,
  call,
  coffee,
  committed,
  emulator,
  get,
  idsOf,
  last,
  later,
  next,
  paused,
  put,
  rows,
  startOver,
  variantsOf,
} from './harness.js';

describe('the documented shop', () => {
  test('answers the one-time product of the next order, field for field', async () => {
    startOver('documented');
    const answer = await get(UPCOMING, { contractId: '98765' });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.json.value).toEqual([
      {
        id: 12345,
        shop: 'example-store.myshopify.com',
        billingAttemptId: 54321,
        subscriptionContractId: 98765,
        variantId: 42549172011164,
        variantHandle: 'premium-coffee-blend-500g',
        quantity: 2,
        price: 19.99,
      },
    ]);
  });

  test('answers [] once the contract is paused, and while nothing was added', async () => {
    startOver('documented');
    await call('DELETE', address(ONE_OFF, { contractId: 98765, billingAttemptId: 54321, variantId: 42549172011164 }));
    expect((await get(UPCOMING, { contractId: '98765' })).text).toBe('[]');
    await put('subscription-contracts-update-status', { contractId: 98765, status: 'paused' });
    const answer = await get(UPCOMING, { contractId: '98765' });
    expect([answer.status, answer.text]).toEqual([200, '[]']);
  });

  test('writes ids beyond 2^53 digit for digit', async () => {
    startOver('wide');
    const { text } = await get(UPCOMING, { contractId: wideIds.contract });
    for (const id of [wideIds.oneOff, wideIds.attempt, wideIds.contract, wideIds.variant])
      expect(text).toContain(`:${id}`);
    const orders = await get(`${ATTEMPTS}/top-orders`, { customerId: wideIds.customer });
    expect(orders.text).toContain(`"id":${wideIds.attempt}`);
    const lineOf = async () => (await get(`${RAW}/${wideIds.contract}`)).text;
    await call('POST', address('subscription-contract-details/replace-variants-v3'), {
      shop: 'example-store.myshopify.com',
      contractId: wideIds.contract,
      newOneTimeVariants: { [wideIds.variant]: 1 },
    });
    expect(await lineOf()).toContain(`gid://shopify/ProductVariant/${wideIds.variant}`);
  });
});

describe('one-offs', () => {
  test('are listed for the next order, or for all queued orders at once', async () => {
    expect(idsOf(await rows(UPCOMING))).toEqual([demoOneOffs.next]);
    expect(idsOf(await rows(ALL))).toEqual([demoOneOffs.next, demoOneOffs.later]);
    emulator.switches.setAll({ oneOffOrder: 'newestFirst', oneTimeLinesAmongOneOffs: true });
    expect(variantsOf(await rows(ALL))[0]).toBe(demoVariants.mug);
    expect(await rows(ALL)).toHaveLength(3);
  });

  test('take ranges and the handle seriously, and every parameter from the query', async () => {
    const refused = [
      { quantity: 0 },
      { quantity: 1000 },
      { variantHandle: 'Default Title' },
      { variantHandle: '' },
      { contractId: 0 },
      { variantId: '92233720368547758070' },
      { variantId: demoVariants.foreign },
    ];
    for (const query of refused) expect([query, (await addSyrup(query)).status]).toEqual([query, 400]);
    const inBody = await put(ONE_OFF, {}, { ...added, variantHandle: demoHandles.syrup });
    expect(inBody.json.text('detail')).toMatch(/Required request parameter .* is not present/u);
    expect((await addSyrup({ quantity: 999 })).status).toBe(200);
  });

  test('answer an add with all rows of the contract', async () => {
    const answer = await addSyrup({ quantity: 3 });
    expect(answer.json.rows()).toHaveLength(3);
    const row = answer.json.rows().find((each) => each.at('variantId') === Number(demoVariants.syrup));
    expect([row?.at('billingAttemptId'), row?.at('quantity'), row?.at('price')]).toEqual([Number(next), 3, 9.5]);
  });

  test('added again to the same order stay one row with the old quantity, unless switched', async () => {
    await addSyrup({ quantity: 3 });
    await addSyrup({ quantity: 5 });
    const syrups = async () => (await rows(ALL)).filter((row) => row.at('variantId') === Number(demoVariants.syrup));
    expect((await syrups()).map((row) => row.at('quantity'))).toEqual([3]);
    emulator.switches.setAll({ repeatedOneOff: 'overwrite' });
    await addSyrup({ quantity: 5 });
    expect((await syrups()).map((row) => row.at('quantity'))).toEqual([5]);
  });

  test('go silently to the next order when the attempt is unknown or not queued', async () => {
    await put(`${ATTEMPTS}/skip-order/${later}`, { subscriptionContractId: coffee });
    for (const attempt of [later, '1']) await addSyrup({ billingAttemptId: attempt });
    const syrups = (await rows(ALL)).filter((row) => row.at('variantId') === Number(demoVariants.syrup));
    expect(syrups.map((row) => String(row.at('billingAttemptId')))).toEqual([next]);
    emulator.switches.setAll({ oneOffTarget: 'next' });
    await addSyrup({ billingAttemptId: last, variantId: demoVariants.beans });
    const beans = (await rows(ALL)).find((row) => row.at('variantId') === Number(demoVariants.beans));
    expect(String(beans?.at('billingAttemptId'))).toBe(next);
  });

  test('cannot be added when nothing is queued, or the contract is frozen', async () => {
    const answer = await addSyrup({ contractId: paused });
    expect([answer.status, answer.json.at('detail')]).toEqual([500, 'No value present']);
    emulator.switches.setAll({ noQueuedAttemptStatus: 400 });
    expect((await addSyrup({ contractId: paused })).status).toBe(400);
    const frozen = await addSyrup({ contractId: committed });
    expect([frozen.status, frozen.json.text('message')]).toEqual([
      400,
      expect.stringMatching(/^UserGeneratedError:.*frozen/u),
    ]);
    emulator.switches.setAll({ freezeUntilMinCycles: false });
    expect((await addSyrup({ contractId: committed })).status).toBe(200);
  });

  test('are deleted by contract, attempt and variant; an absent one is fine and past ones stay', async () => {
    const remove = (query: Query) => call('DELETE', address(ONE_OFF, query));
    const filters = { contractId: coffee, billingAttemptId: next, variantId: demoVariants.filters };
    expect(idsOf((await remove(filters)).json.rows())).toEqual([demoOneOffs.later]);
    expect((await remove(filters)).status).toBe(200);
    await put(`${ATTEMPTS}/skip-order/${later}`, { subscriptionContractId: coffee });
    await remove({ contractId: coffee, billingAttemptId: later, variantId: demoVariants.mug });
    await put(`${ATTEMPTS}/unskip-order/${later}`, { subscriptionContractId: coffee });
    expect(idsOf(await rows(ALL))).toEqual([demoOneOffs.later]);
  });

  test('look like the example bodies when switched', async () => {
    emulator.switches.setAll({ oneOffRows: 'example' });
    const [row] = await rows(UPCOMING);
    expect(row?.value).toMatchObject({
      contractId: Number(coffee),
      price: '6.50',
      currencyCode: 'USD',
      productTitle: 'Paper Filters, 100',
    });
    expect(row?.at('subscriptionContractId')).toBeUndefined();
  });
});
