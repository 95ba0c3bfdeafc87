import type { Environment } from './environment.js';
import { type ConfigProblem, configProblem } from './problem.js';
import { isWebUrl, WEB_URL } from './rules.js';
import type { ObservabilitySection } from './sections.js';

/** Settings of traces, metrics and the request log. */
export interface ObservabilityConfig {
  /** Collector of spans; null disables tracing. */
  readonly otlpUrl: string | null;
  readonly serviceName: string;
  /** Share of sampled traces among those that begin here. */
  readonly sampleRatio: number;
  readonly metrics: boolean;
  /** Port of the metrics page; null for the graph's own. */
  readonly metricsPort: number | null;
  readonly requestLog: boolean;
}

/** Environment variables of https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
const OTLP_URL = 'OTEL_EXPORTER_OTLP_ENDPOINT';

/** Reads the observability settings, all off by default; the environment overrides the file. */
export function checkObservability(
  section: ObservabilitySection | null,
  env: Environment,
): { readonly observability: ObservabilityConfig; readonly problems: readonly ConfigProblem[] } {
  const otlpUrl = env[OTLP_URL] || null;
  const metricsPort = section?.metricsPort ?? null;
  const observability = {
    otlpUrl: otlpUrl ?? section?.otlpUrl ?? null,
    serviceName: env['OTEL_SERVICE_NAME'] || (section?.serviceName ?? 'upsell-graph'),
    sampleRatio: section?.sampleRatio ?? 1,
    metrics: section?.metrics ?? metricsPort !== null,
    metricsPort,
    requestLog: section?.requestLog ?? false,
  };
  return { observability, problems: otlpUrl === null || isWebUrl(otlpUrl) ? [] : [configProblem(OTLP_URL, WEB_URL)] };
}
