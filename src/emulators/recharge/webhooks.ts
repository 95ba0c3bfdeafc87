import { createHash, createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { text } from '../kit/control-input.js';
import type { EmulatorEvent } from '../kit/event-log.js';
import { WebhookSender } from '../kit/webhook-sender.js';
import { type SetWebhookTarget, webhookTargetControls } from '../kit/webhook-target.js';
import type { RechargeContext } from './context.js';
import { chargePayload, onetimePayload, subscriptionPayload } from './payloads.js';
import type { WebhookRecord, WebhookSettings } from './records.js';
import { demoWebhookSecret } from './scenarios/demo-credentials.js';

/** Signs a delivery with `t=<unix>,v1=<hex>` over `<t>.<raw body>`. See https://changelog.getrecharge.com */
export function webhookSignature(secret: string, t: number, body: string): string {
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`, 'utf8').digest('hex')}`;
}

/** Makes the plain hash over secret and body that is sent beside the signature still. */
export function legacySignature(secret: string, body: string): string {
  return createHash('sha256').update(secret).update(body, 'utf8').digest('hex');
}

/** Fewer and closer together than the twenty over two days. */
const ATTEMPTS = 20;
const WAIT_MS = 50;

interface Target extends SetWebhookTarget<WebhookSettings> {
  /** Null for the target of a control, which hears of everything. */
  readonly registration: WebhookRecord | null;
}

/** Sends every event to the target a control set, and to those registered for it. One that takes none of the attempts is forgotten. */
export function installWebhooks(control: FastifyInstance, context: RechargeContext): void {
  // Kept when the data start afresh.
  let current: SetWebhookTarget<WebhookSettings> | null = null;
  const failures = new Map<WebhookRecord | null, number>();
  const isOpen = ({ registration }: Target) =>
    registration ? context.store.webhooks.get(registration.id) === registration : current !== null;
  webhookTargetControls(control, {
    settings: { secret: text },
    required: ['secret'],
    secrets: ['secret'],
    current: () => current,
    set(target) {
      current = target;
      failures.delete(null);
    },
  });
  new WebhookSender<Target>(context.clock, {
    targets: () => [
      ...(current ? [{ ...current, registration: null }] : []),
      ...context.store.webhooks.list().map((registration) => ({ ...always, url: registration.address, registration })),
    ],
    retryWaitsMs: [0, ...Array.from({ length: ATTEMPTS - 1 }, () => WAIT_MS)],
    isOpen,
    attempted({ registration }, isTaken) {
      const failed = isTaken ? 0 : (failures.get(registration) ?? 0) + 1;
      failures.set(registration, failed);
      if (failed < ATTEMPTS) return;
      if (registration) context.store.webhooks.delete(registration.id);
      else current = null;
    },
    calls: ({ secret, registration }, events) =>
      events
        .filter(({ type }) => registration === null || registration.topic === type)
        .map((event) => {
          const body = JSON.stringify(payloadOf(context, event));
          return {
            body,
            headers: (now) => {
              const t = Math.floor(now.getTime() / 1000);
              return {
                'content-type': 'application/json',
                'x-recharge-topic': event.type,
                'x-recharge-webhook-timestamp': String(t),
                'x-recharge-webhook-signature': webhookSignature(secret, t, body),
                'x-recharge-hmac-sha256': legacySignature(secret, body),
              };
            },
          };
        }),
  }).listen(context.events);
}

const always = { duplicate: false, shuffle: false, lose: false, secret: demoWebhookSecret };

/** Shows a record as reads do; what is gone by its id alone. */
function payloadOf(context: RechargeContext, { type, object }: EmulatorEvent) {
  const { store } = context;
  const id = Number(object['id']);
  const [resource = ''] = type.split('/');
  const charge = resource === 'charge' ? store.charges.get(id) : undefined;
  const onetime = resource === 'onetime' ? store.onetimes.get(id) : undefined;
  const subscription = resource === 'subscription' ? store.subscriptions.get(id) : undefined;
  if (charge) return { charge: chargePayload(context, charge) };
  if (onetime) return { onetime: onetimePayload(context, onetime) };
  return { [resource]: subscription ? subscriptionPayload(context, subscription) : { id } };
}
