import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.js';
import type { Observe } from '../domain/observer.js';
import type { Ledger } from '../operations/ledger.js';
import type { Metrics } from '../observability/metrics/metrics.js';
import { openObservability } from '../observability/observability.js';
import { createApp } from './app.js';
import { listen } from './listen.js';
import type { Logger } from './log.js';
import { packageVersion } from './package-files.js';

/** What is measured as configured, and the page that shows it. */
export interface Observation {
  readonly observe: Observe;
  /** Beside the graph, unless the page has a port of its own. */
  serveBeside(app: FastifyInstance): void;
  /** Throws `CannotListen`. */
  listen(): Promise<void>;
  /** Sends what was measured and not sent yet. */
  close(): Promise<void>;
}

export async function openObservation(
  config: Config,
  ledger: Pick<Ledger, 'countUnsettled'>,
  log: Logger,
): Promise<Observation> {
  const { metricsPort: port, ...settings } = config.observability;
  const { observe, metrics, close } = await openObservability(settings, { log, ledger, version: packageVersion() });
  const ownApp = metrics && port !== null ? createApp(log) : null;
  if (metrics && ownApp) serveMetrics(ownApp, metrics);

  return {
    observe,
    serveBeside(app) {
      if (metrics && !ownApp) serveMetrics(app, metrics);
    },
    async listen() {
      if (!ownApp || port === null) return;
      const url = await listen(ownApp, { host: config.server.host, port });
      log.info({ metrics: `${url}/metrics` }, 'listening');
    },
    async close() {
      await ownApp?.close();
      await close();
    },
  };
}

/** Asks for no token: that is why the page can have a port of its own. */
function serveMetrics(app: FastifyInstance, { page, contentType }: Metrics): void {
  app.get('/metrics', async (_request, reply) => reply.type(contentType).send(await page()));
}
