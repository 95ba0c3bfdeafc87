import { ROOT_CONTEXT, type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { Observe } from '../../domain/observer.js';
import { currentContext, withContext } from '../async-context.js';
import { failureName } from '../failure-name.js';
import { endOf as describeEnd, type SpanEnd, startOf } from './spans.js';
import { incoming, linksTo, outgoing, toActiveSpan } from './trace-context.js';
import { AsyncResource } from 'node:async_hooks';
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';

export interface TracingOptions {
  /** Base URL of the collector, without `/v1/traces`. */
  readonly otlpUrl: string;
  readonly serviceName: string;
  readonly serviceVersion: string;
  readonly instance: Readonly<Record<string, string>>;
  /** Share of sampled traces among those that begin here; otherwise the caller decides. */
  readonly sampleRatio: number;
  readonly onExportChange: (failure: Error | null) => void;
}

export interface Tracing {
  readonly observe: Observe;
  /** Flushes pending spans. */
  close(): Promise<void>;
}

export function startTracing(options: TracingOptions): Tracing {
  const provider = new BasicTracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        ...options.instance,
        'service.name': options.serviceName,
        'service.version': options.serviceVersion,
      }),
    ),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.sampleRatio) }),
    spanProcessors: [
      new BatchSpanProcessor(createExporter(options.otlpUrl, options.onExportChange), {
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      }),
    ],
  });
  return {
    observe: traceWith(provider.getTracer('upsell-graph', options.serviceVersion)),
    // A failed export was reported already.
    close: () => provider.shutdown().catch(() => {}),
  };
}

function traceWith(tracer: Tracer): Observe {
  return async (name, begin, work, endOf) => {
    const parent = 'trace' in begin ? incoming(begin.trace) : (currentContext().span?.context ?? ROOT_CONTEXT);
    const { name: title, after = {}, ...start } = startOf[name](begin);
    const span = tracer.startSpan(title, { ...start, links: linksTo(after) }, parent);
    const active = toActiveSpan(span, parent);
    try {
      const result = await withContext({ span: active }, () => work(outgoing(active.context)));
      finish(span, describeEnd[name](endOf(result)));
      return result;
    } catch (error) {
      finish(span, { attributes: {}, errorType: failureName(error), isFault: true });
      throw error;
    } finally {
      span.end();
    }
  };
}

function finish(span: Span, { attributes, name, errorType, isFault }: SpanEnd): void {
  if (name !== undefined) span.updateName(name);
  span.setAttributes(attributes);
  if (errorType === null) return;
  span.setAttribute('error.type', errorType);
  if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Timeout of an export, retries included, which bounds how long a dead collector delays the exit. */
const EXPORT_TIMEOUT_MS = 5_000;

/** Exports spans to a collector, and reports only the changes between failing and working. */
function createExporter(otlpUrl: string, onChange: (failure: Error | null) => void): SpanExporter {
  const url = `${otlpUrl.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS });
  // Exports run in the context of the request that started the batch, but do not belong to it.
  const tell = AsyncResource.bind(onChange);
  let isFailing = false;

  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const hasFailed = result.code === ExportResultCode.FAILED;
        if (hasFailed !== isFailing) tell(hasFailed ? (result.error ?? new Error('no reason given')) : null);
        isFailing = hasFailed;
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}
