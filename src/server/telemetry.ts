import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.js';
import type { Observe } from '../domain/observer.js';
import type { Ledger } from '../operations/ledger.js';
import type { Counts, Metrics } from '../observability/metrics/metrics.js';
import { openObservability } from '../observability/observability.js';
import { createApp } from './app.js';
import { instance } from './instance.js';
import { listen } from './listen.js';
import type { Logger } from './log.js';
import { packageVersion } from './package-files.js';

/** Measurements as configured, and the page that serves them. */
export interface Telemetry {
  readonly observe: Observe;
  /** Null without metrics. */
  readonly count: Counts | null;
  /** Serves the metrics page beside the graph, unless it has a port of its own. */
  serveMetricsOn(app: FastifyInstance): void;
  /** Listens on the metrics port, when one is configured. Throws `CannotListen`. */
  listen(): Promise<void>;
  /** Flushes pending measurements. */
  close(): Promise<void>;
}

export async function openTelemetry(
  config: Config,
  ledger: Pick<Ledger, 'countUnsettled'>,
  log: Logger,
): Promise<Telemetry> {
  const { metricsPort: port, resourceAttributes, variablesNotRead, ...settings } = config.observability;
  if (variablesNotRead.length > 0)
    log.warn({ variables: variablesNotRead }, 'variables of OpenTelemetry are set that are not read here');
  const { observe, metrics, close } = await openObservability(settings, {
    log,
    ledger,
    version: packageVersion(),
    instance: { ...resourceAttributes, ...instance },
  });
  const ownApp = metrics && port !== null ? createApp(log) : null;
  if (metrics && ownApp) serveMetrics(ownApp, metrics);

  return {
    observe,
    count: metrics?.count ?? null,
    serveMetricsOn(app) {
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

/** Serves metrics without authentication, which is why the page can have a port of its own. */
function serveMetrics(app: FastifyInstance, { page, contentType }: Metrics): void {
  app.get('/metrics', async (_request, reply) => reply.type(contentType).send(await page()));
}
