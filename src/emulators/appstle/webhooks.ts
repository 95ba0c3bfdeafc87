import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { ControlInputError, knownKeysOnly, objectInput, optionalBoolean, textInput } from '../kit/control-input.js';
import type { EmulatorEvent } from '../kit/event-log.js';
import { writeJson } from './json-text.js';
import { attemptPayload, rawContract } from './payloads.js';
import type { AppstleWorld } from './world.js';

export interface WebhookTarget {
  readonly url: string;
  /** `whsec_` and the key in base64. */
  readonly secret: string;
  /** Send everything twice, with the same id. */
  readonly duplicate: boolean;
}

const TIMEOUT_MS = 15_000;
/** The real schedule goes on for hours; nobody waits that long for a test. */
const RETRY_WAITS_MS = [0, 50, 100, 200];

/** HMAC-SHA256 over `id.timestamp.body`, as Svix does it: https://docs.svix.com/receiving/verifying-payloads/how-manual */
export function webhookSignature(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/u, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`;
}

export function deliverWebhooks(world: AppstleWorld): void {
  world.events.onEvent((event) => {
    const target = world.store.webhookTarget;
    if (target) void deliver(world, target, event);
  });
}

async function deliver(world: AppstleWorld, target: WebhookTarget, event: EmulatorEvent): Promise<void> {
  const body = writeJson({ type: event.type, data: dataOf(world, event) });
  const id = `msg_${randomUUID().replaceAll('-', '')}`;
  for (let copy = 0; copy < (target.duplicate ? 2 : 1); copy += 1) await deliverOnce(world, target, id, body);
}

async function deliverOnce({ clock }: AppstleWorld, { url, secret }: WebhookTarget, id: string, body: string) {
  for (const wait of RETRY_WAITS_MS) {
    await sleep(wait, undefined, { ref: false });
    const timestamp = Math.floor(clock.now().getTime() / 1000);
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': webhookSignature(secret, id, timestamp, body),
    };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const isTaken = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isTaken) return;
  }
}

/** The flat attempt, or the raw contract. */
function dataOf(world: AppstleWorld, { object }: EmulatorEvent) {
  const attempt = world.store.attempts.get(idIn(object, 'attemptId'));
  if (attempt) return attemptPayload(world, attempt);
  const contract = world.store.contracts.get(idIn(object, 'contractId'));
  return contract ? rawContract(world, contract) : null;
}

function idIn(object: EmulatorEvent['object'], name: string): string {
  const id = object[name];
  return typeof id === 'string' ? id : '';
}

/** `POST /__emulator/webhooks` sets the target, `DELETE` forgets it. */
export function webhookControls(app: FastifyInstance, world: AppstleWorld): void {
  app.post('/webhooks', (request) => {
    const input = objectInput(request.body, 'The body');
    knownKeysOnly(input, ['url', 'secret', 'duplicate'], 'The webhook target');
    const duplicate = optionalBoolean(input['duplicate'], 'duplicate') ?? false;
    const url = loopbackUrl(textInput(input['url'], 'url'));
    world.store.webhookTarget = { url, secret: textInput(input['secret'], 'secret'), duplicate };
    return { url, duplicate };
  });
  app.delete('/webhooks', (_request, reply) => {
    world.store.webhookTarget = null;
    return reply.code(204).send();
  });
}

/** An emulator never talks to anything beyond its own machine. */
function loopbackUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLoopback = url !== null && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(url.hostname);
  if (!url || !isLoopback || url.protocol !== 'http:') {
    throw new ControlInputError('url must be an http address on this machine, such as http://127.0.0.1:4000/hooks.');
  }
  return url.href;
}
