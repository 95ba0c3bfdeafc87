import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ConfiguredAccount } from '../../config/accounts.js';
import type { Account } from '../../domain/account.js';
import { type Changes, orderTopic } from '../../domain/changes.js';
import type { Clock } from '../../domain/moment.js';
import type { Observe, WebhookOutcome } from '../../domain/observer.js';
import type { WebhookEvent, WebhookInbox, WebhookReader } from '../../domain/webhook.js';
import type { Logger } from '../log.js';
import { RequestRefused } from '../request-refused.js';
import { createRefusalCounter } from './refusal-counter.js';

export interface WebhookParts {
  readonly accounts: readonly ConfiguredAccount[];
  readonly clockFor: (account: Account) => Clock;
  readonly inbox: WebhookInbox;
  readonly changes: Changes;
  readonly observe: Observe;
  readonly log: Logger;
  /**
   * Handles each new event after it was acknowledged and before it is announced. `lockNames`: the names under which its
   * orders are locked.
   */
  onEvent(account: string, lockNames: readonly string[]): void;
}

const BODY_LIMIT = 1024 * 1024;
const USUAL_BODY = 64 * 1024;
/** Time in which an event counts once; longer than any provider repeats it. */
const KEEP_MS = 7 * 86_400_000;
const PRUNE_MS = 3_600_000;

interface Receiver {
  readonly account: Account;
  readonly reader: WebhookReader;
  readonly secrets: readonly string[];
  readonly clock: Clock;
}

/**
 * Takes webhooks of accounts with secrets at `POST /webhooks/<account key>`. A webhook is a hint, never data: it is verified,
 * recorded so that it counts once, acknowledged, and then announced. Nothing of its body is stored or logged.
 */
export function serveWebhooks(app: FastifyInstance, parts: WebhookParts): { stop(): void } {
  const { inbox, changes, observe, log, onEvent } = parts;
  const receivers = new Map(parts.accounts.flatMap((configured) => receiverOf(configured, parts.clockFor)));
  if (receivers.size === 0) return { stop() {} };
  const refusals = createRefusalCounter();

  async function receive(request: FastifyRequest, receiver: Receiver): Promise<WebhookOutcome> {
    const { reader, secrets, clock, account } = receiver;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
    );
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const reading = reader.read({ headers, body }, secrets, clock());
    if (reading.outcome !== 'accepted') {
      refusals.count(request.ip);
      return reading.outcome;
    }
    if (!(await inbox.record(account.key, reading.event.id))) return 'duplicate';
    setImmediate(() => announce(account, reading.event));
    return 'accepted';
  }

  function announce({ key }: Account, { orderKeys }: WebhookEvent): void {
    const lockNames = orderKeys.map((orderKey) => `${key}:${orderKey}`);
    onEvent(key, lockNames);
    changes.publish(lockNames.map(orderTopic));
  }

  void app.register(async (scope) => {
    // Signatures are over the bytes as they came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    // Verifying costs by the length: who sends much that is refused is held to what deliveries usually have.
    scope.addHook('onRequest', async ({ ip, headers }) => {
      const isSmall = Number(headers['content-length'] ?? Infinity) <= USUAL_BODY;
      if (!isSmall && refusals.areMany(ip))
        throw new RequestRefused(429, 'RATE_LIMIT_EXCEEDED', 'Too many refused deliveries.');
    });
    scope.post<{ Params: { account: string } }>(
      '/webhooks/:account',
      { bodyLimit: BODY_LIMIT },
      async (request, reply) => {
        const receiver = receivers.get(request.params.account);
        if (!receiver) return reply.callNotFound();
        const begin = { account: receiver.account.key };
        const outcome = await observe(
          'webhook',
          begin,
          () => receive(request, receiver),
          (result) => ({ outcome: result }),
        );
        return reply.code(outcome === 'accepted' || outcome === 'duplicate' ? 204 : 401).send();
      },
    );
  });

  const pruning = setInterval(() => {
    inbox.prune(KEEP_MS).catch((err: unknown) => log.warn({ err }, 'old webhooks could not be forgotten'));
  }, PRUNE_MS).unref();
  return { stop: () => clearInterval(pruning) };
}

function receiverOf({ account, provider, webhookSecrets }: ConfiguredAccount, clockFor: WebhookParts['clockFor']) {
  const { webhooks: reader } = provider;
  if (!reader || webhookSecrets.length === 0) return [];
  const receiver: Receiver = { account, reader, secrets: webhookSecrets, clock: clockFor(account) };
  return [[account.key, receiver] as const];
}
