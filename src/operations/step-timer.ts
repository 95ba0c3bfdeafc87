import type { Clock } from '../domain/moment.js';
import type { OperationStep, StepOutcome } from '../domain/operation.js';
import type { ProviderProblem } from '../domain/problem.js';
import type { Timers } from './timers.js';

/** Records a step: call it with what came of the step. */
export type FinishStep = (outcome: StepOutcome, attempts: number, problem?: ProviderProblem | null) => OperationStep;

/** Starts timing a step. */
export function startStep(
  name: string,
  { clock, timers }: { readonly clock: Clock; readonly timers: Timers },
): FinishStep {
  const startedAt = clock();
  const startedMs = timers.monotonicMs();
  return (outcome, attempts, problem = null) => ({
    name,
    outcome,
    startedAt,
    durationMs: Math.round(timers.monotonicMs() - startedMs),
    attempts,
    problem,
  });
}
