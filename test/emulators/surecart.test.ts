import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { surecart } from '../../src/emulators/surecart/index.js';
import { demoShopperId, demoToken } from '../../src/emulators/surecart/scenarios/demo-credentials.js';
import { sandboxOrders } from '../../src/emulators/surecart/scenarios/sandbox.js';
import { webhookSignature } from '../../src/emulators/surecart/webhooks.js';
import { type Answer, type Call, caller, Json } from './calls.js';

const PRICE = 'f5af0064-fb07-47a0-8f89-4997715ba221';
const CHECKOUT = '953ac87d-7010-4dfa-9b5c-60a5a354f05e';
const UPSELL = 'fc5025ef-e731-42fa-b272-1bc5ab96e808';
const seed = { line_item: { price: PRICE, checkout: CHECKOUT, upsell: UPSELL } };

let emulator: RunningEmulator;
let call: Call;

beforeAll(async () => {
  emulator = await startEmulator(surecart, { scenario: 'documented' });
  call = caller(emulator.url, { authorization: `Bearer ${demoToken}` });
});
beforeEach(() => emulator.reset('documented'));
afterAll(() => emulator.close());

const rows = (table: string) => new Json(emulator.state()).rows(table);
const charges = () => rows('charge').map((row) => [row.at('reason'), row.at('status'), row.at('amount')]);
const upsell = (line: object = {}, query = '') =>
  call('POST', `/v1/line_items/upsell${query}`, { line_item: { ...seed.line_item, ...line } });
const codes = ({ json }: Answer) => json.rows('validation_errors').map((row) => row.at('code'));
const patch = (object: string, id: string, fields: object) =>
  call('PATCH', `/__emulator/records/${object}/${id}`, fields);
const checkout = async (id = CHECKOUT, query = '') => (await call('GET', `/v1/checkouts/${id}${query}`)).json;

/** The checkout, current upsell and its price of one of the sandbox's orders. */
async function sandboxOrder(name: keyof typeof sandboxOrders) {
  const order = (await call('GET', `/v1/orders/${sandboxOrders[name]}`)).json;
  const found = await checkout(order.text('checkout'), '?expand[]=current_upsell');
  return {
    checkout: found.text('id'),
    upsell: String(found.at('current_upsell', 'id')),
    price: String(found.at('current_upsell', 'price')),
  };
}

describe('the documented upsell', () => {
  test('is answered as documented, field for field', async () => {
    const answer = await upsell();
    expect(answer.status).toBe(200);
    expect(answer.json.value).toEqual({
      id: '8e3c3560-5008-4bc2-b061-4785c5145024',
      object: 'line_item',
      ad_hoc_amount: null,
      discount_amount: 0,
      fees_amount: -500,
      full_amount: 2400,
      fulfilled_quantity: 0,
      locked: false,
      note: null,
      purchasable_status: 'purchasable',
      quantity: 1,
      g_weight: 0,
      unit_g_weight: 0,
      scratch_amount: 2900,
      stock_held: true,
      subtotal_amount: 2900,
      tax_amount: 0,
      tax_rate: 0,
      total_amount: 2400,
      total_savings_amount: -500,
      trial: false,
      trial_amount: 0,
      variant_options: null,
      variant_option_names: null,
      bump: null,
      checkout: CHECKOUT,
      price: PRICE,
      upsell: UPSELL,
      variant: null,
      swap: null,
      created_at: 1767909720,
      updated_at: 1767909720,
    });
  });

  test('charges once, grows checkout and order, holds stock, makes a purchase and moves the funnel on', async () => {
    const before = await checkout();
    await upsell();
    const after = await checkout();
    expect(charges()).toEqual([
      ['checkout', 'succeeded', 4900],
      ['upsell', 'succeeded', 2400],
    ]);
    expect(before.at('current_upsell')).toBe(UPSELL);
    expect(after.value).toMatchObject({ total_amount: 7300, paid_amount: 7300, current_upsell: null });
    expect(rows('product').map((row) => row.at('stock'))).toContain(24);
    expect(rows('purchase')).toHaveLength(2);
    expect(rows('order')[0]?.at('updated_at')).toBe(1767909720);
    expect(rows('fee').map((row) => [row.at('fee_type'), row.at('amount')])).toEqual([['upsell', -500]]);
    expect(emulator.events.list().map(({ type }) => type)).toContain('purchase.created');
  });

  test('shows the same numbers in a preview and does nothing', async () => {
    const state = JSON.stringify(emulator.state());
    const preview = await upsell({}, '?preview=true&expand[]=fees');
    expect(preview.json.value).toMatchObject({
      id: null,
      subtotal_amount: 2900,
      fees_amount: -500,
      total_amount: 2400,
      created_at: null,
      fees: { data: [{ amount: -500, fee_type: 'upsell' }] },
    });
    expect(JSON.stringify(emulator.state())).toBe(state);
    expect(emulator.events.list()).toEqual([]);
    emulator.switches.set('previewIdentity', 'present');
    expect((await upsell({}, '?preview=1')).json.at('id')).not.toBeNull();
  });

  test('is refused a second time, and from the second its window closes', async () => {
    await upsell();
    expect(codes(await upsell())).toEqual(['line_item.upsell.already_applied']);
    emulator.reset();
    const expiresAt = Number((await checkout()).at('upsells_expire_at')) * 1000;
    emulator.clock.set(new Date(expiresAt));
    expect(codes(await upsell())).toEqual(['line_item.upsell.expired']);
    expect((await checkout()).at('current_upsell')).toBe(UPSELL);
    emulator.switches.set('currentUpsellAfterExpiry', 'null');
    expect((await checkout()).at('current_upsell')).toBeNull();
    emulator.clock.set(new Date(expiresAt - 1000));
    expect((await upsell()).status).toBe(200);
  });

  test('checks in order: token, body, checkout, upsell, price', async () => {
    const other = '00000000-0000-4000-8000-000000000000';
    expect((await caller(emulator.url)('POST', '/v1/line_items/upsell', seed)).status).toBe(401);
    const bare = await call('POST', '/v1/line_items/upsell', { price: PRICE });
    expect(bare.json.value).toMatchObject({ http_status: 'bad_request', validation_errors: {} });
    expect((await upsell({ checkout: other })).json.at('code')).toBe('checkout.not_found');
    expect((await upsell({ upsell: other })).json.at('code')).toBe('upsell.not_found');
    expect((await upsell({ price: other })).json.at('code')).toBe('price.not_found');
    expect(charges()).toHaveLength(1);
  });
});

describe('what an upsell costs', () => {
  beforeEach(() => emulator.reset('sandbox'));

  const preview = async (name: keyof typeof sandboxOrders, quantity = 1) =>
    (
      await call('POST', '/v1/line_items/upsell?preview=true', {
        line_item: { ...(await sandboxOrder(name)), quantity },
      })
    ).json;

  test('percent offers round half up or down, in a currency without decimals too', async () => {
    expect((await preview('tea')).value).toMatchObject({ subtotal_amount: 999, fees_amount: -100, total_amount: 899 });
    emulator.switches.set('percentRounding', 'down');
    expect((await preview('tea')).value).toMatchObject({ fees_amount: -99, total_amount: 900 });
    expect((await preview('filters', 3)).value).toMatchObject({ subtotal_amount: 4800, fees_amount: -600 });
  });

  test('an amount off is for the line, or by switch for each unit', async () => {
    expect((await preview('coffee', 3)).value).toMatchObject({ subtotal_amount: 2700, fees_amount: -200 });
    emulator.switches.set('amountOffTimesQuantity', true);
    expect((await preview('coffee', 3)).value).toMatchObject({ fees_amount: -600, scratch_amount: 3600 });
  });

  test('tax is on top or inside, and coupons leave upsells alone', async () => {
    const { checkout: id } = await sandboxOrder('taxed');
    expect((await checkout(id)).value).toMatchObject({ discount_amount: 180, tax_amount: 324, total_amount: 1944 });
    expect((await preview('taxed')).value).toMatchObject({ discount_amount: 0, tax_amount: 140, total_amount: 840 });
    await patch('checkout', id, { tax_behavior: 'inclusive' });
    expect((await preview('taxed')).value).toMatchObject({ tax_amount: 117, total_amount: 700, tax_rate: 0.2 });
  });

  test('trials, setup fees and installments show as documented', async () => {
    const line = async (text: string) => {
      const prices = (await call('GET', '/v1/prices?limit=100')).json.rows('data');
      const price = prices.find((row) => row.at('name') === text)?.text('id') ?? '';
      const body = { checkout: { customer: demoShopperId, line_items: [{ price_id: price, quantity: 1 }] } };
      const made = await call('POST', '/v1/checkouts?expand[]=line_items&expand[]=line_item.fees', body);
      return new Json(made.json.at('line_items', 'data', 0));
    };
    expect((await line('Three installments')).value).toMatchObject({ total_amount: 1700, full_amount: 5100 });
    expect((await line('Membership with a trial')).value).toMatchObject({ trial: true, trial_amount: -2900 });
    const coaching = await line('Coaching');
    expect(coaching.value).toMatchObject({ fees_amount: 300, total_amount: 1800 });
    expect(coaching.at('fees', 'data', 0, 'fee_type')).toBe('setup');
  });

  test('an offer that takes everything off is free and charges nothing', async () => {
    const order = await sandboxOrder('coffee');
    await patch('upsell', order.upsell, { amount_off: 100_000 });
    const before = charges().length;
    expect((await call('POST', '/v1/line_items/upsell', { line_item: order })).json.at('total_amount')).toBe(0);
    expect(charges()).toHaveLength(before);
  });
});

describe('funnels', () => {
  beforeEach(() => emulator.reset('sandbox'));

  const step = async (id: string) => (await checkout(id, '?expand[]=current_upsell')).at('current_upsell', 'step');

  test('go on to the accepted step, and end after it', async () => {
    const order = await sandboxOrder('coffee');
    await call('POST', '/v1/line_items/upsell', { line_item: order });
    expect(await step(order.checkout)).toBe('accepted');
    const next = await sandboxOrder('coffee');
    const accepted = await call('POST', '/v1/line_items/upsell', { line_item: next });
    expect(accepted.json.at('fees_amount')).toBe(-200);
    expect((await checkout(order.checkout)).at('current_upsell')).toBeNull();
    expect(rows('subscription').filter((row) => row.at('price') === next.price)).toHaveLength(1);
  });

  test('go on to the declined step, or by switch stay where they are', async () => {
    const order = await sandboxOrder('coffee');
    const decline = (id: string) => call('PATCH', `/v1/checkouts/${order.checkout}/decline_upsell/${id}`);
    await call('PATCH', `/v1/checkouts/${order.checkout}/offer_upsell/${order.upsell}`);
    expect((await decline(order.upsell)).status).toBe(200);
    expect(await step(order.checkout)).toBe('declined');
    const { upsell: last } = await sandboxOrder('coffee');
    emulator.switches.set('afterLastStep', 'unchanged');
    await decline(last);
    expect(await step(order.checkout)).toBe('declined');
    expect((await decline(order.upsell)).status).toBe(200);
    emulator.switches.set('declineOfOther', 'refuse');
    expect((await decline(order.upsell)).status).toBe(422);
  });

  test('the one of the highest priority that fits is chosen, and barred offers are skipped', async () => {
    const offerAfter = async () => {
      const { json } = await call('GET', '/v1/prices?limit=100');
      const price =
        json
          .rows('data')
          .find((row) => row.at('name') === 'One bag')
          ?.text('id') ?? '';
      const body = { checkout: { customer: demoShopperId, line_items: [{ price_id: price }] } };
      const id = (await call('POST', '/v1/checkouts', body)).json.text('id');
      await call('PATCH', `/v1/checkouts/${id}/finalize`);
      await call('PATCH', `/v1/checkouts/${id}/manually_pay`);
      return (await checkout(id)).at('current_upsell');
    };
    const { upsell: filters } = await sandboxOrder('coffee');
    expect(await offerAfter()).toBe(filters);
    await patch('upsell', filters, { duplicate_purchase_behavior: 'block' });
    expect(await offerAfter()).toBeNull();
    await patch('upsell', filters, { duplicate_purchase_behavior: 'block_within_checkout' });
    expect(await offerAfter()).toBe(filters);
  });

  test('replacing everything leaves only the new line, with a refund by switch', async () => {
    const order = await sandboxOrder('shirt');
    const stock = () => rows('variant').map((row) => row.at('stock'));
    expect(stock()).toEqual([9, 10]);
    await call('POST', '/v1/line_items/upsell', { line_item: order });
    expect(stock()).toEqual([10, 10]);
    expect((await call('GET', `/v1/line_items?checkout_ids[]=${order.checkout}`)).json.rows('data')).toHaveLength(1);
    expect(rows('refund')).toEqual([]);
    emulator.reset('sandbox');
    emulator.switches.set('replacementRefund', 'refund');
    await call('POST', '/v1/line_items/upsell', { line_item: await sandboxOrder('shirt') });
    expect(rows('refund').map((row) => row.at('amount'))).toEqual([2500]);
  });
});

describe('a declined charge', () => {
  const decline = async () => {
    const id = String((await checkout()).at('payment_method'));
    await patch('payment_method', id, { hidden: { outcome: 'decline' } });
  };

  test('adds nothing, and is on record', async () => {
    await decline();
    const answer = await upsell();
    expect(answer.json.value).toMatchObject({ http_status: 'unprocessable_entity', code: 'charge.card_declined' });
    expect(charges().at(-1)).toEqual(['upsell', 'failed', 2400]);
    expect(rows('line_item')).toHaveLength(1);
    expect((await checkout()).at('current_upsell')).toBe(UPSELL);
  });

  test('by switch keeps the line, fails the order and is told otherwise', async () => {
    await decline();
    emulator.switches.setAll({ declinedLine: 'kept', declinedOrder: 'payment_failed', declinedShape: 'validation' });
    expect(codes(await upsell())).toEqual(['payment_method.invalid']);
    expect(rows('line_item')).toHaveLength(2);
    expect(rows('order')[0]?.at('status')).toBe('payment_failed');
  });
});

describe('purchasable statuses', () => {
  test('each is told inside a validation error, in the chosen spelling', async () => {
    const statuses = [
      'price_gone',
      'price_old_version',
      'variant_mising',
      'variant_gone',
      'variant_old_version',
      'out_of_stock',
      'exceeds_purchase_limit',
    ];
    for (const status of statuses) {
      await call('POST', '/__emulator/purchasable', { price: PRICE, status });
      const answer = await upsell({}, '?preview=true');
      expect(answer.status).toBe(422);
      expect(answer.json.at('validation_errors', 0, 'options', 'purchasable_statuses')).toEqual([status]);
    }
  });

  test('follow from archived prices, variants, limits and stock', async () => {
    const status = async (line: object = {}) =>
      (await upsell(line, '?preview=true')).json.at('validation_errors', 0, 'options', 'purchasable_statuses', 0);
    const product = (await call('GET', `/v1/prices/${PRICE}`)).json.text('product');
    expect(await status({ quantity: 26 })).toBe('out_of_stock');
    expect(await status({ variant: '00000000-0000-4000-8000-000000000000' })).toBe('variant_gone');
    await patch('product', product, { purchase_limit: 2 });
    expect(await status({ quantity: 3 })).toBe('exceeds_purchase_limit');
    await call('PATCH', `/v1/prices/${PRICE}`, { price: { archived: true } });
    expect(await status()).toBe('price_gone');
    emulator.reset('sandbox');
    emulator.switches.set('missingVariantSpelling', 'variant_missing');
    const order = await sandboxOrder('coffee');
    await call('PATCH', `/v1/checkouts/${order.checkout}/decline_upsell/${order.upsell}`);
    const shirt = await call('POST', '/v1/line_items/upsell', { line_item: await sandboxOrder('coffee') });
    expect(shirt.json.at('validation_errors', 0, 'options', 'purchasable_statuses')).toEqual(['variant_missing']);
  });
});

describe('lists and expansion', () => {
  beforeEach(() => emulator.reset('large', { largeCheckouts: 30, largeLines: 3 }));

  test('hold 20 rows unless asked otherwise, 100 at most, newest first, with the total', async () => {
    const page = (query: string) => call('GET', `/v1/orders${query}`);
    const first = (await page('')).json;
    expect(first.at('pagination')).toEqual({ count: 30, limit: 20, page: 1, url: '/v1/orders' });
    expect(first.rows('data')).toHaveLength(20);
    expect(first.at('data', 0, 'number')).toBe('0030');
    expect((await page('?page=2')).json.rows('data')).toHaveLength(10);
    expect((await page('?limit=500')).json.at('pagination', 'limit')).toBe(100);
    expect((await page('?sort=number:asc')).json.at('data', 0, 'number')).toBe('0001');
    emulator.switches.set('limitOutOfRange', 'refuse');
    expect((await page('?limit=500')).status).toBe(422);
  });

  test('are narrowed by repeated keys together; unknown ids are just absent', async () => {
    const [one, two] = (await call('GET', '/v1/orders?limit=2')).json.rows('data');
    const ids = `ids[]=${one?.text('id')}&ids[]=${two?.text('id')}&ids[]=00000000-0000-4000-8000-000000000000`;
    expect((await call('GET', `/v1/orders?${ids}`)).json.at('pagination', 'count')).toBe(2);
    const both = `${ids}&checkout_ids[]=${two?.text('checkout')}`;
    expect((await call('GET', `/v1/orders?${both}`)).json.rows('data').map((row) => row.at('id'))).toEqual([
      two?.text('id'),
    ]);
  });

  test('expand attributes of the root, and of every object of a type', async () => {
    const expand = (...entries: string[]) => entries.map((entry) => `expand[]=${entry}`).join('&');
    const plain = (await call('GET', '/v1/orders?limit=1')).json;
    expect(typeof plain.at('data', 0, 'checkout')).toBe('string');
    const query = expand('checkout', 'checkout.line_items', 'line_item.price', 'price.product', 'nothing.at_all');
    const opened = new Json((await call('GET', `/v1/orders?limit=1&${query}`)).json.at('data', 0));
    expect(opened.at('checkout', 'line_items', 'pagination', 'count')).toBe(3);
    expect(opened.at('checkout', 'line_items', 'data', 0, 'price', 'product', 'object')).toBe('product');
    expect(opened.at('checkout', 'line_items', 'data', 0, 'fees')).toBeUndefined();
    const asPath = (await call('GET', `/v1/orders?limit=1&${expand('checkout.line_items.price')}`)).json;
    expect(typeof asPath.at('data', 0, 'checkout')).toBe('string');
    emulator.switches.set('innerPageSize', 2);
    const cut = (await call('GET', `/v1/orders?limit=1&${expand('checkout', 'checkout.line_items')}`)).json;
    expect(cut.at('data', 0, 'checkout', 'line_items', 'pagination', 'count')).toBe(3);
    expect(cut.rows('data', 0, 'checkout', 'line_items', 'data')).toHaveLength(2);
    emulator.switches.set('unknownExpand', 'refuse');
    expect((await call('GET', '/v1/orders?expand[]=nothing')).status).toBe(422);
  });

  test('mix live and test rows unless live_mode is given', async () => {
    emulator.reset('sandbox');
    const count = async (query: string) => (await call('GET', `/v1/orders${query}`)).json.at('pagination', 'count');
    expect(await count('')).toBe(10);
    expect(await count('?live_mode=true')).toBe(9);
    expect(await count('?live_mode=0')).toBe(1);
  });
});

describe('checkouts, lines and errors', () => {
  test('a processor may take its time, fail or cancel', async () => {
    const make = async () => {
      const price = (await call('GET', '/v1/prices?sort=amount:desc')).json.text('data', 0, 'id');
      const body = { checkout: { customer: demoShopperId, line_items: [{ price_id: price }] } };
      const id = (await call('POST', '/v1/checkouts', body)).json.text('id');
      await call('PATCH', `/v1/checkouts/${id}/finalize`);
      return id;
    };
    for (const outcome of ['processing', 'payment_failed', 'payment_intent_canceled', 'paid']) {
      const id = await make();
      expect((await checkout(id)).at('status')).toBe('finalized');
      await call('POST', '/__emulator/payments', { checkout: id, outcome });
      expect((await checkout(id)).at('status')).toBe(outcome);
    }
    const canceled = await make();
    await call('PATCH', `/v1/checkouts/${canceled}/cancel`);
    expect((await checkout(canceled)).at('status')).toBe('canceled');
  });

  test('lines that were paid cannot be changed, drafts can, and swap only with a swap', async () => {
    await upsell();
    for (const row of rows('line_item')) {
      expect(codes(await call('PATCH', `/v1/line_items/${row.text('id')}`, { line_item: { quantity: 2 } }))).toEqual([
        'line_item.update_not_allowed',
      ]);
      expect((await call('DELETE', `/v1/line_items/${row.text('id')}`)).status).toBe(422);
    }
    const draft = (await call('POST', '/v1/checkouts', { checkout: { customer: demoShopperId } })).json.text('id');
    const line = await call('POST', '/v1/line_items', { line_item: { checkout: draft, price: PRICE } });
    const path = `/v1/line_items/${line.json.text('id')}`;
    expect((await call('PATCH', path, { line_item: { quantity: 3 } })).json.at('subtotal_amount')).toBe(8700);
    expect(codes(await call('PATCH', `${path}/swap`))).toEqual(['line_item.swap.blank']);
    expect((await call('DELETE', path)).json.value).toMatchObject({ object: 'line_item', deleted: true });
  });

  test('an unknown id is 404, or by switch 422 with the same code, and errors have their shapes', async () => {
    const missing = () => call('GET', '/v1/products/00000000-0000-4000-8000-000000000000');
    expect((await missing()).json.value).toEqual({
      http_status: 'not_found',
      type: 'not_found',
      code: 'product.not_found',
      message: 'Product not found.',
      validation_errors: {},
    });
    emulator.switches.setAll({ notFoundStatus: 422, plainValidationErrors: 'missing' });
    const other = await missing();
    expect(other.status).toBe(422);
    expect(other.json.value).toMatchObject({ http_status: 'unprocessable_entity', type: 'not_found' });
    expect(other.json.at('validation_errors')).toBeUndefined();
  });

  test('limits answer 429 without a time to come back, and the network in front bans in HTML', async () => {
    for (let count = 0; count < 10; count += 1) await upsell();
    const limited = await upsell();
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBeNull();
    expect(limited.json.at('http_status')).toBe('too_many_requests');
    emulator.clock.advance(60_000);
    expect((await upsell()).status).toBe(422);
    emulator.switches.setAll({ rateLimit: 1, networkBan: true });
    await call('GET', '/v1/orders');
    const banned = await call('GET', '/v1/orders');
    expect(banned.status).toBe(429);
    expect(banned.headers.get('content-type')).toContain('text/html');
    emulator.switches.set('rateLimit', 0);
    expect((await call('GET', '/v1/orders')).status).toBe(429);
  });

  test('too many requests at once are refused by switch', async () => {
    emulator.switches.set('parallelLimit', 2);
    emulator.faults.add({ times: 'always', action: { kind: 'delay', milliseconds: 50 } });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => call('GET', '/v1/orders')));
    expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([
      200, 200, 429, 429, 429,
    ]);
  });

  test('an answer can be lost after the charge', async () => {
    emulator.faults.add({ match: { path: '/upsell$' }, action: { kind: 'applyThenReset' } });
    await expect(upsell()).rejects.toThrow('fetch failed');
    expect(charges().at(-1)).toEqual(['upsell', 'succeeded', 2400]);
    expect(rows('line_item')).toHaveLength(2);
  });
});

describe('a list', () => {
  test('holds what nobody asked for when it leaks', async () => {
    emulator.reset('sandbox', { leakForeignRows: true });
    const { json } = await call('GET', `/v1/orders?customer_ids[]=${demoShopperId}&limit=100`);
    expect(json.rows('data').map((row) => row.at('id'))).toContain(sandboxOrders.foreign);
  });
});

describe('subscriptions', () => {
  beforeEach(() => emulator.reset('sandbox'));

  const DAY = 86_400;
  const now = () => Math.floor(emulator.clock.now().getTime() / 1000);
  const prices = async () => {
    const data = (await call('GET', '/v1/prices?limit=100')).json.rows('data');
    return (name: string) => data.find((row) => row.at('name') === name)?.text('id') ?? '';
  };
  const method = () => rows('payment_method')[0]?.text('id') ?? '';
  const create = async (more: object = {}) => {
    const body = { customer: demoShopperId, price: (await prices())('Monthly'), payment_method: method(), ...more };
    return call('POST', '/v1/subscriptions', { subscription: body });
  };
  const read = async (id: string) => (await call('GET', `/v1/subscriptions/${id}`)).json;

  test('begin incomplete and become active with their first payment', async () => {
    const made = await create({ metadata: { note: 'x' } });
    expect(made.json.value).toMatchObject({ status: 'incomplete', pending_update: {}, metadata: { note: 'x' } });
    const id = made.json.text('id');
    expect((await read(id)).at('status')).toBe('active');
    expect(charges().filter(([reason]) => reason === 'subscription')).toEqual([['subscription', 'succeeded', 1600]]);
    expect((await read(id)).at('purchase')).toEqual(expect.any(String));
    expect(emulator.events.list().map(({ type }) => type)).toContain('subscription.made_active');
  });

  test('refuse a price that does not recur and a method that cannot be used again', async () => {
    expect(codes(await create({ price: (await prices())('One bag') }))).toEqual(['subscription.product.one_time']);
    await patch('payment_method', method(), { reusable: false });
    expect(codes(await create())).toEqual(['subscription.payment_method.not_reusable']);
  });

  test('that are imported are not charged before their billing starts', async () => {
    const startAt = now() + 20 * DAY;
    const before = charges().length;
    const id = (await create({ imported: true, first_sc_period_start_at: startAt })).json.text('id');
    expect((await read(id)).value).toMatchObject({ status: 'active', current_period_end_at: startAt });
    expect(charges()).toHaveLength(before);
    emulator.clock.advance(21 * DAY * 1000);
    await read(id);
    expect(charges().slice(before)).toContainEqual(['renewal', 'succeeded', 1600]);
  });

  test('stay incomplete when their first payment is declined', async () => {
    await patch('payment_method', method(), { hidden: { outcome: 'decline' } });
    const id = (await create()).json.text('id');
    expect((await read(id)).at('status')).toBe('incomplete');
  });

  test('change at once with a prorated payment, or at the next one', async () => {
    const id = (await create()).json.text('id');
    await read(id);
    const path = `/v1/subscriptions/${id}`;
    const change = (query: string) => call('PATCH', `${path}${query}`, { subscription: { quantity: 2 } });
    const pending = await change('?update_behavior=pending');
    expect(pending.json.value).toMatchObject({ quantity: 1, pending_update: { quantity: 2 } });
    await patch('payment_method', method(), { hidden: { outcome: 'decline' } });
    expect((await change('')).status).toBe(422);
    expect((await read(id)).at('quantity')).toBe(1);
    await patch('payment_method', method(), { hidden: { outcome: 'succeed' } });
    expect((await change('')).json.at('subtotal_amount')).toBe(3200);
    expect(charges().at(-1)?.[0]).toBe('proration');
  });

  test('pause until a time given as text, and come back by themselves', async () => {
    const id = (await create()).json.text('id');
    await read(id);
    const at = new Date((now() + 5 * DAY) * 1000).toISOString().slice(0, 19).replace('T', ' ');
    const body = { subscription: { restore_at: `${at} UTC` } };
    const paused = await call('PATCH', `/v1/subscriptions/${id}/cancel?cancel_behavior=immediate`, body);
    expect(paused.json.value).toMatchObject({ status: 'canceled', restore_at: now() + 5 * DAY });
    emulator.clock.advance(6 * DAY * 1000);
    expect((await read(id)).value).toMatchObject({ status: 'active', restore_at: null });
  });

  test('end with their period when cancelled later, at once when completed, and by themselves when finite', async () => {
    const id = (await create()).json.text('id');
    await read(id);
    expect((await call('PATCH', `/v1/subscriptions/${id}/cancel`)).json.value).toMatchObject({
      status: 'active',
      cancel_at_period_end: true,
    });
    emulator.clock.advance(32 * DAY * 1000);
    expect((await read(id)).at('status')).toBe('canceled');
    expect((await call('PATCH', `/v1/subscriptions/${id}/restore`)).json.at('status')).toBe('active');
    expect((await call('PATCH', `/v1/subscriptions/${id}/complete`)).json.at('status')).toBe('completed');
    const finite = rows('subscription').find((row) => row.at('finite') === true);
    emulator.clock.advance(100 * DAY * 1000);
    expect((await read(finite?.text('id') ?? '')).value).toMatchObject({
      status: 'completed',
      remaining_period_count: 0,
    });
    expect(rows('order').filter((row) => row.at('order_type') === 'subscription').length).toBeGreaterThan(1);
  });

  test('renew on the day they began, after a shorter month too', async () => {
    emulator.reset('sandbox', {}, { at: new Date('2027-01-31T10:00:00Z'), frozen: true });
    const id = (await create()).json.text('id');
    const ends: string[] = [];
    for (const at of ['2027-01-31T10:00:01Z', '2027-03-01T00:00:00Z', '2027-04-01T00:00:00Z', '2027-05-01T00:00:00Z']) {
      emulator.clock.set(new Date(at), { frozen: true });
      const end = (await read(id)).at('current_period_end_at');
      ends.push(new Date(Number(end) * 1000).toISOString().slice(0, 10));
    }
    expect(ends).toEqual(['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']);
    const upcoming = await call('PATCH', `/v1/subscriptions/${id}/upcoming_period`, {});
    expect(new Date(Number(upcoming.json.at('end_at')) * 1000).toISOString().slice(0, 10)).toBe('2027-06-30');
  });

  test('show what would be billed without saving it', async () => {
    const id = (await create()).json.text('id');
    await read(id);
    const state = JSON.stringify(emulator.state());
    const path = `/v1/subscriptions/${id}/upcoming_period?expand[]=period.checkout`;
    const period = await call('PATCH', path, { subscription: { quantity: 3 } });
    expect(period.json.value).toMatchObject({ object: 'period', status: 'draft', checkout: { total_amount: 4800 } });
    expect(JSON.stringify(emulator.state())).toBe(state);
  });
});

describe('webhooks', () => {
  test('are signed, lost or repeated by switch, and stop for an endpoint that keeps failing', async () => {
    const received: { readonly body: string; readonly headers: Readonly<Record<string, unknown>> }[] = [];
    let status = 200;
    const target = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        received.push({ body, headers: request.headers });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/hooks`;
    const made = await call('POST', '/v1/webhook_endpoints', {
      webhook_endpoint: { url, webhook_events: ['purchase.created'] },
    });
    const id = made.json.text('id');
    await patch('webhook_endpoint', id, { hidden: { lose: true } });
    await upsell();
    await call('POST', `/v1/webhook_endpoints/${id}/test`);
    expect(received.map(({ body }) => new Json(JSON.parse(body)).at('type'))).toEqual(['webhook_endpoint.test']);

    emulator.reset('documented');
    received.length = 0;
    await call('POST', '/v1/webhook_endpoints', { webhook_endpoint: { url, webhook_events: ['purchase.created'] } });
    await patch('webhook_endpoint', id, { hidden: { duplicate: true } });
    await upsell();
    while (received.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    const [first] = received;
    const timestamp = Number(first?.headers['x-webhook-timestamp']);
    expect(first?.headers['x-webhook-signature']).toBe(
      webhookSignature(made.json.text('signing_secret'), timestamp, first?.body ?? ''),
    );
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      object: 'event',
      type: 'purchase.created',
      data: { object: { object: 'purchase', price: PRICE } },
    });
    status = 500;
    emulator.switches.set('webhookGraceSeconds', 0);
    expect((await call('POST', `/v1/webhook_endpoints/${id}/test`)).json.at('enabled')).toBe(false);
    await new Promise((resolve) => target.close(resolve));
  });
});
