import { sandboxOrders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { webhookSignature } from '../../../src/emulators/surecart/webhooks.js';
import type { WebhookSubject } from '../../webhooks/webhook-subject.js';

export const webhooks: WebhookSubject = {
  secrets: ['sc-signing-secret-0001', 'sc-signing-secret-0002'],
  toleranceSeconds: 3 * 86_400,
  order: { key: sandboxOrders.coffee, lockKey: sandboxOrders.coffee },
  deliver(id, [secret = ''], ts, type = 'purchase.created') {
    const object = { id: 'ffff', object: 'purchase', initial_order: sandboxOrders.coffee };
    const body = JSON.stringify({ id, object: 'event', type, data: { object }, created_at: ts });
    const signed = { 'x-webhook-timestamp': String(ts), 'x-webhook-signature': webhookSignature(secret, ts, body) };
    return { headers: { 'content-type': 'application/json', ...signed }, body };
  },
  vectors: [],
};
