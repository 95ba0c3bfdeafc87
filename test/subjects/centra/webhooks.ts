import { webhookSignature } from '../../../src/emulators/centra/webhooks.js';
import type { WebhookSubject } from '../../webhooks/webhook-subject.js';

const ORDER = 10_042;

export const webhooks: WebhookSubject = {
  secrets: ['ce-endpoint-secret-0001', 'ce-endpoint-secret-0002'],
  toleranceSeconds: 300,
  order: { key: String(ORDER), lockKey: String(ORDER) },
  deliver(id, [secret = ''], t, type = 'order') {
    const events = [{ type, action: 'update', date: `2026-01-31 12:00:00.${id}`, id: ORDER }];
    const body = `payload=${encodeURIComponent(JSON.stringify({ events }))}`;
    const signed = { 'x-centra-signature': webhookSignature(secret, t, body) };
    return { headers: { 'content-type': 'application/x-www-form-urlencoded', ...signed }, body };
  },
  vectors: [
    {
      title: "Centra's, of a dialect that names no orders",
      secret: 'ep-secret-Kb42',
      unixSeconds: 1_767_225_600,
      headers: {
        'x-centra-signature': 't=1767225600,v1=80e30b06a5f2f204f0eb8f411b372cb257de0c59863af2f8e9d2c7ba01da3b26',
      },
      body: 'payload=%7B%22products%22%3A%5B%228123%22%2C%228124%22%5D%2C%22brands%22%3A%5B%2217%22%5D%7D',
      event: { orderKeys: [] },
    },
  ],
};
