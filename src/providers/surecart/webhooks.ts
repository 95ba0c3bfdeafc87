import { digestOf, objectIn, objectInBody, textsAmong, toUnixSeconds, webhookReader } from '../kit/webhook.js';

/** None is enforced by SureCart's own plugin, and the schedule of repeats is not documented. */
const TOLERANCE_SECONDS = 3 * 86_400;

/**
 * Reads deliveries, which are signed with the endpoint's `signing_secret`.
 * See https://developer.surecart.com/api-reference/webhooks
 */
export const webhooks = webhookReader({
  signatureIn(headers) {
    const timestamp = headers['x-webhook-timestamp'];
    const signature = headers['x-webhook-signature'];
    if (timestamp === undefined || signature === undefined) return null;
    return { prefix: `${timestamp}.`, unixSeconds: toUnixSeconds(timestamp), signatures: [signature] };
  },
  encoding: 'hex',
  toleranceSeconds: TOLERANCE_SECONDS,
  eventIn(body, signature) {
    const { id, data } = objectInBody(Buffer.from(body).toString('utf8'));
    const { object, id: recordId, order, initial_order: initialOrder } = objectIn(objectIn(data)['object']);
    return {
      id: typeof id === 'string' ? id : digestOf(signature, body),
      orderKeys: textsAmong([object === 'order' && recordId, order, initialOrder]),
    };
  },
});
