import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { text } from '../kit/control-input.js';
import type { EmulatorEvent } from '../kit/event-log.js';
import { WebhookSender } from '../kit/webhook-sender.js';
import { type SetWebhookTarget, webhookTargetControls } from '../kit/webhook-target.js';
import type { AppstleContext } from './context.js';
import { writeJson } from './json-text.js';
import { attemptPayload, rawContract } from './payloads.js';
import type { WebhookSettings } from './records.js';

/**
 * Signs `id.timestamp.body` by HMAC-SHA256, as Svix does.
 * See https://docs.svix.com/receiving/verifying-payloads/how-manual
 */
export function webhookSignature(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/u, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`;
}

/** Sends every event to the target a control set. */
export function installWebhooks(control: FastifyInstance, context: AppstleContext): void {
  // Kept when the data start afresh.
  let current: SetWebhookTarget<WebhookSettings> | null = null;
  webhookTargetControls(control, {
    settings: { secret: text, previousSecret: text },
    required: ['secret'],
    secrets: ['secret', 'previousSecret'],
    current: () => current,
    set: (target) => (current = target),
  });
  new WebhookSender(context.clock, {
    targets: () => [current ?? []].flat(),
    retryWaitsMs: [0, 50, 100, 200],
    calls: ({ secret, previousSecret }, events) =>
      events.map((event) => {
        const body = writeJson({ type: event.type, data: dataOf(context, event) });
        const id = `msg_${context.store.webhookIds.next('message')}`;
        return {
          body,
          headers: (now) => {
            const timestamp = Math.floor(now.getTime() / 1000);
            return {
              'content-type': 'application/json',
              'webhook-id': id,
              'webhook-timestamp': String(timestamp),
              // During a rotation one for each secret, the newest first.
              'webhook-signature': [secret, previousSecret ?? []]
                .flat()
                .map((key) => webhookSignature(key, id, timestamp, body))
                .join(' '),
            };
          },
        };
      }),
  }).listen(context.events);
}

/** Renders the flat attempt of an event, or the raw contract. */
function dataOf(context: AppstleContext, { object }: EmulatorEvent) {
  const attempt = context.store.attempts.get(idIn(object, 'attemptId'));
  if (attempt) return attemptPayload(context, attempt);
  const contract = context.store.contracts.get(idIn(object, 'contractId'));
  return contract ? rawContract(context, contract) : null;
}

function idIn(object: EmulatorEvent['object'], name: string): string {
  const id = object[name];
  return typeof id === 'string' ? id : '';
}
