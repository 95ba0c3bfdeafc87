import type { Shopper } from './actor.js';
import type { Money } from './money.js';
import type { ProviderProblem } from './problem.js';
import type { EntityRef } from './reference.js';
import type { Refusal } from './refusal.js';
import type { TraceHeaders } from './trace.js';
import type { WriteKind, WriteProgress, WriteRequest } from './write.js';

/** A timeout after the request left is INDETERMINATE, never FAILED: sending it again could charge twice. */
export type OperationStatus = 'SUCCEEDED' | 'PENDING' | 'REJECTED' | 'FAILED' | 'PARTIAL' | 'INDETERMINATE';

export type StepOutcome = 'DONE' | 'FAILED' | 'UNKNOWN' | 'REVERTED_BY_PROVIDER' | 'COMPENSATED';

export interface OperationStep {
  /** `add_item`, `create_subscription`, `read_back`, … */
  readonly name: string;
  readonly outcome: StepOutcome;
  readonly startedAt: Date;
  readonly durationMs: number | null;
  readonly attempts: number;
  readonly problem: ProviderProblem | null;
}

/** Found by reading back: what was asked against what the provider did. */
export interface AppliedDifference {
  readonly field: string;
  readonly requested: string | null;
  readonly applied: string | null;
  /** Money, target order or payment method differ. */
  readonly critical: boolean;
}

/** One write, from request to settled outcome. */
export interface Operation {
  /** UUID. */
  readonly id: string;
  readonly kind: WriteKind;
  readonly status: OperationStatus;
  readonly idempotencyKey: string;
  /** Owner: only this actor may read it or use its key. */
  readonly actorId: string;
  readonly account: string;
  readonly shopper: Shopper;
  readonly request: WriteRequest;
  /** Of the whole input, guards included: the same key with another input is a conflict. */
  readonly inputHash: string;
  /** Set before the first write is sent; null means that nothing was sent. */
  readonly progress: WriteProgress | null;
  /** The step whose request was about to leave and whose outcome is not recorded yet. */
  readonly inFlightStep: InFlightStep | null;
  /** All the writes it takes, in order; empty until the target was read. */
  readonly plannedSteps: readonly string[];
  /** What the shopper was shown and allowed, to compare with what was done. */
  readonly baseline: Baseline | null;
  readonly orderRef: EntityRef<'Order'> | null;
  readonly lineItemRef: EntityRef<'LineItem'> | null;
  readonly subscriptionRef: EntityRef<'SubscriptionContract'> | null;
  readonly errors: readonly Refusal[];
  readonly differences: readonly AppliedDifference[];
  readonly steps: readonly OperationStep[];
  readonly createdAt: Date;
  readonly settledAt: Date | null;
  /** Of the request that began it. */
  readonly trace?: TraceHeaders;
  /** Grows with each saved transition, so that two processes never both go on with one operation. */
  readonly version: number;
}

/** The order's money before the write. */
export interface Baseline {
  readonly orderTotal: Money | null;
  /** The most the order should grow by; null when the provider states no price. */
  readonly expectedIncrease: Money | null;
  /** The most the shopper allows. */
  readonly maxIncrease: Money | null;
}

export interface InFlightStep {
  readonly name: string;
  readonly sentAt: Date;
}

export function isSettled({ status }: Pick<Operation, 'status'>): boolean {
  return status !== 'PENDING' && status !== 'INDETERMINATE';
}
