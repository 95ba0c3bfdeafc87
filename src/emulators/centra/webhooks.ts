import { createHmac } from 'node:crypto';
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
import { localTime } from './local-time.js';
import type { CentraWorld } from './world.js';

export type WebhookDialect = 'checkout' | 'storefront' | 'integration';

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
  readonly dialect: WebhookDialect;
  readonly duplicate: boolean;
  /** Deliver what happened together in reverse. */
  readonly shuffle: boolean;
  /** Deliver nothing: a call that got lost is not repeated by default. */
  readonly lose: boolean;
}

const TIMEOUT_MS = 5_000;

/** HMAC-SHA256 over `{t}.{raw body}`. https://docs.centra.com/plugins/centra-webhook */
export function webhookSignature(secret: string, t: number, body: string): string {
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`, 'utf8').digest('hex')}`;
}

/** One form field with JSON in it. */
function webhookBody(payload: unknown): string {
  return `payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** Events that happen together travel in one call. */
export function deliverWebhooks(world: CentraWorld): void {
  let waiting: EmulatorEvent[] = [];
  world.events.onEvent((event) => {
    if (!world.store.webhookTarget) return;
    waiting.push(event);
    if (waiting.length > 1) return;
    setImmediate(() => {
      const batch = waiting;
      waiting = [];
      const target = world.store.webhookTarget;
      if (target && !target.lose) void deliver(world, target, batch);
    });
  });
}

async function deliver(world: CentraWorld, target: WebhookTarget, batch: readonly EmulatorEvent[]): Promise<void> {
  const body = webhookBody(payloadOf(world, target.dialect, target.shuffle ? batch.toReversed() : batch));
  for (let copy = 0; copy < (target.duplicate ? 2 : 1); copy += 1) {
    const t = Math.floor(world.clock.now().getTime() / 1000);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-centra-signature': webhookSignature(target.secret, t, body),
    };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    await fetch(target.url, { method: 'POST', headers, body, signal, redirect: 'manual' }).catch(() => null);
  }
}

/** Integration API speaks of orders; the other two say only what of the catalogue changed. */
function payloadOf({ store }: CentraWorld, dialect: WebhookDialect, batch: readonly EmulatorEvent[]): unknown {
  if (dialect === 'integration') {
    return {
      events: batch.map(({ type, at, object }) => ({
        type,
        action: object['action'],
        date: `${localTime(new Date(at), store.timeZone)}.${at.slice(20, 23)}000`,
        id: Number(object['order']),
      })),
    };
  }
  const products = batch.flatMap(({ object }) => {
    const order = store.orders.get(String(object['order']));
    return order?.lines.map((line) => store.itemOf(line).product.product) ?? [];
  });
  const unique = [...new Set(products)];
  return dialect === 'checkout' ? { products: unique } : { DisplayItems: unique.map(Number) };
}

/** `POST /__emulator/webhooks` sets the target, `DELETE` forgets it. */
export function webhookControls(app: FastifyInstance, world: CentraWorld): void {
  app.post('/webhooks', (request) => {
    const input = objectInput(request.body, 'The body');
    knownKeysOnly(input, ['url', 'secret', 'dialect', 'duplicate', 'shuffle', 'lose'], 'The webhook target');
    const flagOf = (name: string) => optionalBoolean(input[name], name) ?? false;
    world.store.webhookTarget = {
      url: loopbackUrl(textInput(input['url'], 'url')),
      secret: textInput(input['secret'], 'secret'),
      dialect: dialectOf(optionalText(input['dialect'], 'dialect') ?? 'integration'),
      duplicate: flagOf('duplicate'),
      shuffle: flagOf('shuffle'),
      lose: flagOf('lose'),
    };
    return targetState(world);
  });
  app.get('/webhooks', () => targetState(world));
  app.delete('/webhooks', (_request, reply) => {
    world.store.webhookTarget = null;
    return reply.code(204).send();
  });
}

function dialectOf(text: string): WebhookDialect {
  if (text === 'checkout' || text === 'storefront' || text === 'integration') return text;
  throw new ControlInputError('dialect must be one of checkout, storefront, integration.');
}

function targetState({ store: { webhookTarget } }: CentraWorld) {
  if (webhookTarget === null) return { url: null };
  const { secret: _secret, ...shown } = webhookTarget;
  return shown;
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
