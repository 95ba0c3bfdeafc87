import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import {
  ControlInputError,
  knownKeysOnly,
  objectInput,
  optionalBoolean,
  optionalText,
  textInput,
} from '../kit/control-input.js';
import type { EmulatorEvent } from '../kit/event-log.js';
import type { OrdergrooveStore } from './store.js';
import type { OrdergrooveWorld } from './world.js';

export interface WebhookTarget {
  readonly url: string;
  /** The newest key first; during a rotation deliveries carry a signature for each. */
  readonly keys: readonly string[];
  readonly duplicate: boolean;
  /** Deliver what happened together in reverse. */
  readonly shuffle: boolean;
}

const TIMEOUT_MS = 5_000;
const ATTEMPTS = 5;
const FIRST_RETRY_MS = 50;

/** `ts=<unix>,sig=<hex>` over `<ts>.<raw body>`. https://developer.ordergroove.com/data/webhook-verification */
export function webhookSignature(keys: readonly string[], ts: number, body: string): string {
  const signatures = keys.map((key) => createHmac('sha256', key).update(`${ts}.${body}`, 'utf8').digest('hex'));
  return [`ts=${ts}`, ...signatures.map((signature) => `sig=${signature}`)].join(',');
}

/** Sends every event to the store's webhook target, at least once and in no promised order. */
export function deliverWebhooks(world: OrdergrooveWorld): void {
  let waiting: EmulatorEvent[] = [];
  world.events.onEvent((event) => {
    if (!world.store.webhookTarget) return;
    waiting.push(event);
    if (waiting.length > 1) return;
    setImmediate(() => {
      const batch = waiting;
      waiting = [];
      const { store } = world;
      if (store.webhookTarget) void deliverAll(world, store, store.webhookTarget, batch);
    });
  });
}

async function deliverAll(
  world: OrdergrooveWorld,
  store: OrdergrooveStore,
  target: WebhookTarget,
  batch: readonly EmulatorEvent[],
): Promise<void> {
  const ordered = target.shuffle ? batch.toReversed() : batch;
  for (const event of ordered) {
    const body = envelope(store, event);
    for (let copy = 0; copy < (target.duplicate ? 2 : 1); copy += 1) await deliver(world, target, body);
  }
}

/** The real back-off starts at a minute; here it is shortened, because nobody waits that long for a test. */
async function deliver({ clock }: OrdergrooveWorld, target: WebhookTarget, body: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const ts = Math.floor(clock.now().getTime() / 1000);
    const headers = {
      'content-type': 'application/json',
      'ordergroove-signature': webhookSignature(target.keys, ts, body),
    };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const isTaken = await fetch(target.url, { method: 'POST', headers, body, signal, redirect: 'manual' }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isTaken) return;
    await sleep(FIRST_RETRY_MS * 2 ** attempt, undefined, { ref: false });
  }
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

/** `POST /__emulator/webhooks` sets the target, `DELETE` forgets it. */
export function webhookControls(app: FastifyInstance, world: OrdergrooveWorld): void {
  app.post('/webhooks', (request) => {
    const input = objectInput(request.body, 'The body');
    knownKeysOnly(input, ['url', 'key', 'previousKey', 'duplicate', 'shuffle'], 'The webhook target');
    const previousKey = optionalText(input['previousKey'], 'previousKey');
    world.store.webhookTarget = {
      url: loopbackUrl(textInput(input['url'], 'url')),
      keys: [textInput(input['key'], 'key'), ...(previousKey === undefined ? [] : [previousKey])],
      duplicate: optionalBoolean(input['duplicate'], 'duplicate') ?? false,
      shuffle: optionalBoolean(input['shuffle'], 'shuffle') ?? false,
    };
    return targetState(world);
  });
  app.get('/webhooks', () => targetState(world));
  app.delete('/webhooks', (_request, reply) => {
    world.store.webhookTarget = null;
    return reply.code(204).send();
  });
}

function targetState({ store: { webhookTarget } }: OrdergrooveWorld) {
  return webhookTarget ? { ...webhookTarget, keys: webhookTarget.keys.length } : { url: null };
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
