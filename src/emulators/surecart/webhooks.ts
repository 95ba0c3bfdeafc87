import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { text } from '../kit/control-input.js';
import { type WebhookCall, WebhookSender } from '../kit/webhook-sender.js';
import { type SetWebhookTarget, type WebhookTarget, webhookTargetControls } from '../kit/webhook-target.js';
import { nowOf, type SureCartContext } from './context.js';
import type { WebhookEndpointRecord } from './records/subscriptions.js';

/** Signs `<timestamp>.<raw body>` by HMAC-SHA256 in hexadecimal. */
export function webhookSignature(secret: string, timestamp: number, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`, 'utf8').digest('hex');
}

interface EndpointTarget extends WebhookTarget {
  readonly endpoint: WebhookEndpointRecord;
}

/** Sends every event to the endpoints that want it. One that goes on failing is switched off. */
export function webhookSender(context: SureCartContext): WebhookSender<EndpointTarget> {
  return new WebhookSender(context.clock, {
    targets: () => context.store.tables.webhook_endpoint.list().map(targetOf),
    retryWaitsMs: [0, 50, 100],
    calls: ({ endpoint }, events) =>
      events
        .filter(({ type }) => endpoint.webhook_events.length === 0 || endpoint.webhook_events.includes(type))
        .map(({ type, object }) => webhookCall(context, endpoint, type, object)),
    isOpen: ({ endpoint }) => endpoint.enabled,
    attempted: ({ endpoint }, isTaken) => noteAttempt(context, endpoint, isTaken),
  }).listen(context.events);
}

/** Sends every event to the target a control set, besides the endpoints made through the API; kept when the data start afresh. */
export function installWebhookTarget(control: FastifyInstance, context: SureCartContext): void {
  let current: SetWebhookTarget<{ readonly secret: string }> | null = null;
  webhookTargetControls(control, {
    settings: { secret: text },
    required: ['secret'],
    secrets: ['secret'],
    current: () => current,
    set: (target) => (current = target),
  });
  new WebhookSender(context.clock, {
    targets: () => [current ?? []].flat(),
    retryWaitsMs: [0, 50, 100],
    calls: ({ secret }, events) =>
      events.map(({ type, object }) => webhookCall(context, { signing_secret: secret }, type, object)),
  }).listen(context.events);
}

export function targetOf(endpoint: WebhookEndpointRecord): EndpointTarget {
  const { duplicate, shuffle, lose } = endpoint.hidden;
  return { url: endpoint.url, duplicate, shuffle, lose, endpoint };
}

export function webhookCall(
  context: SureCartContext,
  endpoint: Pick<WebhookEndpointRecord, 'signing_secret'>,
  type: string,
  object: Readonly<Record<string, unknown>>,
): WebhookCall {
  const body = envelope(context, type, object);
  return {
    body,
    headers: (now) => {
      const timestamp = Math.floor(now.getTime() / 1000);
      return {
        'content-type': 'application/json',
        'x-webhook-timestamp': String(timestamp),
        'x-webhook-signature': webhookSignature(endpoint.signing_secret, timestamp, body),
      };
    },
  };
}

function noteAttempt(context: SureCartContext, endpoint: WebhookEndpointRecord, isTaken: boolean): void {
  const { hidden } = endpoint;
  if (isTaken) {
    hidden.failingSince = null;
    return;
  }
  const now = nowOf(context);
  hidden.failingSince ??= now;
  if (now - hidden.failingSince >= context.switches.get('webhookGraceSeconds')) endpoint.enabled = false;
}

function envelope(context: SureCartContext, type: string, object: Readonly<Record<string, unknown>>): string {
  const id = context.store.identifiers.next('event');
  const { hidden: _hidden, ...shown } = object;
  const account = '2f6d1b9e-5a37-4c83-9a55-0d6c6f1f4d11';
  return JSON.stringify({ id, object: 'event', type, data: { object: shown }, account, created_at: nowOf(context) });
}
