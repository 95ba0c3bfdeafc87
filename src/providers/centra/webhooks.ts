import { digestOf, objectIn, objectInBody, pairsIn, toUnixSeconds, webhookReader } from '../kit/webhook.js';

/** As the official storefront does: https://github.com/centrahq/storefront-accelerator */
const TOLERANCE_SECONDS = 300;

/**
 * Reads deliveries, which are a form with one field of JSON. Only the Integration API's dialect names orders.
 * See https://docs.centra.com/plugins/centra-webhook
 */
export const webhooks = webhookReader({
  signatureIn(headers) {
    const pairs = pairsIn(headers['x-centra-signature']);
    const [t] = pairs.get('t') ?? [];
    if (t === undefined) return null;
    return { prefix: `${t}.`, unixSeconds: toUnixSeconds(t), signatures: pairs.get('v1') ?? [] };
  },
  encoding: 'hex',
  toleranceSeconds: TOLERANCE_SECONDS,
  eventIn(body, signature) {
    const form = new URLSearchParams(Buffer.from(body).toString('utf8'));
    const { events } = objectInBody(form.get('payload') ?? '');
    const orders = (Array.isArray(events) ? events : []).map(objectIn).filter(({ type }) => type === 'order');
    // A delivery of several events has no identifier.
    return { id: digestOf(signature, body), orderKeys: [...new Set(orders.map(({ id }) => String(id)))] };
  },
});
