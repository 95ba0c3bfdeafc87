import type { JsonObject } from '../kit/decode.js';
import { digestOf, objectIn, objectInBody, pairsIn, textsAmong, toUnixSeconds, webhookReader } from '../kit/webhook.js';
import { lockKeyOfAddress } from './keys.js';

/** As long as deliveries are repeated: https://docs.rechargepayments.com/docs/webhooks-overview */
const TOLERANCE_SECONDS = 172_800;

/**
 * Reads deliveries, signed with `t=…,v1=…`. A header of older accounts, a plain hash over secret and body, is not taken
 * for a signature.
 */
export const webhooks = webhookReader({
  signatureIn(headers) {
    const pairs = pairsIn(headers['x-recharge-webhook-signature']);
    const [t] = pairs.get('t') ?? [];
    if (t === undefined) return null;
    return { prefix: `${t}.`, unixSeconds: toUnixSeconds(t), signatures: pairs.get('v1') ?? [] };
  },
  encoding: 'hex',
  toleranceSeconds: TOLERANCE_SECONDS,
  eventIn(body) {
    const text = Buffer.from(body).toString('utf8');
    const record = firstObjectIn(objectInBody(text));
    return {
      // There is no delivery id: the same content is the same event.
      id: digestOf({ prefix: '' }, body),
      orderKeys: textsAmong([idText(record['address_id'])]).map(lockKeyOfAddress),
    };
  },
});

/** Returns the record under its singular key. */
function firstObjectIn(fields: JsonObject): JsonObject {
  return objectIn(Object.values(fields)[0]);
}

function idText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}
