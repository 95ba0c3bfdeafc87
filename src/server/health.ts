import type { FastifyInstance } from 'fastify';
import type { Ledger } from '../operations/ledger.js';
import type { Logger } from './log.js';

/** `/healthz`: the process runs. `/readyz`: it can take requests, because what it writes to can be reached. */
export function serveHealth(app: FastifyInstance, ledger: Pick<Ledger, 'ping' | 'countUnsettled'>, log: Logger): void {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    try {
      await ledger.ping();
      const { givenUp } = await ledger.countUnsettled();
      return { status: 'ready', warnings: givenUp > 0 ? [warning(givenUp)] : [] };
    } catch (error) {
      log.warn({ err: error }, 'the ledger cannot be reached');
      return reply.code(503).send({ status: 'not ready', reason: 'The ledger of operations cannot be reached.' });
    }
  });
}

function warning(givenUp: number): string {
  const what = givenUp === 1 ? '1 write has an unknown outcome' : `${givenUp} writes have an unknown outcome`;
  return `${what} that reading could not settle. See \`upsell-graph operations --unsettled\`.`;
}
