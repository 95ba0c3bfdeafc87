import { demoAttempts, demoContracts } from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { webhookSignature } from '../../../src/emulators/appstle/webhooks.js';
import { orderId } from '../../support/full-stack.js';
import type { WebhookSubject } from '../../webhooks/webhook-subject.js';

const order = `${demoContracts.coffee}/${demoAttempts.next}`;

export const webhooks: WebhookSubject = {
  secrets: ['whsec_Zmlyc3Qgc2VjcmV0IG9mIGFwcHN0bGU=', 'whsec_c2Vjb25kIHNlY3JldCBvZiBhcHBzdGxl'],
  toleranceSeconds: 300,
  order: { key: order, lockKey: `contract:${demoContracts.coffee}` },
  deliver(id, secrets, timestamp, type = 'subscription.updated') {
    const body = JSON.stringify({ type, data: { id: `gid://shopify/SubscriptionContract/${demoContracts.coffee}` } });
    const signatures = secrets.map((secret) => webhookSignature(secret, id, timestamp, body));
    return {
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatures.join(' '),
      },
      body,
    };
  },
  vectors: [],
  /** No event tells of one-time items. */
  async announced(server) {
    const query = 'query ($id: ID!) { order(id: $id) { lineItems { nodes { id purchaseMode } } } }';
    const data = await server.data(query, { id: orderId('appstle-us', order) });
    const line = data.rows('order', 'lineItems', 'nodes').find((each) => each.at('purchaseMode') === 'ONE_TIME');
    return {
      mutation: 'convertToSubscription',
      input: { lineItemId: line?.at('id'), subscribe: { frequency: { every: 1, unit: 'MONTH' } } },
      match: { path: '/replace-variants' },
    };
  },
};
