import type { Environment } from './environment.js';
import { type ConfigProblem, configProblem } from './problem.js';
import { isWebUrl, WEB_URL } from './rules.js';
import type { ObservabilitySection } from './sections.js';

/** Settings of traces, metrics and the request log. */
export interface ObservabilityConfig {
  /** Collector of spans; null disables tracing. */
  readonly otlpUrl: string | null;
  readonly serviceName: string;
  /** Attributes that OpenTelemetry's variable adds to all spans. */
  readonly resourceAttributes: Readonly<Record<string, string>>;
  /** OpenTelemetry's variables that are set and have no effect here. */
  readonly variablesNotRead: readonly string[];
  /** Share of sampled traces among those that begin here. */
  readonly sampleRatio: number;
  readonly metrics: boolean;
  /** Port of the metrics page; null for the graph's own. */
  readonly metricsPort: number | null;
  readonly requestLog: boolean;
}

/** Environment variables of https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
const OTLP_URL = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const SERVICE_NAME = 'OTEL_SERVICE_NAME';
const RESOURCE_ATTRIBUTES = 'OTEL_RESOURCE_ATTRIBUTES';

/** What the exporter and the span processor of the SDK read for themselves. */
const readBySdk =
  /^OTEL_(EXPORTER_OTLP_(TRACES_)?(HEADERS|COMPRESSION|CERTIFICATE|CLIENT_KEY|CLIENT_CERTIFICATE)|BSP_(MAX_QUEUE_SIZE|MAX_EXPORT_BATCH_SIZE|SCHEDULE_DELAY)|.*_LIMIT)$/;

const readHere = new Set([OTLP_URL, SERVICE_NAME, RESOURCE_ATTRIBUTES]);

/** Reads the observability settings, all off by default; the environment overrides the file. */
export function checkObservability(
  section: ObservabilitySection | null,
  env: Environment,
): { readonly observability: ObservabilityConfig; readonly problems: readonly ConfigProblem[] } {
  const otlpUrl = env[OTLP_URL] || null;
  const metricsPort = section?.metricsPort ?? null;
  const observability = {
    otlpUrl: otlpUrl ?? section?.otlpUrl ?? null,
    serviceName: env[SERVICE_NAME] || (section?.serviceName ?? 'upsell-graph'),
    resourceAttributes: readAttributes(env[RESOURCE_ATTRIBUTES] ?? ''),
    variablesNotRead: Object.keys(env)
      .filter((name) => name.startsWith('OTEL_') && !readHere.has(name) && !readBySdk.test(name))
      .sort(),
    sampleRatio: section?.sampleRatio ?? 1,
    metrics: section?.metrics ?? metricsPort !== null,
    metricsPort,
    requestLog: section?.requestLog ?? false,
  };
  return { observability, problems: otlpUrl === null || isWebUrl(otlpUrl) ? [] : [configProblem(OTLP_URL, WEB_URL)] };
}

/** Reads `key=value,key=value`, percent-encoded. Leaves out what is not of that form, as the specification asks. */
function readAttributes(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const [key = '', ...rest] = pair.split('=');
      const value = decodePercent(rest.join('=').trim());
      return key.trim() === '' || rest.length === 0 || value === null ? [] : [[key.trim(), value]];
    }),
  );
}

function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
