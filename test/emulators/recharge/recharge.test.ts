import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { emulators, startEmulator } from '../../../src/emulators/index.js';
import { nextOccurrence } from '../../../src/emulators/kit/calendar.js';
import { fromEastern, toEasternDate } from '../../../src/emulators/recharge/eastern-time.js';
import {
  demoToken,
  demoWebhookSecret,
  narrowToken,
} from '../../../src/emulators/recharge/scenarios/demo-credentials.js';
import {
  demoAddresses,
  demoCharges,
  demoDays,
  demoItems,
  demoOrder,
  demoShopper,
  demoVariants,
  failingCustomer,
} from '../../../src/emulators/recharge/scenarios/demo-records.js';
import { legacySignature, webhookSignature } from '../../../src/emulators/recharge/webhooks.js';
import { caller, type Json } from '../calls.js';

const emulator = await startEmulator(emulators.recharge, { switches: { bucketSize: 0 } });
const version = { 'x-recharge-version': '2021-11' };
const call = caller(emulator.url, { 'x-recharge-access-token': demoToken, ...version });
const dayOf = (name: keyof typeof demoDays) => demoOrder(name).slice(-10);

afterEach(() => {
  emulator.clock.release();
  emulator.reset('sandbox', { bucketSize: 0 });
});
afterAll(() => emulator.close());

const syrup = (more: object = {}) => ({
  address_id: demoAddresses.home,
  next_charge_scheduled_at: dayOf('next'),
  external_variant_id: { ecommerce: demoVariants.syrup },
  quantity: 1,
  ...more,
});

async function chargeOn(name: keyof typeof demoDays): Promise<Json | undefined> {
  const [address, date] = demoOrder(name).split('/');
  const { json } = await call('GET', `/charges?address_id=${address}&scheduled_at=${date}`);
  return json.rows('charges')[0];
}

const itemsIn = (charge: Json | undefined) => charge?.rows('line_items').map((row) => row.at('purchase_item_id'));

describe('the version', () => {
  test('is a header: one that is unknown is refused, and without one an older shape answers', async () => {
    const bare = caller(emulator.url, { 'x-recharge-access-token': demoToken });
    expect((await bare('GET', '/charges', undefined, { 'x-recharge-version': '2020-01' })).status).toBe(426);
    const { json, headers } = await bare('GET', `/charges?customer_id=${demoShopper}`);
    expect(headers.get('x-recharge-version')).toBe('2021-01');
    const [row] = json.rows('charges');
    expect(json.at('next_cursor')).toBeUndefined();
    expect([row?.at('status'), typeof row?.at('total_price')]).toEqual(['QUEUED', 'number']);
    expect(typeof row?.at('line_items', 0, 'shopify_variant_id')).toBe('number');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('before has numbered pages, and says nothing of rows beyond', async () => {
    const idsOn = async (page: number) => {
      const { json } = await call('GET', `/charges?customer_id=${demoShopper}&limit=3&page=${page}`, undefined, {
        'x-recharge-version': '2021-01',
      });
      return json.rows('charges').map((row) => row.at('id'));
    };
    const [first, second] = [await idsOn(1), await idsOn(2)];
    expect([first.length, second.length, new Set([...first, ...second]).size]).toEqual([3, 3, 6]);
  });
});

describe('a token', () => {
  test('is refused when it is unknown, and opens what its scopes say', async () => {
    const path = '/subscriptions';
    const unknown = await call('GET', path, undefined, { 'x-recharge-access-token': 'nobody' });
    expect([unknown.status, unknown.json.value]).toEqual([401, { error: 'bad authentication' }]);
    expect((await call('GET', path, undefined, { 'x-recharge-access-token': narrowToken })).status).toBe(403);
    const { json } = await call('GET', '/token_information', undefined, { 'x-recharge-access-token': narrowToken });
    expect(json.at('token_information', 'scopes')).toEqual(['read_products']);
  });

  test('opens charges by the scope that is switched', async () => {
    emulator.switches.setAll({ chargesScope: 'read_charges' });
    expect((await call('GET', '/charges')).status).toBe(403);
  });

  test('holds forty calls, of which two drain each second', async () => {
    emulator.reset('sandbox', { bucketSize: 40 });
    const answers = await Promise.all(Array.from({ length: 45 }, () => call('GET', '/token_information')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(refused[0]?.json.value).toEqual({ warning: 'too many requests' });
    expect(refused[0]?.headers.get('retry-after')).toBeNull();
    expect(answers[0]?.headers.get('x-recharge-limit')).toMatch(/^\d+\/40$/);
    emulator.reset('sandbox', { bucketSize: 1, retryAfter: true });
    await call('GET', '/token_information');
    expect((await call('GET', '/token_information')).headers.get('retry-after')).toBe('1');
  });
});

describe('a charge', () => {
  test('is rebuilt a while after a write, and says so meanwhile', async () => {
    emulator.switches.setAll({ rebuildSeconds: 5 });
    const { json, status } = await call('POST', '/onetimes', syrup());
    const id = json.at('onetime', 'id');
    expect(status).toBe(201);
    const during = await chargeOn('next');
    expect([during?.at('has_uncommitted_changes'), itemsIn(during)?.includes(id)]).toEqual([true, false]);
    expect((await chargeOn('later'))?.at('has_uncommitted_changes')).toBe(true);
    emulator.clock.advance(5_001);
    const after = await chargeOn('next');
    expect([after?.at('has_uncommitted_changes'), itemsIn(after)?.includes(id)]).toEqual([false, true]);
    expect(after?.at('id')).toBe(demoCharges.next);
  });

  test('is rebuilt at once for a committed write, and gets another id where that is switched', async () => {
    emulator.switches.setAll({ rebuiltCharge: 'gets a new id' });
    const interval = { order_interval_unit: 'month', order_interval_frequency: 1, charge_interval_frequency: 1 };
    const { json } = await call('POST', '/subscriptions?commit=true', syrup(interval));
    const charge = await chargeOn('next');
    expect(itemsIn(charge)).toContain(json.at('subscription', 'id'));
    expect(charge?.at('id')).not.toBe(demoCharges.next);
    expect((await call('GET', `/charges/${demoCharges.next}`)).status).toBe(404);
  });

  test('is made for a date of its own, its shipping pending at first, and goes with its last item', async () => {
    emulator.switches.setAll({ rebuildSeconds: 0 });
    const { json } = await call('POST', '/onetimes', syrup({ next_charge_scheduled_at: dayOf('office') }));
    const list = async () =>
      (await call('GET', `/charges?address_id=${demoAddresses.home}&scheduled_at=${dayOf('office')}`)).json.rows(
        'charges',
      );
    expect((await list())[0]?.at('shipping_lines', 0, 'status')).toBe('pending');
    emulator.clock.advance(10_001);
    expect((await list())[0]?.rows('shipping_lines').map((row) => row.at('price'))).toEqual(['4.90']);
    await call('DELETE', `/onetimes/${String(json.at('onetime', 'id'))}`);
    expect(await list()).toEqual([]);
  });

  test('comes back as it was when it is no longer skipped', async () => {
    emulator.switches.setAll({ rebuildSeconds: 0 });
    const before = itemsIn(await chargeOn('next'));
    await call('POST', `/charges/${demoCharges.next}/skip`, { purchase_item_ids: [demoItems.coffee] });
    const { json: skipped } = await call('GET', `/subscriptions/${demoItems.coffee}`);
    expect(skipped.text('subscription', 'next_charge_scheduled_at') > dayOf('next')).toBe(true);
    // What was not skipped stays on its date, the one-time item among it.
    const queued = async () =>
      (await call('GET', `/charges?address_id=${demoAddresses.home}&scheduled_at=${dayOf('next')}&status=queued`)).json;
    expect((await queued()).rows('charges').map(itemsIn)).toEqual([[demoItems.tea, demoItems.filters]]);
    await call('POST', `/charges/${demoCharges.next}/unskip`, {});
    expect((await queued()).rows('charges').map(itemsIn)).toEqual([before]);
  });

  test('of what is paid in advance cannot be skipped', async () => {
    expect((await call('POST', `/charges/${demoCharges.box}/skip`, {})).status).toBe(422);
  });

  test('takes one discount and a gift, and is paid, refunded and captured for nobody', async () => {
    const path = `/charges/${demoCharges.next}`;
    const [before, applied] = [
      await chargeOn('next'),
      await call('POST', `${path}/apply_discount`, { discount_code: 'HI' }),
    ];
    expect(applied.json.at('charge', 'discounts', 0, 'code')).toBe('HI');
    expect(Number(applied.json.at('charge', 'total_price'))).toBeLessThan(Number(before?.at('total_price')));
    expect((await call('POST', `${path}/apply_discount`, { discount_code: 'MORE' })).status).toBe(422);
    expect((await call('GET', '/charges?discount_code=HI')).json.rows('charges')).toHaveLength(1);
    await call('POST', `${path}/remove_discount`, {});
    const gift = { external_variant_id: { ecommerce: demoVariants.mug } };
    const given = await call('POST', `${path}/add_free_gift`, gift);
    expect(given.json.at('charge', 'line_items', 3, 'offer_attributes', 'type')).toBe('free_gift');
    expect(given.json.at('charge', 'total_price')).toBe(before?.at('total_price'));
    const taken = await call('POST', `${path}/remove_free_gift`, {});
    expect(taken.json.at('charge', 'line_items')).toHaveLength(3);
    const special = ['process', 'refund', 'capture_payment'].map((each) => call('POST', `${path}/${each}`, {}));
    expect((await Promise.all(special)).map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  test('that one of its subscriptions is moved onto is another one', async () => {
    emulator.switches.setAll({ rebuildSeconds: 0 });
    await call('POST', `/subscriptions/${demoItems.coffee}/set_next_charge_date`, { date: dayOf('later') });
    const merged = await chargeOn('later');
    expect([merged?.at('id') === demoCharges.later, itemsIn(merged)?.includes(demoItems.coffee)]).toEqual([
      false,
      true,
    ]);
    expect((await call('GET', `/charges/${demoCharges.later}`)).status).toBe(404);
    expect(itemsIn(await chargeOn('next'))).not.toContain(demoItems.coffee);
  });

  test('loses its own discount when it is rebuilt', async () => {
    emulator.switches.setAll({ rebuildSeconds: 0 });
    const before = await chargeOn('discounted');
    expect(before?.rows('discounts')).toHaveLength(1);
    const target = { address_id: demoAddresses.office, next_charge_scheduled_at: dayOf('discounted') };
    await call('POST', '/onetimes', syrup(target));
    expect((await chargeOn('discounted'))?.rows('discounts')).toEqual([]);
  });

  test('leaves its one-time items behind when it is skipped', async () => {
    emulator.switches.setAll({ rebuildSeconds: 0 });
    await call('POST', `/charges/${demoCharges.next}/skip`, {});
    const { json } = await call('GET', `/charges?address_id=${demoAddresses.home}&scheduled_at=${dayOf('next')}`);
    const items = new Map(json.rows('charges').map((row) => [row.at('status'), itemsIn(row)]));
    expect(items.get('queued')).toEqual([demoItems.filters]);
    expect(items.get('skipped')).toEqual([demoItems.coffee, demoItems.tea]);
  });

  test('merges with another one onto whose date it is moved, under a new id', async () => {
    const body = { next_charge_date: dayOf('later') };
    await call('POST', `/charges/${demoCharges.next}/change_next_charge_date`, body);
    const merged = await chargeOn('later');
    expect([merged?.at('merged_at'), itemsIn(merged)?.length]).toEqual([expect.any(String), 5]);
    expect([demoCharges.next, demoCharges.later]).not.toContain(merged?.at('id'));
  });

  test('is processed at night, US Eastern, after a rebuild that was due', async () => {
    emulator.switches.setAll({ rebuildSeconds: 30 });
    const night = fromEastern(dayOf('next'), 7);
    emulator.clock.set(new Date(night.getTime() - 86_400_000), { frozen: true });
    const { json } = await call('POST', '/onetimes', syrup());
    emulator.clock.set(new Date(night.getTime() + 1_000), { frozen: true });
    expect((await chargeOn('next'))?.at('status')).toBe('pending');
    emulator.clock.advance(60_000);
    const placed = await chargeOn('next');
    expect([placed?.at('status'), itemsIn(placed)?.includes(json.at('onetime', 'id'))]).toEqual(['success', true]);
    const { json: after } = await call('GET', `/onetimes?address_id=${demoAddresses.home}`);
    expect(after.rows('onetimes').map((row) => row.at('id'))).toEqual([demoItems.laterSyrup]);
    const [payment] = (emulator.state() as { payments: readonly object[] }).payments;
    expect(payment).toMatchObject({ charge_id: demoCharges.next, currency: 'USD' });
  });

  test('that fails is in error, with a log for operators and a date to try again', async () => {
    emulator.switches.setAll({ chargeOutcome: 'error' });
    emulator.clock.set(new Date(fromEastern(dayOf('next'), 9).getTime()), { frozen: true });
    expect(await chargeOn('next')).toMatchObject({
      value: { status: 'error', error: expect.stringContaining('\r\n'), retry_date: expect.any(String) },
    });
  });

  test('is not paid while stock is short, which is looked at in the night only', async () => {
    emulator.switches.setAll({ rebuildSeconds: 0 });
    const short = syrup({ external_variant_id: { ecommerce: demoVariants.outOfStock } });
    expect((await call('POST', '/onetimes', short)).status).toBe(201);
    emulator.clock.set(new Date(fromEastern(dayOf('next'), 9).getTime()), { frozen: true });
    expect((await chargeOn('next'))?.at('status')).toBe('error');
  });

  test('is processed at the hour that is switched, and its subscriptions go on by the calendar', async () => {
    emulator.switches.setAll({ processingMinute: 180 });
    const at = (minute: number) => emulator.clock.set(fromEastern(dayOf('next'), minute), { frozen: true });
    at(179);
    expect((await chargeOn('next'))?.at('status')).toBe('queued');
    at(182);
    expect((await chargeOn('next'))?.at('status')).toBe('success');
    const { json } = await call('GET', `/subscriptions/${demoItems.coffee}`);
    const date = json.text('subscription', 'next_charge_scheduled_at');
    expect(date).toBe(nextOccurrence(dayOf('next'), { unit: 'month', count: 1 }, null).date);
    const next = await call('GET', `/charges?address_id=${demoAddresses.home}&scheduled_at=${date}&status=queued`);
    expect(itemsIn(next.json.rows('charges')[0])).toContain(demoItems.coffee);
    expect(next.json.at('charges', 0, 'id')).not.toBe(demoCharges.next);
  });

  test.each([
    ['2026-03-08', '2026-03-08T05:07:00.000Z'],
    ['2026-03-09', '2026-03-09T04:07:00.000Z'],
    ['2026-11-01', '2026-11-01T04:07:00.000Z'],
    ['2026-11-02', '2026-11-02T05:07:00.000Z'],
  ])('of %s is due at %s, whichever way clocks were changed that day', (date, instant) => {
    expect(fromEastern(date, 7).toISOString()).toBe(instant);
  });

  test('is in the currency of its address, with two decimals also where it has none', async () => {
    const yen = await chargeOn('yen');
    expect([yen?.at('currency'), yen?.at('total_price')]).toEqual(['JPY', '2120.00']);
    const target = { address_id: demoAddresses.yen, next_charge_scheduled_at: dayOf('yen') };
    const { json } = await call('POST', '/onetimes', syrup(target));
    expect(json.value).toMatchObject({ onetime: { price: '1425.00', presentment_currency: 'JPY' } });
  });

  test.each([
    ['optional keys missing', 'shipping_lines'],
    ['unknown status', 'status'],
    ['unknown type', 'line_items'],
    ['item named twice', 'line_items'],
    ['no id of the shop', 'line_items'],
  ])('is the only odd one of a list where %s', async (oddCharge, field) => {
    const list = async () => (await call('GET', `/charges?customer_id=${demoShopper}`)).json.rows('charges');
    const usual = await list();
    emulator.switches.setAll({ oddCharge });
    const [odd, ...others] = await list();
    expect(odd?.at(field)).not.toEqual(usual[0]?.at(field));
    expect(others.map(({ value }) => value)).toEqual(usual.slice(1).map(({ value }) => value));
  });

  test('of something paid in advance ships without charges in between', async () => {
    emulator.clock.set(new Date(fromEastern(dayOf('box'), 9).getTime()), { frozen: true });
    const placed = await chargeOn('box');
    expect(placed?.at('orders_count')).toBe(3);
    const { json } = await call('GET', `/orders?address_id=${demoAddresses.office}&status=queued`);
    expect(json.rows('orders')).toHaveLength(2);
    const { json: schedule } = await call('GET', `/customers/${demoShopper}/delivery_schedule`);
    const orders = schedule.rows('deliveries').flatMap((day) => day.rows('orders'));
    expect(orders.filter((order) => order.at('charge_id') === null)).toHaveLength(2);
    expect(orders.filter((order) => order.at('id') === null).length).toBeGreaterThan(3);
  });
});

describe('a one-time item', () => {
  test.each([
    [{ quantity: 0 }, 'quantity'],
    [{ next_charge_scheduled_at: null }, 'next_charge_scheduled_at'],
    [{ add_to_next_charge: true }, 'next_charge_scheduled_at'],
    [{ next_charge_scheduled_at: '2020-01-01' }, 'next_charge_scheduled_at'],
    [{ external_variant_id: { ecommerce: '1' } }, 'external_variant_id'],
  ])('is refused by the field that is wrong: %o', async (more, field) => {
    const { status, json } = await call('POST', '/onetimes', syrup(more));
    expect([status, Object.keys(Object(json.at('errors')))]).toEqual([422, [field]]);
  });

  test('is refused while a charge of the customer is in error, or of the address alone', async () => {
    const target = { address_id: demoAddresses.failing, next_charge_scheduled_at: dayOf('failingNext') };
    const refused = await call('POST', '/onetimes', syrup(target));
    expect([refused.status, refused.json.value]).toEqual([
      422,
      { errors: { general: 'Must remove/fix existing error charges first' } },
    ]);
    const { json } = await call('GET', `/charges?customer_id=${failingCustomer}&status=error`);
    expect(json.rows('charges')).toHaveLength(1);
    const failing = (rule: string) => {
      emulator.switches.setAll({ errorCharges: rule });
      return call('POST', '/onetimes', syrup({ ...target, address_id: demoAddresses.spare }));
    };
    expect([(await failing('customer')).status, (await failing('address')).status]).toEqual([422, 201]);
  });

  test('for today is refused, or taken where that is switched', async () => {
    const today = syrup({ next_charge_scheduled_at: toEasternDate(emulator.clock.now()) });
    expect((await call('POST', '/onetimes', today)).status).toBe(422);
    emulator.switches.setAll({ itemsForToday: 'allow' });
    expect((await call('POST', '/onetimes', today)).status).toBe(201);
  });

  test('costs what the catalogue says, or whatever is sent', async () => {
    const priceOf = async (more: object) => (await call('POST', '/onetimes', syrup(more))).json.at('onetime', 'price');
    expect([await priceOf({}), await priceOf({ price: '0.00' })]).toEqual(['9.50', '0.00']);
  });

  test('is another one each time, and takes properties in either form', async () => {
    const list = await call('POST', '/onetimes', syrup({ properties: [{ name: 'a', value: 1 }] }));
    const object = await call('POST', '/onetimes', syrup({ properties: { a: 1 } }));
    expect(list.json.at('onetime', 'id')).not.toBe(object.json.at('onetime', 'id'));
    for (const { json } of [list, object])
      expect(json.at('onetime', 'properties')).toEqual([{ name: 'a', value: '1' }]);
  });

  test('is gone once it is deleted, or hidden where that is switched', async () => {
    const path = `/onetimes/${demoItems.filters}`;
    const gone = await call('DELETE', path);
    expect([gone.status, gone.text, (await call('GET', path)).status]).toEqual([204, '', 404]);
    emulator.reset('sandbox', { bucketSize: 0, deletedOnetime: 'cancelled', deleteAnswer: 'json200' });
    expect((await call('DELETE', path)).json.value).toEqual({});
    expect((await call('GET', path)).json.at('onetime', 'is_cancelled')).toBe(true);
    const hidden = await call('GET', `/onetimes?ids=${demoItems.filters}`);
    const shown = await call('GET', `/onetimes?ids=${demoItems.filters}&include_cancelled=true`);
    expect([hidden, shown].map(({ json }) => json.rows('onetimes').length)).toEqual([0, 1]);
  });

  test('collides with another write under its address while that one runs', async () => {
    emulator.switches.setAll({ writeDurationMs: 100 });
    const first = call('POST', '/onetimes', syrup());
    await new Promise((resolve) => setTimeout(resolve, 30));
    const second = await call('PUT', `/onetimes/${demoItems.laterSyrup}`, { quantity: 2 });
    expect([(await first).status, second.status]).toEqual([201, 409]);
    expect(second.json.value).toEqual({ error: 'A call to this route is already in progress.' });
  });
});

describe('a subscription', () => {
  const monthly = { order_interval_unit: 'month', order_interval_frequency: 1, charge_interval_frequency: 1 };

  test('needs a plan, and is the only one of its product on an address', async () => {
    const refused = async (more: object) =>
      (await call('POST', '/subscriptions', syrup({ ...monthly, ...more }))).status;
    expect(await refused({ external_variant_id: { ecommerce: demoVariants.mug } })).toBe(422);
    expect(await refused({ external_variant_id: { ecommerce: demoVariants.beans } })).toBe(422);
    expect(await refused({ charge_interval_frequency: null })).toBe(422);
    expect(await refused({ plan_id: 1 })).toBe(422);
    const planned = await call('POST', '/subscriptions', syrup({ plan_id: 3_100_003 }));
    expect(planned.json.value).toMatchObject({ subscription: { order_interval_unit: 'month', price: '8.55' } });
    emulator.reset('sandbox', { bucketSize: 0 });
    expect(await refused({})).toBe(201);
    emulator.switches.setAll({ secondSubscription: 'allow' });
    expect(await refused({})).toBe(201);
  });

  test('changes in its product, rhythm and address, and keeps its id', async () => {
    emulator.switches.setAll({ rebuildSeconds: 0 });
    const path = `/subscriptions/${demoItems.coffee}`;
    const changed = await call('PUT', path, { external_variant_id: { ecommerce: demoVariants.syrup }, quantity: 4 });
    expect(changed.json.value).toMatchObject({ subscription: { quantity: 4, product_title: 'Vanilla Syrup' } });
    expect((await call('PUT', path, { order_interval_frequency: 2 })).status).toBe(422);
    const interval = { order_interval_unit: 'week', order_interval_frequency: 2, charge_interval_frequency: 2 };
    expect((await call('PUT', path, interval)).json.value).toMatchObject({ subscription: interval });
    expect((await call('POST', `${path}/change_address`, { address_id: demoAddresses.stranger })).status).toBe(404);
    const moved = await call('POST', `${path}/change_address`, { address_id: demoAddresses.office });
    expect(moved.json.value).toMatchObject({
      subscription: { id: demoItems.coffee, address_id: demoAddresses.office },
    });
    expect(itemsIn(await chargeOn('next'))).not.toContain(demoItems.coffee);
  });

  test('has an id of the same sequence as one-time items, and one that is asked for by it has none', async () => {
    const onetime = await call('POST', '/onetimes', syrup());
    const subscription = await call('POST', '/subscriptions', syrup(monthly));
    expect(Number(subscription.json.at('subscription', 'id'))).toBe(Number(onetime.json.at('onetime', 'id')) + 1);
  });

  test('that is a bundle tells what is in it, by its item and not by its charge', async () => {
    const { json } = await call('GET', `/bundle_selections?purchase_item_ids=${demoItems.box}`);
    expect(
      json.rows('bundle_selections').map((row) => row.rows('items').map((item) => item.at('external_variant_id'))),
    ).toEqual([[demoVariants.beans, demoVariants.tea]]);
    expect((await call('GET', `/bundle_selections?charge_ids=${demoCharges.box}`)).status).toBe(403);
  });

  test('is cancelled and stays readable, or is deleted and does not', async () => {
    const path = `/subscriptions/${demoItems.coffee}`;
    expect((await call('POST', `${path}/cancel`, {})).status).toBe(422);
    const { json } = await call('POST', `${path}/cancel`, { cancellation_reason: 'Too much coffee' });
    expect(json.at('subscription', 'status')).toBe('cancelled');
    await call('DELETE', path);
    expect((await call('GET', path)).status).toBe(404);
  });
});

describe('a list', () => {
  test('comes newest first, in pages whose cursor carries what was asked for', async () => {
    const all = await call('GET', `/charges?customer_id=${demoShopper}`);
    const ids = all.json.rows('charges').map((row) => Number(row.at('id')));
    expect(ids).toEqual(ids.toSorted((left, right) => right - left));
    const first = await call('GET', `/charges?customer_id=${demoShopper}&limit=3`);
    const cursor = encodeURIComponent(first.json.text('next_cursor'));
    // A row that is added meanwhile neither repeats one nor hides one.
    emulator.switches.setAll({ rebuildSeconds: 0 });
    await call('POST', '/onetimes', syrup({ next_charge_scheduled_at: dayOf('office') }));
    const rest = await call('GET', `/charges?limit=250&cursor=${cursor}`);
    const shown = [...first.json.rows('charges'), ...rest.json.rows('charges')].map((row) => Number(row.at('id')));
    expect(shown).toEqual(ids);
    expect((await call('GET', `/charges?cursor=${cursor}&status=queued`)).status).toBe(422);
    expect((await call('GET', '/charges?cursor=nonsense')).json.value).toEqual({
      errors: { cursor: ['Invalid value'] },
    });
    expect((await call('GET', '/charges?limit=251')).status).toBe(422);
  });

  test.each([
    [`/charges?ids=${demoCharges.next},${demoCharges.office}`, 2],
    [`/charges?customer_id=${demoShopper}&status=skipped,success`, 2],
    [`/charges?purchase_item_ids=${demoItems.filters},${demoItems.laterSyrup}`, 2],
    [`/charges?purchase_item_id=${demoItems.filters}`, 1],
    [`/charges?customer_id=${demoShopper}&scheduled_at_min=${dayOf('box')}&scheduled_at_max=${dayOf('discounted')}`, 2],
    [`/charges?customer_id=${demoShopper}&updated_at_min=2100-01-01`, 0],
    [`/charges?customer_id=${demoShopper}&created_at_max=2000-01-01`, 0],
    [`/charges?external_order_id=5550001001`, 1],
    [`/onetimes?address_ids=${demoAddresses.home},${demoAddresses.office}`, 2],
    [`/onetimes?customer_id=${demoShopper}&created_at_min=2100-01-01`, 0],
    [`/subscriptions?address_ids=${demoAddresses.office},${demoAddresses.euro}`, 4],
    [`/subscriptions?customer_id=${demoShopper}&status=cancelled`, 1],
    [`/addresses?customer_id=${demoShopper}`, 3],
    [`/customers?email=dana.field@example.com`, 1],
  ])('is filtered: %s', async (path, count) => {
    const { json } = await call('GET', path);
    const [name = ''] = path.slice(1).split('?');
    expect(json.rows(name)).toHaveLength(count);
  });

  test('of charges has their customer and subscriptions with it when they are asked for', async () => {
    const { json } = await call('GET', `/charges?ids=${demoCharges.next}&include=customer,subscriptions`);
    const include = json.rows('charges')[0]?.at('include');
    expect(include).toMatchObject({ customer: { id: demoShopper }, subscriptions: [{ id: demoItems.coffee }, {}] });
  });

  test('of events goes back seven days', async () => {
    await call('POST', '/onetimes', syrup());
    const { json } = await call('GET', '/events');
    expect(json.rows('events').map((row) => `${row.text('object_type')}/${row.text('verb')}`)).toContain(
      'onetime/created',
    );
    const old = await call('GET', '/events?created_at_min=2020-01-01T00:00:00');
    expect([old.status, Object.keys(Object(old.json.at('errors')))]).toEqual([422, ['_schema']]);
  });

  test('without a filter has the records of every customer', async () => {
    const { json } = await call('GET', '/charges?limit=250');
    const customers = new Set(json.rows('charges').map((row) => row.at('customer', 'id')));
    expect(customers.size).toBe(4);
  });

  test('of products has to name them', async () => {
    expect((await call('GET', '/products')).status).toBe(422);
    expect((await call('GET', '/products?external_product_ids=1&sort_by=id-asc')).status).toBe(422);
    const search = `/product_search?format_version=2022-06&external_variant_ids=${demoVariants.tea},${demoVariants.mug}`;
    const { json } = await call('GET', search, undefined, { 'x-recharge-version': '2021-01' });
    expect(json.rows('products').map((row) => row.at('variants', 0, 'external_variant_id'))).toEqual([
      demoVariants.mug,
      demoVariants.tea,
    ]);
    expect(json.at('products', 0, 'variants', 0, 'prices', 0, 'unit_price')).toBe('14.00');
  });
});

describe('a webhook', () => {
  async function receiver() {
    const received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
    let isDown = false;
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        response.writeHead(isDown ? 503 : 200).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return {
      received,
      url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hooks`,
      breakDown: () => (isDown = true),
      /** Waits for as many. */
      async got(count: number) {
        const until = Date.now() + 10_000;
        while (received.length < count && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
        return received;
      },
      close: () => server.close(),
    };
  }

  test('is registered for a topic, signed in both ways, and deleted after twenty attempts', async () => {
    emulator.switches.setAll({ rebuildSeconds: 0 });
    const { url, got, breakDown, received, close } = await receiver();
    try {
      const registered = await call('POST', '/webhooks', { address: url, topic: 'onetime/created' });
      const path = `/webhooks/${String(registered.json.at('webhook', 'id'))}`;
      expect((await call('POST', '/webhooks', { address: 'http://example.com', topic: 'x' })).status).toBe(422);
      const { json } = await call('POST', '/onetimes', syrup());
      const [first] = await got(1);
      expect(JSON.parse(first?.body ?? '')).toMatchObject({ onetime: { id: json.at('onetime', 'id') } });
      const { headers, body = '' } = first ?? {};
      const t = Number(headers?.['x-recharge-webhook-timestamp']);
      expect(headers?.['x-recharge-webhook-signature']).toBe(webhookSignature(demoWebhookSecret, t, body));
      expect(headers?.['x-recharge-hmac-sha256']).toBe(legacySignature(demoWebhookSecret, body));
      await call('POST', `${path}/test`, {});
      expect((await got(2)).map((each) => each.headers['x-recharge-topic'])).toEqual([
        'onetime/created',
        'onetime/created',
      ]);
      breakDown();
      await call('POST', '/onetimes', syrup());
      await got(22);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect([received.length, (await call('GET', '/webhooks')).json.rows('webhooks').length]).toEqual([22, 0]);
      expect((await call('DELETE', path)).status).toBe(404);
    } finally {
      close();
    }
  });

  test('comes twice, in another order, or not at all where that is set', async () => {
    const { url, got, received, close } = await receiver();
    const control = (more: object) => call('POST', '/__emulator/webhooks', { url, secret: demoWebhookSecret, ...more });
    try {
      await control({ duplicate: true, shuffle: true });
      const interval = { order_interval_unit: 'month', order_interval_frequency: 1, charge_interval_frequency: 1 };
      await call('POST', '/subscriptions?commit=true', syrup(interval));
      // The charge before the subscription it is about.
      expect((await got(4)).map(({ headers }) => headers['x-recharge-topic'])).toEqual([
        'charge/updated',
        'charge/updated',
        'subscription/created',
        'subscription/created',
      ]);
      await control({ lose: true });
      await call('POST', '/onetimes', syrup());
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(received).toHaveLength(4);
    } finally {
      close();
      await call('DELETE', '/__emulator/webhooks');
    }
  });
});
