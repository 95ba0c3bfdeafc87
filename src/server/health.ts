import type { FastifyInstance } from 'fastify';
import { KeysUnavailable } from '../auth/unauthenticated.js';
import type { Ledger } from '../operations/ledger.js';
import type { Logger } from './log.js';

export interface HealthParts {
  readonly ledger: Pick<Ledger, 'ping' | 'countUnsettled'>;
  /** Throws when tokens cannot be verified at present. */
  checkKeys(): Promise<void>;
  /** What an operator should know although requests are served. */
  readonly warnings?: () => readonly string[];
  readonly log: Logger;
}

export interface Health {
  /** Makes `/readyz` respond with 503 and asks clients to reconnect. */
  announceStop(): void;
}

/** Serves `/healthz` (the process runs) and `/readyz` (ledger and signing keys are available). */
export function serveHealth(
  app: FastifyInstance,
  { ledger, checkKeys, warnings = () => [], log }: HealthParts,
): Health {
  let isStopping = false;
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    if (isStopping) return reply.code(503).send(notReady('The process is stopping.'));
    try {
      await ledger.ping();
      const { givenUp } = await ledger.countUnsettled();
      await checkKeys();
      return { status: 'ready', warnings: [...(givenUp > 0 ? [warning(givenUp)] : []), ...warnings()] };
    } catch (error) {
      const reason =
        error instanceof KeysUnavailable
          ? 'The keys that tokens are signed with cannot be fetched.'
          : 'The ledger of operations cannot be reached.';
      log.warn({ err: error }, reason);
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

function warning(givenUp: number): string {
  const what = givenUp === 1 ? '1 write has an unknown outcome' : `${givenUp} writes have an unknown outcome`;
  return `${what} that reading could not settle. See \`upsell-graph operations --unsettled\`.`;
}
