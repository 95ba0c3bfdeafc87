import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  type Link,
  ROOT_CONTEXT,
  type Span,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { TraceHeaders } from '../../domain/trace.js';
import type { ActiveSpan } from '../async-context.js';

const w3c = new W3CTraceContextPropagator();

/** Extracts the caller's trace; a new one when the headers are absent or malformed. */
export function incoming(headers: TraceHeaders): Context {
  return w3c.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
}

export function outgoing(context: Context): TraceHeaders {
  const headers: Record<string, string> = {};
  w3c.inject(context, headers, defaultTextMapSetter);
  return headers;
}

/** Links to the span in the headers, when there is one. */
export function linksTo(headers: TraceHeaders): Link[] {
  const context = trace.getSpanContext(incoming(headers));
  return context ? [{ context }] : [];
}

export function toActiveSpan(span: Span, parent: Context): ActiveSpan {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    context: trace.setSpan(parent, span),
    logFields: { trace_id: traceId, span_id: spanId, trace_flags: traceFlags.toString(16).padStart(2, '0') },
  };
}
