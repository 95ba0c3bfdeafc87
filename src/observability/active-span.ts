import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';

/** The span that is running, as its children and the log want to know it. */
export interface ActiveSpan {
  readonly context: Context;
  /** Named as in https://opentelemetry.io/docs/specs/otel/compatibility/logging_trace_context/ */
  readonly logFields: { readonly trace_id: string; readonly span_id: string; readonly trace_flags: string };
}

const active = new AsyncLocalStorage<ActiveSpan>();

/** Everything `work` starts belongs to the span. */
export function withActiveSpan<T>(span: ActiveSpan, work: () => T): T {
  return active.run(span, work);
}

export function activeSpan(): ActiveSpan | null {
  return active.getStore() ?? null;
}
