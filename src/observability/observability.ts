import { type Observe, unobserved } from '../domain/observer.js';
import type { Ledger } from '../operations/ledger.js';
import type { Metrics } from './metrics/metrics.js';
import { type LineWriter, logRecorders } from './request-log.js';
import { timed } from './timed.js';
import type { Tracing } from './tracing/tracing.js';

export interface ObservabilityOptions {
  /** Collector of spans; null disables tracing. */
  readonly otlpUrl: string | null;
  readonly serviceName: string;
  readonly sampleRatio: number;
  readonly metrics: boolean;
  readonly requestLog: boolean;
}

export interface ObservabilityParts {
  readonly log: LineWriter;
  readonly ledger: Pick<Ledger, 'countUnsettled'>;
  readonly version: string;
  /** What tells this process from others, as resource attributes of its spans. */
  readonly instance: Readonly<Record<string, string>>;
}

export interface Observability {
  readonly observe: Observe;
  readonly metrics: Metrics | null;
  close(): Promise<void>;
}

/** Starts the enabled parts. Never loads the libraries of disabled ones. */
export async function openObservability(
  options: ObservabilityOptions,
  parts: ObservabilityParts,
): Promise<Observability> {
  const { log } = parts;
  const tracing = await openTracing(options, parts);
  const metrics = options.metrics ? await openMetrics(parts) : null;
  return {
    // The log runs inside the span, so that its lines carry the trace.
    observe: combine([
      ...(tracing ? [tracing.observe] : []),
      ...(metrics ? [metrics.observe] : []),
      ...(options.requestLog ? [timed(logRecorders(log))] : []),
    ]),
    metrics,
    close: async () => tracing?.close(),
  };
}

async function openTracing(
  options: ObservabilityOptions,
  { log, version, instance }: ObservabilityParts,
): Promise<Tracing | null> {
  const { otlpUrl, serviceName, sampleRatio } = options;
  if (otlpUrl === null) return null;
  const { startTracing } = await import('./tracing/tracing.js');
  return startTracing({
    otlpUrl,
    serviceName,
    serviceVersion: version,
    instance,
    sampleRatio,
    onExportChange(failure) {
      if (failure) log.warn({ err: failure }, 'spans cannot be exported');
      else log.info({}, 'spans are exported again');
    },
  });
}

async function openMetrics({ ledger, log }: ObservabilityParts): Promise<Metrics> {
  const { startMetrics } = await import('./metrics/metrics.js');
  return startMetrics(ledger, (error) => log.warn({ err: error }, 'the ledger cannot be counted'));
}

/** Nests observers around the same work and merges their trace headers. */
function combine(observers: readonly Observe[]): Observe {
  return observers.reduceRight<Observe>(
    (inner, outer) => (inner === unobserved ? outer : nest(outer, inner)),
    unobserved,
  );
}

function nest(outer: Observe, inner: Observe): Observe {
  return (name, begin, work, endOf) =>
    outer(name, begin, (outerTrace) => inner(name, begin, (trace) => work({ ...outerTrace, ...trace }), endOf), endOf);
}
