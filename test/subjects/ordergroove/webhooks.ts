import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { webhookSignature } from '../../../src/emulators/ordergroove/webhooks.js';
import type { WebhookSubject } from '../../webhooks/webhook-subject.js';

export const webhooks: WebhookSubject = {
  secrets: ['og-webhook-key-0001', 'og-webhook-key-0002'],
  toleranceSeconds: 3 * 86_400,
  order: { key: demoOrders.next, lockKey: demoOrders.next },
  deliver(id, secrets, ts, type = 'item.create') {
    const object = { type: 'item', public_id: 'ffff', order: demoOrders.next };
    const body = JSON.stringify({ id, type, created: ts, data: { object } });
    const signed = { 'ordergroove-signature': webhookSignature(secrets, ts, body) };
    return { headers: { 'content-type': 'application/json', ...signed }, body };
  },
  vectors: [
    {
      title: "Ordergroove's",
      secret: 'demo-webhook-key-0001',
      unixSeconds: 1_760_000_130,
      headers: {
        'ordergroove-signature': `ts=1760000123,sig=${'0'.repeat(64)},sig=778e217326a4cf52cde80433d61676b99625107f530c0edaed3e17a3ce3b151d`,
      },
      body: '{"id":"evt0001","type":"item.create","created":1760000100,"data":{"object":{"type":"item","public_id":"1b9d6bcd4bfd4b2d9b5dab8dfbbd4bed"}}}',
      event: { id: 'evt0001', orderKeys: [] },
    },
  ],
};
