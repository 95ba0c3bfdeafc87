import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { webhookSignature } from '../../../src/emulators/centra/webhooks.js';
import { Json } from '../calls.js';
import { add, control, emulator, finished } from './harness.js';

describe('webhooks', () => {
  test('are signed as documented', () => {
    const body = 'payload=%7B%22products%22%3A%5B%228123%22%2C%228124%22%5D%2C%22brands%22%3A%5B%2217%22%5D%7D';
    expect(webhookSignature('ep-secret-Kb42', 1767225600, body)).toBe(
      't=1767225600,v1=80e30b06a5f2f204f0eb8f411b372cb257de0c59863af2f8e9d2c7ba01da3b26',
    );
  });

  test('tell of an upsell in one form field, once, twice or not at all, in any order', async () => {
    const received: string[] = [];
    const types: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        received.push(text);
        types.push(request.headers['content-type']);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hooks`;
    const target = (more: Record<string, unknown>) =>
      control('POST', '/__emulator/webhooks', { url, secret: 'ep-secret-Kb42', ...more });
    const settled = async (count: number) => {
      const until = Date.now() + 2_000;
      while (received.length < count && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
      return received.map((text) => new Json(JSON.parse(new URLSearchParams(text).get('payload') ?? 'null')));
    };
    try {
      await target({ duplicate: true });
      const order = await finished();
      const [created, copy] = await settled(2);
      expect(created?.at('events', 0)).toEqual({
        type: 'order',
        action: 'create',
        date: '2023-01-12 10:00:00.000000',
        id: 61,
      });
      expect(copy?.value).toEqual(created?.value);
      expect(types[0]).toBe('application/x-www-form-urlencoded');
      await target({ dialect: 'checkout' });
      await add(order, '1001-1');
      expect((await settled(3))[2]?.value).toEqual({ products: ['1003', '1001'] });
      await target({ dialect: 'storefront' });
      await add(order, '1001-1');
      expect((await settled(4))[3]?.value).toEqual({ DisplayItems: [1003, 1001] });
      await target({ shuffle: true });
      emulator.events.add('order', { action: 'update', order });
      emulator.events.add('order', { action: 'good_to_go', order });
      const reversed = (await settled(5))[4]?.rows('events') ?? [];
      expect(reversed.map((event) => event.at('action'))).toEqual(['good_to_go', 'update']);
      await target({ lose: true });
      await add(order, '1001-1');
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(received).toHaveLength(5);
      expect((await target({ url: 'http://example.com/' })).status).toBe(400);
    } finally {
      server.close();
    }
  });
});
