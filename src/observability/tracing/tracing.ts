import { ROOT_CONTEXT, type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { Observe } from '../../domain/observer.js';
import { currentContext, withContext } from '../async-context.js';
import { failureName } from '../failure-name.js';
import { createExporter, EXPORT_TIMEOUT_MS } from './exporter.js';
import { endOf as describeEnd, type SpanEnd, startOf } from './spans.js';
import { incoming, linksTo, outgoing, toActiveSpan } from './trace-context.js';

export interface TracingOptions {
  /** Of the collector, without `/v1/traces`. */
  readonly otlpUrl: string;
  readonly serviceName: string;
  readonly serviceVersion: string;
  /** Of the traces that begin here; a caller that began one has decided. */
  readonly sampleRatio: number;
  readonly onExportChange: (failure: Error | null) => void;
}

export interface Tracing {
  readonly observe: Observe;
  /** Sends what is left. */
  close(): Promise<void>;
}

export function startTracing(options: TracingOptions): Tracing {
  const provider = new BasicTracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': options.serviceName, 'service.version': options.serviceVersion }),
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
    // An export that fails has been told already.
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
