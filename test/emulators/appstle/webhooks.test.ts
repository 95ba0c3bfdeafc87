import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { webhookSignature } from '../../../src/emulators/appstle/webhooks.js';
import { NOW, call, coffee, emulator, put } from './harness.js';

describe('webhooks', () => {
  const secret = `whsec_${Buffer.from('a-made-up-webhook-secret').toString('base64')}`;
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  let receiver: Server;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        response.writeHead(received.length === 1 ? 503 : 204).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => void receiver.close());

  test('are signed as Svix does it, and sent again under the same id', async () => {
    emulator.clock.set(NOW, { frozen: true });
    const { port } = receiver.address() as { port: number };
    await call('POST', '/__emulator/webhooks', { url: `http://127.0.0.1:${port}/hooks`, secret, duplicate: true });
    await put('subscription-contracts-update-status', { contractId: coffee, status: 'PAUSED' });
    for (let wait = 0; wait < 50 && received.length < 3; wait += 1) await new Promise((done) => setTimeout(done, 20));
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    const [id, timestamp] = [String(headers['webhook-id']), Number(headers['webhook-timestamp'])];
    expect(headers['webhook-signature']).toBe(webhookSignature(secret, id, timestamp, body));
    expect(JSON.parse(body)).toMatchObject({
      type: 'subscription.paused',
      data: { id: `gid://shopify/SubscriptionContract/${coffee}`, status: 'PAUSED' },
    });
    expect((await call('POST', '/__emulator/webhooks', { url: 'https://example.com/', secret })).status).toBe(400);
    expect(emulator.events.list().map(({ type }) => type)).toEqual(['subscription.paused']);
    await call('DELETE', '/__emulator/webhooks');
  });
});
