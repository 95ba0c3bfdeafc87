import type { LineItem } from '../../domain/line-item.js';
import type { AppliedDifference } from '../../domain/operation.js';
import type { ProviderProblem } from '../../domain/problem.js';
import type { PlannedStep, StepResult } from '../../domain/write.js';
import { type Finding, type Sight, weigh } from './weigh.js';

/** What can be seen of everything a step was to bring about. `partly`: some is in force, and the rest is not there. */
export interface StepFinding {
  readonly state: 'in_force' | 'partly' | 'absent' | 'unclear';
  readonly keys: StepResult;
  readonly differences: readonly AppliedDifference[];
  readonly movedTo: LineItem | null;
  readonly isFailing: boolean;
  readonly problem: ProviderProblem | null;
  /** Lines that may be what the step added, or anybody's. */
  readonly candidates: readonly LineItem[];
}

const unseen: StepFinding = {
  state: 'absent',
  keys: {},
  differences: [],
  movedTo: null,
  isFailing: false,
  problem: null,
  candidates: [],
};

/** Looks for the effects of a step, unless it cannot have been sent: it would claim what others did. */
export function findStep({ expects }: PlannedStep, isUnsent: boolean, sight: Sight): StepFinding {
  if (isUnsent) return unseen;
  const findings = expects.map((expected) => weigh(expected, sight));
  const seen = findings.filter((finding) => finding.state === 'in_force');
  const unclear = findings.filter((finding) => finding.state === 'unclear');
  return {
    state: stateOf(findings),
    keys: seen.reduce<StepResult>((keys, finding) => ({ ...keys, ...finding.keys }), {}),
    differences: seen.flatMap(({ differences }) => differences),
    movedTo: seen.find(({ movedTo }) => movedTo !== null)?.movedTo ?? null,
    isFailing: seen.some(({ isFailing }) => isFailing),
    problem: unclear.find(({ problem }) => problem !== null)?.problem ?? null,
    candidates: unclear.flatMap(({ candidates }) => candidates),
  };
}

function stateOf(findings: readonly Finding[]): StepFinding['state'] {
  const states = new Set(findings.map(({ state }) => state));
  if (states.has('unclear')) return 'unclear';
  if (states.size === 2) return 'partly';
  return states.has('absent') ? 'absent' : 'in_force';
}
