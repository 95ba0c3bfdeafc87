import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { oneOf, text } from '../kit/control-input.js';
import type { EmulatorEvent } from '../kit/event-log.js';
import { WebhookSender } from '../kit/webhook-sender.js';
import { type SetWebhookTarget, webhookTargetControls } from '../kit/webhook-target.js';
import type { CentraContext } from './context.js';
import { localTime } from './local-time.js';
import { WEBHOOK_DIALECTS, type WebhookDialect, type WebhookSettings } from './records.js';

/** Signs `{t}.{raw body}` by HMAC-SHA256. See https://docs.centra.com/plugins/centra-webhook */
export function webhookSignature(secret: string, t: number, body: string): string {
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`, 'utf8').digest('hex')}`;
}

/** Sends what happens together in one call, once: a call that got lost is not repeated by default. */
export function installWebhooks(control: FastifyInstance, context: CentraContext): void {
  // Kept when the data start afresh.
  let current: SetWebhookTarget<WebhookSettings> | null = null;
  webhookTargetControls(control, {
    settings: { secret: text, dialect: { ...oneOf(WEBHOOK_DIALECTS), default: 'integration' } },
    required: ['secret'],
    secrets: ['secret'],
    current: () => current,
    set: (target) => (current = target),
  });
  new WebhookSender(context.clock, {
    targets: () => [current ?? []].flat(),
    retryWaitsMs: [0],
    calls: ({ secret, dialect }, events) => {
      // One form field with JSON in it.
      const body = `payload=${encodeURIComponent(JSON.stringify(payloadOf(context, dialect, events)))}`;
      const headers = (now: Date) => ({
        'content-type': 'application/x-www-form-urlencoded',
        'x-centra-signature': webhookSignature(secret, Math.floor(now.getTime() / 1000), body),
      });
      return [{ body, headers }];
    },
  }).listen(context.events);
}

/** Renders events. Integration API speaks of orders; the other two say only what of the catalogue changed. */
function payloadOf({ store }: CentraContext, dialect: WebhookDialect, events: readonly EmulatorEvent[]): unknown {
  if (dialect === 'integration') {
    return {
      events: events.map(({ type, at, object }) => ({
        type,
        action: object['action'],
        date: `${localTime(new Date(at), store.timeZone)}.${at.slice(20, 23)}000`,
        id: Number(object['order']),
      })),
    };
  }
  const products = events.flatMap(({ object }) => {
    const order = store.orders.get(String(object['order']));
    return order?.lines.map((line) => store.itemOf(line).product.product) ?? [];
  });
  const unique = [...new Set(products)];
  return dialect === 'checkout' ? { products: unique } : { DisplayItems: unique.map(Number) };
}
