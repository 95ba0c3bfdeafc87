import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';
import type { GraphResponse } from '../domain/observer.js';

/** What the running code belongs to: request, span, account. Each part is present only while it is observed. */
export interface AsyncContext {
  readonly request?: CurrentRequest;
  readonly span?: ActiveSpan;
  /** Receives the name of a field of a provider whose value was not understood. */
  readonly surprise?: (field: string) => void;
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

/** The only AsyncLocalStorage of the process: each one slows down every promise, from its first use on. */
const storage = new AsyncLocalStorage<AsyncContext>();
let isUsedForGood = false;

/** Runs `work` in the current context with the given part replaced. */
export function withContext<T>(part: AsyncContext, work: () => T): T {
  isUsedForGood = true;
  return storage.run({ ...storage.getStore(), ...part }, work);
}

/** Runs `work` as `withContext` does, until `endPassingContexts`: for a part that is of use only at times. */
export function withPassingContext<T>(part: AsyncContext, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...part }, work);
}

/** Takes the passing contexts away, and with them what they cost, unless there are others. */
export function endPassingContexts(): void {
  if (!isUsedForGood) storage.disable();
}

/** Whether contexts cost nothing more, because promises are followed in any case. */
export function areContextsKept(): boolean {
  return isUsedForGood;
}

export function currentContext(): AsyncContext {
  return storage.getStore() ?? outside;
}

const outside: AsyncContext = {};
