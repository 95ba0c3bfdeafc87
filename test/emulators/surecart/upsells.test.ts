import { beforeEach, describe, expect, test } from '@jest/globals';
import { demoShopperId } from '../../../src/emulators/surecart/scenarios/demo-credentials.js';
import { sandboxOrders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { caller, Json } from '../calls.js';
import {
  call,
  charges,
  checkout,
  CHECKOUT,
  codes,
  emulator,
  patch,
  PRICE,
  rows,
  sandboxOrder,
  seed,
  upsell,
  UPSELL,
} from './harness.js';

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
