import type { Clock } from '../domain/moment.js';
import type { OperationStep, StepOutcome } from '../domain/operation.js';
import type { ProviderProblem } from '../domain/problem.js';

/** Starts timing a step; call the result when its outcome is known. */
export function startStep(name: string, clock: Clock) {
  const startedAt = clock();
  const begun = performance.now();
  return (outcome: StepOutcome, attempts: number, problem: ProviderProblem | null = null): OperationStep => ({
    name,
    outcome,
    startedAt,
    durationMs: Math.round(performance.now() - begun),
    attempts,
    problem,
  });
}
