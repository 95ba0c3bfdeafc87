import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type Span,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { TraceHeaders } from '../../domain/observer.js';
import type { ActiveSpan } from '../active-span.js';

const w3c = new W3CTraceContextPropagator();

/** The caller's trace; a new one when it sent none, or none that can be read. */
export function incoming(headers: TraceHeaders): Context {
  return w3c.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
}

export function outgoing(context: Context): TraceHeaders {
  const headers: Record<string, string> = {};
  w3c.inject(context, headers, defaultTextMapSetter);
  return headers;
}

export function toActive(span: Span, parent: Context): ActiveSpan {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    context: trace.setSpan(parent, span),
    logFields: { trace_id: traceId, span_id: spanId, trace_flags: traceFlags.toString(16).padStart(2, '0') },
  };
}
