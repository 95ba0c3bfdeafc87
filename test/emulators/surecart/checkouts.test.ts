import { describe, expect, test } from '@jest/globals';
import { demoShopperId } from '../../../src/emulators/surecart/scenarios/demo-credentials.js';
import { call, charges, checkout, codes, emulator, PRICE, rows, upsell } from './harness.js';

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
