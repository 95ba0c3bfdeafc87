import type { FastifyInstance } from 'fastify';
import { KeysUnavailable } from '../auth/unauthenticated.js';
import type { Ledger } from '../operations/ledger.js';
import type { Logger } from './log.js';

export interface HealthParts {
  readonly ledger: Pick<Ledger, 'ping' | 'countUnsettled'>;
  /** Resolves the issuers whose tokens cannot be verified at present. Throws when none can. */
  checkKeys(): Promise<readonly string[]>;
  /** Lists what an operator should know although requests are served. */
  readonly warnings?: () => readonly string[];
  readonly log: Logger;
}

export interface Health {
  /** Makes `/readyz` respond with 503 and asks clients to reconnect. */
  announceStop(): void;
}

const REPEAT_MS = 60_000;

/** Serves `/healthz` (the process runs) and `/readyz` (ledger and signing keys are available). */
export function serveHealth(
  app: FastifyInstance,
  { ledger, checkKeys, warnings = () => [], log }: HealthParts,
): Health {
  let isStopping = false;
  const saidAt = new Map<string, number>();

  /** Logs a reason at most once a minute: probes come every few seconds. */
  function sayOnce(reason: string, err: unknown): void {
    const now = performance.now();
    if (now - (saidAt.get(reason) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return;
    saidAt.set(reason, now);
    log.warn({ err }, reason);
  }

  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    if (isStopping) return reply.code(503).send(notReady('The process is stopping.'));
    try {
      await ledger.ping();
      const { indeterminate, givenUp } = await ledger.countUnsettled();
      const withoutKeys = await checkKeys();
      const all = [
        ...(givenUp > 0 ? [leftOpen(givenUp)] : []),
        ...(indeterminate > 0 ? [inDoubt(indeterminate)] : []),
        ...withoutKeys.map((issuer) => `The keys of ${issuer} cannot be fetched: its tokens get 503.`),
        ...warnings(),
      ];
      return { status: 'ready', warnings: [...new Set(all)] };
    } catch (error) {
      const reason =
        error instanceof KeysUnavailable
          ? 'The keys that tokens are signed with cannot be fetched.'
          : 'The ledger of operations cannot be reached.';
      sayOnce(reason, error);
      return reply.code(503).send(notReady(reason));
    }
  });

  app.addHook('onSend', async (_request, reply) => {
    if (isStopping) void reply.header('connection', 'close');
  });

  return { announceStop: () => void (isStopping = true) };
}

function notReady(reason: string) {
  return { status: 'not ready', reason };
}

function inDoubt(count: number): string {
  const what = count === 1 ? '1 write was' : `${count} writes were`;
  return `${what} left in doubt: reads go on settling them.`;
}

function leftOpen(givenUp: number): string {
  const what = givenUp === 1 ? '1 write has an unknown outcome' : `${givenUp} writes have an unknown outcome`;
  return `${what} that reading could not settle. See \`upsell-graph operations --unsettled\`.`;
}
