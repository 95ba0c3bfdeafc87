import { digestOf, objectIn, objectInBody, toUnixSeconds, webhookReader } from '../kit/webhook.js';
import { lockKeyOfContract } from './keys.js';

/** https://docs.svix.com/receiving/verifying-payloads/how-manual */
const TOLERANCE_SECONDS = 300;

/** Reads deliveries, which are sent through Svix under its names of headers or under neutral ones. */
export const webhooks = webhookReader({
  signatureIn(headers) {
    const header = (name: string) => headers[`webhook-${name}`] ?? headers[`svix-${name}`];
    const [id, timestamp] = [header('id'), header('timestamp')];
    if (id === undefined || timestamp === undefined) return null;
    const signatures = (header('signature') ?? '').split(' ').flatMap((entry) => /^v1,(.+)$/.exec(entry)?.[1] ?? []);
    return { prefix: `${id}.${timestamp}.`, unixSeconds: toUnixSeconds(timestamp), signatures };
  },
  encoding: 'base64',
  keyOf: (secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'),
  toleranceSeconds: TOLERANCE_SECONDS,
  eventIn(body, signature) {
    const { data } = objectInBody(Buffer.from(body).toString('utf8'));
    const { id, contractId } = objectIn(data);
    // An attempt names its contract; a contract has a global id of Shopify's.
    const [, contract = null] = /(?:^|\/SubscriptionContract\/)(\d{1,19})$/.exec(String(contractId ?? id)) ?? [];
    return {
      // The same for each repeat.
      id: signature.prefix.split('.')[0] || digestOf(signature, body),
      orderKeys: contract === null ? [] : [lockKeyOfContract(contract)],
    };
  },
});
