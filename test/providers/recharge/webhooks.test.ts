import { describe, expect, test } from '@jest/globals';
import { legacySignature, webhookSignature } from '../../../src/emulators/recharge/webhooks.js';
import { webhooks } from '../../../src/providers/recharge/webhooks.js';

const SECRET = 'demo-recharge-client-secret-0001';
const T = 1_790_000_123;
const now = new Date(T * 1_000);

const vectors = [
  {
    body: '{"onetime":{"id":700100200,"address_id":41000001,"customer_id":52000001,"external_variant_id":{"ecommerce":"39990000000001"},"is_cancelled":false,"next_charge_scheduled_at":"2026-10-05","price":"12.50","quantity":2}}',
    v1: '9390473dbe6ac6276103e4035e9bf188ba823cb9ea203cee67bda4423f12c10e',
    legacy: 'bad694aea4482b80d4d06025f00924e723a27449cd2b356d80bebf7b5e1f2f35',
    orderKeys: ['address:41000001'],
  },
  {
    body: '{"onetime":{"id":700100201,"product_title":"Crème brûlée"}}',
    v1: '8db36e4fb8feb7464e9d70018d9b46906a4b82fd430ace4522a6a326f4da4d3b',
    legacy: '1a80e403db5914834f1cb52fb006fd42651dfb696d0c89a2306be36373e342a4',
    orderKeys: [],
  },
] as const;

describe.each(vectors)('a delivery of known bytes: $body', ({ body, v1, legacy, orderKeys }) => {
  const bytes = Buffer.from(body);

  test('is signed by the emulator as by Recharge', () => {
    expect(webhookSignature(SECRET, T, body)).toBe(`t=${T},v1=${v1}`);
    expect(legacySignature(SECRET, body)).toBe(legacy);
  });

  test('is accepted, and names its address', () => {
    const headers = { 'x-recharge-webhook-signature': `t=${T},v1=${v1}`, 'x-recharge-hmac-sha256': 'ignored' };
    expect(webhooks.read({ headers, body: bytes }, [SECRET], now)).toEqual({
      outcome: 'accepted',
      event: { id: expect.any(String), orderKeys },
    });
  });

  test('is not accepted by the older hash, alone or beside a wrong signature', () => {
    const hash = { 'x-recharge-hmac-sha256': legacy };
    const wrong = { ...hash, 'x-recharge-webhook-signature': `t=${T},v1=${legacy}` };
    expect(webhooks.read({ headers: hash, body: bytes }, [SECRET], now).outcome).toBe('unsigned');
    expect(webhooks.read({ headers: wrong, body: bytes }, [SECRET], now).outcome).toBe('wrong_signature');
  });
});
