import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { webhookSignature } from '../../../src/emulators/surecart/webhooks.js';
import { Json } from '../calls.js';
import { call, emulator, patch, PRICE, upsell } from './harness.js';

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
