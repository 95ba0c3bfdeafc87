import { webhookSignature as appstleSignature } from '../../src/emulators/appstle/webhooks.js';
import { webhookSignature as centraSignature } from '../../src/emulators/centra/webhooks.js';
import { webhookSignature as ordergrooveSignature } from '../../src/emulators/ordergroove/webhooks.js';
import { webhookSignature as rechargeSignature } from '../../src/emulators/recharge/webhooks.js';
import { webhookSignature as surecartSignature } from '../../src/emulators/surecart/webhooks.js';

export interface SignedDelivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a provider delivers, as its emulator does. */
export interface Dialect {
  /** Two secrets it could sign with. */
  readonly secrets: readonly [string, string];
  readonly toleranceSeconds: number;
  /** Key of the order that its deliveries are about, and the key under which that order is locked. */
  readonly order: { readonly key: string; readonly lockKey: string };
  deliver(id: string, secrets: readonly string[], unixSeconds: number, type?: string): SignedDelivery;
}

const json = { 'content-type': 'application/json' };
const DAYS = 86_400;

export const dialects: Readonly<Record<string, Dialect>> = {
  ordergroove: {
    secrets: ['og-webhook-key-0001', 'og-webhook-key-0002'],
    toleranceSeconds: 3 * DAYS,
    order: { key: '1d8e5a70c3f94b6e9a2d7c41f0b35e01', lockKey: '1d8e5a70c3f94b6e9a2d7c41f0b35e01' },
    deliver(id, secrets, ts, type = 'item.create') {
      const object = { type: 'item', public_id: 'ffff', order: dialects['ordergroove']?.order.key };
      const body = JSON.stringify({ id, type, created: ts, data: { object } });
      return { headers: { ...json, 'ordergroove-signature': ordergrooveSignature(secrets, ts, body) }, body };
    },
  },
  surecart: {
    secrets: ['sc-signing-secret-0001', 'sc-signing-secret-0002'],
    toleranceSeconds: 3 * DAYS,
    order: { key: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a01', lockKey: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a01' },
    deliver(id, [secret = ''], ts, type = 'purchase.created') {
      const object = { id: 'ffff', object: 'purchase', initial_order: dialects['surecart']?.order.key };
      const body = JSON.stringify({ id, object: 'event', type, data: { object }, created_at: ts });
      const signed = { 'x-webhook-timestamp': String(ts), 'x-webhook-signature': surecartSignature(secret, ts, body) };
      return { headers: { ...json, ...signed }, body };
    },
  },
  centra: {
    secrets: ['ce-endpoint-secret-0001', 'ce-endpoint-secret-0002'],
    toleranceSeconds: 300,
    order: { key: '10042', lockKey: '10042' },
    deliver(id, [secret = ''], t, type = 'order') {
      const events = [{ type, action: 'update', date: `2026-01-31 12:00:00.${id}`, id: 10042 }];
      const body = `payload=${encodeURIComponent(JSON.stringify({ events }))}`;
      return {
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-centra-signature': centraSignature(secret, t, body),
        },
        body,
      };
    },
  },
  appstle: {
    secrets: ['whsec_Zmlyc3Qgc2VjcmV0IG9mIGFwcHN0bGU=', 'whsec_c2Vjb25kIHNlY3JldCBvZiBhcHBzdGxl'],
    toleranceSeconds: 300,
    order: { key: '31400000001/8100002', lockKey: 'contract:31400000001' },
    deliver(id, secrets, timestamp, type = 'subscription.updated') {
      const body = JSON.stringify({ type, data: { id: 'gid://shopify/SubscriptionContract/31400000001' } });
      const signatures = secrets.map((secret) => appstleSignature(secret, id, timestamp, body));
      return {
        headers: {
          ...json,
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signatures.join(' '),
        },
        body,
      };
    },
  },
  recharge: {
    secrets: ['demo-recharge-client-secret-0001', 'demo-recharge-client-secret-0002'],
    toleranceSeconds: 2 * DAYS,
    order: { key: '41000001/2026-10-05', lockKey: 'address:41000001' },
    deliver(id, [secret = ''], t, type = 'onetime') {
      const body = JSON.stringify({ [type]: { id: `7001${id}`, address_id: 41000001 } });
      return { headers: { ...json, 'x-recharge-webhook-signature': rechargeSignature(secret, t, body) }, body };
    },
  },
};

export function dialectOf(name: string): Dialect {
  const dialect = dialects[name];
  if (!dialect) throw new Error(`it is not known how ${name} delivers webhooks`);
  return dialect;
}
