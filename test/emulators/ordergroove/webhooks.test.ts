import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { webhookSignature } from '../../../src/emulators/ordergroove/webhooks.js';
import { Json } from '../calls.js';
import { DECAF, SHOPPER, api, upsell } from './harness.js';

describe('webhooks', () => {
  test('are signed as the documented vector', () => {
    const body =
      '{"id":"evt0001","type":"item.create","created":1760000100,"data":{"object":{"type":"item","public_id":"1b9d6bcd4bfd4b2d9b5dab8dfbbd4bed"}}}';
    expect(webhookSignature(['demo-webhook-key-0001'], 1_760_000_123, body)).toBe(
      'ts=1760000123,sig=778e217326a4cf52cde80433d61676b99625107f530c0edaed3e17a3ce3b151d',
    );
  });

  const opened: (() => void)[] = [];
  afterEach(() => {
    for (const close of opened.splice(0)) close();
  });

  /** A shop's endpoint that keeps what it was sent and refuses the first deliveries. */
  async function listen(refusals = 0) {
    const received: { signature: string; body: string }[] = [];
    let refused = 0;
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const isRefused = refused < refusals;
        if (isRefused) refused += 1;
        else
          received.push({
            signature: String(request.headers['ordergroove-signature']),
            body: Buffer.concat(chunks).toString(),
          });
        response.writeHead(isRefused ? 500 : 204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const arrived = async (count: number) => {
      for (let turn = 0; turn < 200 && received.length < count; turn += 1)
        await new Promise((resolve) => setTimeout(resolve, 10));
      return received.map(({ body }) => new Json(JSON.parse(body)));
    };
    opened.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    return { url: `http://127.0.0.1:${port}/hooks`, received, arrived };
  }

  const subscribe = async (settings: object) =>
    (await api('POST', '/__emulator/webhooks', { key: 'k', ...settings })).status;

  test('carry dates and Unix seconds, repeat after a failure, and carry two signatures in a rotation', async () => {
    const shop = await listen(1);
    expect(await subscribe({ url: shop.url, previousKey: 'old' })).toBe(200);
    await api('PATCH', `/orders/${demoOrders.next}/change_place_date/`, { place: '2026-03-20 00:00:00' });
    const [event] = await shop.arrived(1);
    expect(event?.value).toMatchObject({
      type: 'order.change_next_order_date',
      created: 1_772_474_400,
      data: {
        object: {
          type: 'order',
          public_id: demoOrders.next,
          customer: SHOPPER,
          place: '2026-03-20',
          updated: 1_772_474_400,
        },
      },
    });
    const [{ signature, body } = { signature: '', body: '' }] = shop.received;
    expect(signature).toBe(webhookSignature(['k', 'old'], 1_772_474_400, body));
    expect(signature.match(/sig=/g)).toHaveLength(2);
  });

  test('can arrive twice and out of order', async () => {
    const shop = await listen();
    await subscribe({ url: shop.url, duplicate: true, shuffle: true });
    const item = (await upsell(DECAF)).json.at('public_id');
    await shop.arrived(2);
    await api('POST', '/subscriptions/create_from_item/', { item, every: 1, every_period: 3 });
    const events = await shop.arrived(6);
    const create = ['item.create', 'item.create'];
    const convert = ['subscription.create', 'subscription.create', 'item.item_subscribe', 'item.item_subscribe'];
    expect(events.map((event) => event.at('type'))).toEqual([...create, ...convert]);
    expect(new Set(events.map((event) => event.at('id'))).size).toBe(3);
  });

  test('go nowhere but to this machine', async () => {
    for (const url of ['http://example.com/hooks', 'https://127.0.0.1/', 'http://127.0.0.1.example.com/', 'nonsense']) {
      expect(await subscribe({ url })).toBe(400);
    }
  });
});
