import { beforeEach, describe, expect, test } from '@jest/globals';
import { demoShopperId } from '../../../src/emulators/surecart/scenarios/demo-credentials.js';
import { call, charges, codes, emulator, patch, rows } from './harness.js';

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
