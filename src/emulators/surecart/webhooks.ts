import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EmulatorEvent } from '../kit/event-log.js';
import type { WebhookEndpointRecord } from './records/subscriptions.js';
import { nowOf, type SureCartWorld } from './world.js';

const TIMEOUT_MS = 5_000;
const ATTEMPTS = 3;
const FIRST_RETRY_MS = 50;

/** Hex HMAC-SHA256 of `<timestamp>.<raw body>`. */
export function webhookSignature(secret: string, timestamp: number, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`, 'utf8').digest('hex');
}

/** Sends every event to the endpoints that want it, at least once and in no promised order. */
export function deliverWebhooks(world: SureCartWorld): void {
  let waiting: EmulatorEvent[] = [];
  world.events.onEvent((event) => {
    if (world.store.tables.webhook_endpoint.list().length === 0) return;
    waiting.push(event);
    if (waiting.length > 1) return;
    setImmediate(() => {
      const batch = waiting;
      waiting = [];
      for (const endpoint of world.store.tables.webhook_endpoint.list()) void deliverAll(world, endpoint, batch);
    });
  });
}

export async function deliverTest(world: SureCartWorld, endpoint: WebhookEndpointRecord): Promise<void> {
  await deliver(world, endpoint, envelope(world, 'webhook_endpoint.test', { id: endpoint.id }));
}

async function deliverAll(
  world: SureCartWorld,
  endpoint: WebhookEndpointRecord,
  batch: readonly EmulatorEvent[],
): Promise<void> {
  const { duplicate, shuffle } = endpoint.hidden;
  const wanted = batch.filter(
    ({ type }) => endpoint.webhook_events.length === 0 || endpoint.webhook_events.includes(type),
  );
  for (const { type, object } of shuffle ? wanted.toReversed() : wanted) {
    const body = envelope(world, type, object);
    for (let copy = 0; copy < (duplicate ? 2 : 1); copy += 1) await deliver(world, endpoint, body);
  }
}

/** An endpoint that goes on failing is switched off. */
async function deliver(world: SureCartWorld, endpoint: WebhookEndpointRecord, body: string): Promise<void> {
  for (let attempt = 0; endpoint.enabled && attempt < ATTEMPTS; attempt += 1) {
    const now = nowOf(world);
    if (await send(endpoint, now, body)) {
      endpoint.hidden.failingSince = null;
      return;
    }
    endpoint.hidden.failingSince ??= now;
    const grace = world.switches.get('webhookGraceSeconds');
    if (now - endpoint.hidden.failingSince >= grace) endpoint.enabled = false;
    await sleep(FIRST_RETRY_MS * 2 ** attempt, undefined, { ref: false });
  }
}

async function send(endpoint: WebhookEndpointRecord, now: number, body: string): Promise<boolean> {
  const headers = {
    'content-type': 'application/json',
    'x-webhook-timestamp': String(now),
    'x-webhook-signature': webhookSignature(endpoint.signing_secret, now, body),
  };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return fetch(endpoint.url, { method: 'POST', headers, body, signal, redirect: 'manual' }).then(
    ({ ok }) => ok,
    () => false,
  );
}

function envelope(world: SureCartWorld, type: string, object: Readonly<Record<string, unknown>>): string {
  const id = world.store.identifiers.next('event');
  const { hidden: _hidden, ...shown } = object;
  const account = '2f6d1b9e-5a37-4c83-9a55-0d6c6f1f4d11';
  return JSON.stringify({ id, object: 'event', type, data: { object: shown }, account, created_at: nowOf(world) });
}
