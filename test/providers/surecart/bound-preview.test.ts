import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { BoundPreview } from '../../../src/domain/preview.js';
import type { AddItem } from '../../../src/domain/write.js';
import { demoToken } from '../../../src/emulators/surecart/scenarios/demo-credentials.js';
import { decodePreviewId, toPreviewId } from '../../../src/graph/preview/preview-id.js';
import { caller } from '../../emulators/calls.js';
import { valueOf } from '../../support/provider-harness.js';
import { accept, addition, calls, change, charges, harness, offer, priceNamed, product } from './harness.js';

/** What a shopper is shown, as it comes back with the write. */
async function show(request: AddItem, customerId = harness.shopper): Promise<BoundPreview> {
  const source = harness.open({ customerId });
  const preview = valueOf(await source.preview?.preview(request));
  const expiresAt = new Date(harness.emulator.clock.now().getTime() + 600_000);
  const bound = decodePreviewId(toPreviewId(preview, expiresAt))?.bound;
  if (!bound) throw new Error('the preview cannot be bound');
  return bound;
}

const sensitive = () => calls().filter((call) => call.startsWith('POST /v1/line_items/upsell'));

/** A buyer of a bag of coffee, for which the funnel has an offer. */
async function makeBuyer(): Promise<{ readonly customerId: string; readonly orderKey: string }> {
  const shop = caller(harness.emulator.url, { authorization: `Bearer ${demoToken}` });
  const body = {
    checkout: { customer: harness.shopper, line_items: [{ price_id: priceNamed('One bag'), quantity: 1 }] },
  };
  const made = await shop('POST', '/v1/checkouts', body);
  if (made.status >= 300) throw new Error(made.text);
  const checkout = made.json.text('id');
  await shop('PATCH', `/v1/checkouts/${checkout}/finalize`);
  await shop('POST', '/__emulator/payments', { checkout, outcome: 'paid' });
  const customerId = randomUUID();
  await change('checkout', checkout, { customer: customerId });
  const order = harness.rows('order').find((row) => row.at('checkout') === checkout);
  return { customerId, orderKey: order?.text('id') ?? '' };
}

describe('a preview the write is bound to', () => {
  test('is not computed again: the ten sensitive calls of a minute serve nine buyers', async () => {
    harness.emulator.switches.setAll({ sensitiveLimit: 0, rateLimit: 0 });
    const item = product((await offer('coffee'))?.product?.providerId ?? '');
    const buyers: { customerId: string; request: AddItem; preview: BoundPreview }[] = [];
    for (let count = 0; count < 9; count += 1) {
      const { customerId, orderKey } = await makeBuyer();
      const request = addition(orderKey, item);
      buyers.push({ customerId, request, preview: await show(request, customerId) });
    }

    harness.emulator.switches.set('sensitiveLimit', 10);
    harness.emulator.clock.advance(60_000);
    calls();
    const { writes: service } = harness.compose();
    const results = await Promise.all(
      buyers.map(({ request, customerId, preview }) =>
        harness.write(request, { service, customerId, guards: { preview } }),
      ),
    );
    expect(results.map(({ operation }) => operation?.status)).toEqual(Array(9).fill('SUCCEEDED'));
    expect(sensitive()).toEqual(Array(9).fill('POST /v1/line_items/upsell'));
    expect(charges('upsell')).toHaveLength(9);
  });

  test('is computed again where none was shown, or another quantity', async () => {
    const request = await accept('coffee');
    const shown = await show(request);
    calls();
    const more = await harness.write({ ...request, quantity: 2 }, { guards: { preview: shown } });
    expect(more.errors).toMatchObject([{ code: 'VALIDATION', rule: 'PREVIEW_MATCHES' }]);
    expect(sensitive()).toEqual(['POST /v1/line_items/upsell preview']);
    expect((await harness.write(request)).operation?.status).toBe('SUCCEEDED');
    expect(sensitive()).toEqual(['POST /v1/line_items/upsell preview', 'POST /v1/line_items/upsell']);
  });

  test('is computed again once the price has changed, and then refuses', async () => {
    const request = await accept('coffee');
    const shown = await show(request);
    const price = (await offer('coffee'))?.product?.providerId ?? '';
    const before = harness.rows('price').find((row) => row.at('id') === price);
    await change('price', price, { amount: Number(before?.at('amount')) + 100 });
    calls();
    const { errors } = await harness.write(request, { guards: { preview: shown } });
    expect(errors).toMatchObject([{ code: 'PRICE_GUARD' }]);
    expect(sensitive()).toEqual(['POST /v1/line_items/upsell preview']);
    expect(charges('upsell')).toEqual([]);
  });

  test('keeps the limit the shopper set', async () => {
    const request = await accept('coffee');
    const shown = await show(request);
    const limit = shown.increase?.minus(shown.increase.with(1n)) ?? null;
    const { errors } = await harness.write(request, { guards: { preview: shown, maxIncrease: limit } });
    expect(errors).toMatchObject([{ code: 'PRICE_GUARD', allowed: limit, found: shown.increase }]);
    expect(charges('upsell')).toEqual([]);
  });
});
