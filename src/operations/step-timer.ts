import type { OperationStep, StepOutcome } from '../domain/operation.js';
import type { ProviderProblem } from '../domain/problem.js';
import type { Timers } from './timers.js';

/** Records a step: call it with what came of the step. */
export type FinishStep = (outcome: StepOutcome, attempts: number, problem?: ProviderProblem | null) => OperationStep;

/** Starts timing a step. */
export function startStep(
  name: string,
  { now, timers }: { now(): Date; readonly timers: Pick<Timers, 'monotonicMs'> },
): FinishStep {
  const startedAt = now();
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
