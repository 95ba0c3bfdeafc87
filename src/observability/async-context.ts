import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';
import type { GraphResponse } from '../domain/observer.js';

/** Request and span that the running code belongs to. Each part is present only while it is observed. */
export interface AsyncContext {
  readonly request?: CurrentRequest;
  readonly span?: ActiveSpan;
}

export interface CurrentRequest {
  readonly id: string;
  /** Outcomes of the operations; a batch has several. */
  readonly outcomes: OperationOutcome[];
}

export type OperationOutcome = Omit<GraphResponse, 'httpStatus'>;

export interface ActiveSpan {
  readonly context: Context;
  /** Fields named as in https://opentelemetry.io/docs/specs/otel/compatibility/logging_trace_context/ */
  readonly logFields: { readonly trace_id: string; readonly span_id: string; readonly trace_flags: string };
}

/** The only AsyncLocalStorage of the process: each one slows down every promise. */
const storage = new AsyncLocalStorage<AsyncContext>();

/** Runs `work` in the current context with the given part replaced. */
export function withContext<T>(part: AsyncContext, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...part }, work);
}

export function currentContext(): AsyncContext {
  return storage.getStore() ?? outside;
}

const outside: AsyncContext = {};
