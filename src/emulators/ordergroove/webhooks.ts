import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { text } from '../kit/control-input.js';
import type { EmulatorEvent } from '../kit/event-log.js';
import { WebhookSender } from '../kit/webhook-sender.js';
import { type SetWebhookTarget, webhookTargetControls } from '../kit/webhook-target.js';
import type { OrdergrooveContext } from './context.js';
import type { WebhookSettings } from './records.js';
import type { OrdergrooveStore } from './store.js';

/** Signs `<ts>.<raw body>` as `ts=<unix>,sig=<hex>`. See https://developer.ordergroove.com/data/webhook-verification */
export function webhookSignature(keys: readonly string[], ts: number, body: string): string {
  const signatures = keys.map((key) => createHmac('sha256', key).update(`${ts}.${body}`, 'utf8').digest('hex'));
  return [`ts=${ts}`, ...signatures.map((signature) => `sig=${signature}`)].join(',');
}

/** Sends every event to the target a control set. */
export function installWebhooks(control: FastifyInstance, context: OrdergrooveContext): void {
  // Kept when the data start afresh.
  let current: SetWebhookTarget<WebhookSettings> | null = null;
  webhookTargetControls(control, {
    settings: { key: text, previousKey: text },
    required: ['key'],
    secrets: ['key', 'previousKey'],
    current: () => current,
    set: (target) => (current = target),
  });
  new WebhookSender(context.clock, {
    targets: () => [current ?? []].flat(),
    retryWaitsMs: [0, 50, 100, 200, 400],
    calls: ({ key, previousKey }, events) =>
      events.map((event) => {
        const body = envelope(context.store, event);
        // During a rotation deliveries carry a signature for each key, the newest first.
        const keys = [key, ...(previousKey === undefined ? [] : [previousKey])];
        return {
          body,
          headers: (now) => ({
            'content-type': 'application/json',
            'ordergroove-signature': webhookSignature(keys, Math.floor(now.getTime() / 1000), body),
          }),
        };
      }),
  }).listen(context.events);
}

function envelope(store: OrdergrooveStore, { at, type, object }: EmulatorEvent): string {
  const created = Math.floor(Date.parse(at) / 1000);
  return JSON.stringify({
    id: store.identifiers.next('event'),
    type,
    created,
    data: { object },
    context: {},
    snapshot: null,
  });
}
