import type { ObservabilitySection } from './sections.js';

/** What of each request is measured, and where that goes. */
export interface ObservabilityConfig {
  /** Collector of spans; null: none are made. */
  readonly otlpUrl: string | null;
  readonly serviceName: string;
  /** Of the traces that begin here. */
  readonly sampleRatio: number;
  readonly metrics: boolean;
  /** Null: beside the graph. */
  readonly metricsPort: number | null;
  readonly requestLog: boolean;
}

/** Everything is off unless it is asked for. */
export function toObservability(section: ObservabilitySection | null): ObservabilityConfig {
  const metricsPort = section?.metricsPort ?? null;
  return {
    otlpUrl: section?.otlpUrl ?? null,
    serviceName: section?.serviceName ?? 'upsell-graph',
    sampleRatio: section?.sampleRatio ?? 1,
    metrics: section?.metrics ?? metricsPort !== null,
    metricsPort,
    requestLog: section?.requestLog ?? false,
  };
}
