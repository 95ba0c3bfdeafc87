import type { GraphOutcome, GraphResponse } from '../domain/observer.js';
import { currentContext, type OperationOutcome } from '../observability/async-context.js';

/** Records the outcome of an operation of the current request. */
export function recordOperationOutcome(outcome: OperationOutcome): void {
  currentContext().request?.outcomes.push(outcome);
}

/** Combines the outcomes of the operations into that of the request. */
export function requestOutcome(httpStatus: number): GraphResponse {
  const [first = notExecuted, ...others] = currentContext().request?.outcomes ?? [];
  if (first.outcome === 'refused' && httpStatus >= 500) return { ...first, outcome: 'failed', httpStatus };
  if (others.length === 0) return { ...first, httpStatus };
  const outcomes = new Set([first, ...others].map(({ outcome }) => outcome));
  return { ...notExecuted, outcome: worstFirst.find((outcome) => outcomes.has(outcome)) ?? 'ok', httpStatus };
}

/** Outcome of a request that failed before the graph; a batch reports only a combined outcome. */
const notExecuted: OperationOutcome = { operation: null, errorCode: null, outcome: 'refused' };

const worstFirst: readonly GraphOutcome[] = ['failed', 'refused', 'partial', 'ok'];
