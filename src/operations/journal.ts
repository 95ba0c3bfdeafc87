import type { Clock } from '../domain/moment.js';
import { type InFlightStep, isSettled, type Operation, type OperationStep } from '../domain/operation.js';
import type { Refusal } from '../domain/refusal.js';
import type { StepResult, WriteProgress } from '../domain/write.js';
import type { Ledger } from './ledger.js';

/** Between two looks at an operation whose outcome is unknown. */
const MIN_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 5 * 60_000;

export interface LeasePolicy {
  /** A process silent for this long is taken for dead. */
  readonly leaseMs: number;
  /** An operation open for this long is left for a person to look at. */
  readonly giveUpMs: number;
}

/** How an operation ends, or rests while its outcome is unknown. */
export type Settlement = Pick<Operation, 'status'> & Partial<Pick<Operation, 'errors' | 'differences'>> & RecordRefs;

type RecordRefs = Partial<Pick<Operation, 'orderRef' | 'lineItemRef' | 'subscriptionRef'>>;

/** Writes one operation's transitions to the ledger, one transaction each, and knows its present state. */
export class Journal {
  constructor(
    private readonly ledger: Ledger,
    private current: Operation,
    private readonly clock: Clock,
    private readonly patience: LeasePolicy,
  ) {}

  get operation(): Operation {
    return this.current;
  }

  async targetRead(target: Pick<Operation, 'plannedSteps' | 'baseline' | 'orderRef'>): Promise<void> {
    await this.save(target);
  }

  /** Must be on record before the request leaves: what is not recorded was not sent. */
  async aboutToSend(progress: WriteProgress, step: string): Promise<InFlightStep> {
    const inFlightStep = { name: step, sentAt: this.clock() };
    await this.save({ progress, inFlightStep });
    return inFlightStep;
  }

  async stepDone(step: OperationStep, progress: WriteProgress, stepResult: StepResult): Promise<WriteProgress> {
    const next = { ...progress, done: { ...progress.done, [step.name]: stepResult } };
    await this.save({ progress: next, inFlightStep: null, steps: this.stepsWith(step) });
    return next;
  }

  /** Settles, or rests while the outcome is unknown. `step` is what was learned last. */
  async settle(settlement: Settlement, step?: OperationStep): Promise<Operation> {
    const steps = step ? this.stepsWith(step) : this.current.steps;
    const next = { ...this.current, ...settlement, steps };
    // The step in flight stays on record while nobody knows what became of it.
    const after = isSettled(next) ? { inFlightStep: null, settledAt: this.clock() } : { settledAt: null };
    await this.save({ ...settlement, ...after, steps });
    return this.current;
  }

  refuse(status: 'REJECTED' | 'FAILED', refusal: Refusal, step?: OperationStep): Promise<Operation> {
    return this.settle({ status, errors: [refusal] }, step);
  }

  /** A step seen again takes the place of what was known of it. */
  private stepsWith(step: OperationStep): readonly OperationStep[] {
    return [...this.current.steps.filter(({ name }) => name !== step.name), step];
  }

  private async save(change: Partial<Operation>): Promise<void> {
    const next = { ...this.current, ...change };
    this.current = await this.ledger.save(next, { until: leaseEnd(next, this.clock(), this.patience) });
  }
}

/** A running operation is left to its process; a resting one is looked at again the later the older it is, and at last no more. */
function leaseEnd(operation: Operation, now: Date, { leaseMs, giveUpMs }: LeasePolicy): Date | null {
  if (isSettled(operation)) return null;
  if (operation.status === 'PENDING') return new Date(now.getTime() + leaseMs);
  const age = now.getTime() - operation.createdAt.getTime();
  if (age >= giveUpMs) return null;
  return new Date(now.getTime() + Math.min(Math.max(age / 4, MIN_BACKOFF_MS), MAX_BACKOFF_MS));
}
