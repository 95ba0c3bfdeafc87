import { AsyncLocalStorage } from 'node:async_hooks';
import type { GraphOutcome, GraphResponse } from '../domain/observer.js';

type Answer = Omit<GraphResponse, 'httpStatus'>;

interface CurrentRequest {
  readonly id: string;
  /** Of each operation; a batch has several. */
  readonly answers: Answer[];
}

const current = new AsyncLocalStorage<CurrentRequest>();

/** Everything `work` starts knows the request it belongs to. */
export function withRequest<T>(id: string, work: () => T): T {
  return current.run({ id, answers: [] }, work);
}

export function currentRequestId(): string | null {
  return current.getStore()?.id ?? null;
}

/** What came of an operation of the current request, for whoever measures it. */
export function noteAnswer(answer: Answer): void {
  current.getStore()?.answers.push(answer);
}

/** What came of the whole request. */
export function answerWith(httpStatus: number): GraphResponse {
  const [first = unanswered, ...others] = current.getStore()?.answers ?? [];
  if (first.outcome === 'refused' && httpStatus >= 500) return { ...first, outcome: 'failed', httpStatus };
  if (others.length === 0) return { ...first, httpStatus };
  const outcomes = new Set([first, ...others].map(({ outcome }) => outcome));
  return { ...unanswered, outcome: worstFirst.find((outcome) => outcomes.has(outcome)) ?? 'ok', httpStatus };
}

/** Of a request that did not get as far as the graph, or had several operations, only the outcome is told. */
const unanswered: Answer = { operation: null, errorCode: null, outcome: 'refused' };

const worstFirst: readonly GraphOutcome[] = ['failed', 'refused', 'partial', 'ok'];
