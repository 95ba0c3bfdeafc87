import { demoAddresses, demoOrder } from '../../../src/emulators/recharge/scenarios/demo-records.js';
import { webhookSignature } from '../../../src/emulators/recharge/webhooks.js';
import type { WebhookSubject } from '../../webhooks/webhook-subject.js';

export const webhooks: WebhookSubject = {
  secrets: ['demo-recharge-client-secret-0001', 'demo-recharge-client-secret-0002'],
  toleranceSeconds: 2 * 86_400,
  order: { key: demoOrder('next'), lockKey: `address:${demoAddresses.home}` },
  deliver(id, [secret = ''], t, type = 'onetime') {
    const body = JSON.stringify({ [type]: { id: `7001${id}`, address_id: demoAddresses.home } });
    const signed = { 'x-recharge-webhook-signature': webhookSignature(secret, t, body) };
    return { headers: { 'content-type': 'application/json', ...signed }, body };
  },
  vectors: [],
};
