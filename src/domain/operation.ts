import type { Shopper } from './actor.js';
import type { KnownEffect } from './known-effect.js';
import type { Money } from './money.js';
import type { ProviderProblem } from './problem.js';
import type { EntityRef } from './reference.js';
import type { Refusal } from './refusal.js';
import type { ShopperAction } from './shopper-action.js';
import type { TraceHeaders } from './trace.js';
import type { PlannedStep, WriteKind, WriteProgress, WriteRequest } from './write.js';

/** Status of a write. A timeout after the request left is INDETERMINATE, never FAILED: a retry could charge twice. */
export type OperationStatus =
  | 'SUCCEEDED'
  | 'PENDING'
  | 'REJECTED'
  | 'FAILED'
  | 'PARTIAL'
  | 'INDETERMINATE'
  /** The shopper has to go on: `nextAction` says how. */
  | 'ACTION_REQUIRED';

/** One transition of an operation, for support staff. */
export interface OperationEvent {
  readonly at: Date;
  readonly status: OperationStatus;
  readonly effect: KnownEffect;
  /** Name of the step that led to it; null when none did. */
  readonly step: string | null;
  readonly cause: OperationEventCause;
}

/** REQUEST: the request itself. RECOVERY: a later look. WEBHOOK: a look that a webhook asked for. OPERATOR: a person. */
export type OperationEventCause = 'REQUEST' | 'RECOVERY' | 'WEBHOOK' | 'OPERATOR';

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

/** Difference between the requested and the applied write, found by reading back. */
export interface AppliedDifference {
  readonly field: string;
  readonly requested: string | null;
  readonly applied: string | null;
  /** Whether money, target order or payment method differ. */
  readonly critical: boolean;
}

/** Record of one write, from request to settled outcome. */
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
  /** Hash of what was asked for, guards left out: the same key with another decision is a conflict. */
  readonly inputHash: string;
  /** What is proven about the order. */
  readonly effect: KnownEffect;
  readonly nextAction: ShopperAction | null;
  /** Every transition, oldest first. */
  readonly history: readonly OperationEvent[];
  /** Name under which writes to the same order take turns; null until the order is known. */
  readonly lockName: string | null;
  /** Name of the line the write is about; null when it names none. */
  readonly lineName: string | null;
  /** Set before the first write is sent; null while nothing was sent. */
  readonly progress: WriteProgress | null;
  /** Step whose request may have left and whose outcome is not recorded yet. */
  readonly inFlightStep: InFlightStep | null;
  /** All writes to send, in order; empty until the target was read. */
  readonly plannedSteps: readonly PlannedStep[];
  /** State and limits before the write, compared with the result. */
  readonly baseline: Baseline | null;
  readonly orderRef: EntityRef<'Order'> | null;
  readonly lineItemRef: EntityRef<'LineItem'> | null;
  readonly subscriptionRef: EntityRef<'SubscriptionContract'> | null;
  readonly errors: readonly Refusal[];
  readonly differences: readonly AppliedDifference[];
  readonly steps: readonly OperationStep[];
  readonly createdAt: Date;
  readonly settledAt: Date | null;
  /** Trace of the request that started the write. */
  readonly trace?: TraceHeaders;
  /** Incremented by each saved transition, so that two processes never both continue one operation. */
  readonly version: number;
}

/** Total of the order before the write, and the allowed increase. */
export interface Baseline {
  readonly orderTotal: Money | null;
  /** Expected increase at most; null when the provider states no price. */
  readonly expectedIncrease: Money | null;
  /** Largest increase the shopper allows. */
  readonly maxIncrease: Money | null;
}

export interface InFlightStep {
  readonly name: string;
  readonly sentAt: Date;
  /** What the provider said, once it said no; null while it is silent. */
  readonly refusal: Refusal | null;
  /** The provider documents that what it said leaves nothing behind. */
  readonly isRuledOut: boolean;
  /** When a look first showed the order closed; null while none has. */
  readonly seenClosedAt: Date | null;
}

export function isSettled({ status }: Pick<Operation, 'status'>): boolean {
  return status !== 'PENDING' && status !== 'INDETERMINATE';
}
