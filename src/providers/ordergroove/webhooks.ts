import { digestOf, objectIn, objectInBody, pairsIn, textsAmong, toUnixSeconds, webhookReader } from '../kit/webhook.js';

/** No tolerance is documented: three days, as long as the longest schedule of repeats. */
const TOLERANCE_SECONDS = 3 * 86_400;

/** Reads deliveries. See https://developer.ordergroove.com/data/webhook-verification */
export const webhooks = webhookReader({
  signatureIn(headers) {
    const pairs = pairsIn(headers['ordergroove-signature']);
    const [ts] = pairs.get('ts') ?? [];
    if (ts === undefined) return null;
    return { prefix: `${ts}.`, unixSeconds: toUnixSeconds(ts), signatures: pairs.get('sig') ?? [] };
  },
  encoding: 'hex',
  toleranceSeconds: TOLERANCE_SECONDS,
  eventIn(body, signature) {
    const { id, data } = objectInBody(Buffer.from(body).toString('utf8'));
    const { type, public_id: publicId, order } = objectIn(objectIn(data)['object']);
    return {
      id: typeof id === 'string' ? id : digestOf(signature, body),
      orderKeys: textsAmong(type === 'order' ? [publicId] : [order]),
    };
  },
});
