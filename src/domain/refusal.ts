import type { Scope } from './actor.js';
import type { Capability } from './capability.js';
import type { EligibilityReason, Remedy } from './eligibility.js';
import type { LineItem } from './line-item.js';
import type { Money } from './money.js';
import type { KnownEffect } from './known-effect.js';
import type { PaymentFailureReason } from './payment-failure.js';
import type { ProviderProblem } from './problem.js';
import type { EntityRef } from './reference.js';

export const refusalCodes = [
  'VALIDATION',
  'NOT_FOUND',
  'NOT_PERMITTED',
  'NOT_ELIGIBLE',
  'CAPABILITY_MISSING',
  'TARGET_MOVED',
  'PRICE_GUARD',
  'DUPLICATE_ITEM',
  'PAYMENT',
  'IDEMPOTENCY_CONFLICT',
  'OUTCOME_UNKNOWN',
  'PROVIDER',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/**
 * SAME_KEY: send the same request again. NEW_REQUEST: change it and make a new key.
 * CHECK_OPERATION: the outcome is unknown, ask `operation` first. NEVER: asking again cannot help.
 */
export type RetryAdvice = 'SAME_KEY' | 'NEW_REQUEST' | 'CHECK_OPERATION' | 'NEVER';

/** A rule inputs keep to. */
export type ValidationRule =
  | 'ACCOUNT_KEY'
  | 'AMOUNT'
  | 'COUNT'
  | 'CURSOR'
  | 'FORMAT'
  | 'FREQUENCY_NAMED'
  | 'ID'
  | 'LENGTH'
  | 'PREVIEW_EXPIRED'
  | 'PREVIEW_MATCHES'
  | 'PRODUCT_NAMED'
  | 'RANGE'
  | 'SAME_ACCOUNT'
  | 'SAME_ORDER'
  | 'UNIQUE'
  | 'WELL_FORMED';

interface Base<Code extends RefusalCode> {
  readonly code: Code;
  /** One sentence. The graph words it apart for developers and for shoppers. */
  readonly message: string;
  /** Path into the input. */
  readonly path: readonly string[] | null;
  readonly retry: RetryAdvice;
  /** What is proven about the order; absent for a refusal before anything was sent. */
  readonly effect?: KnownEffect;
}

/** Expected refusal, returned as data. Each code has its own shape, and its own error type in the graph. */
export type Refusal =
  | (Base<'VALIDATION'> & { readonly rule: ValidationRule })
  | Base<'NOT_FOUND'>
  | (Base<'NOT_PERMITTED'> & { readonly neededScopes: readonly Scope[] })
  | (Base<'NOT_ELIGIBLE'> & { readonly reasons: readonly EligibilityReason[] })
  | (Base<'CAPABILITY_MISSING'> & { readonly capability: Capability })
  | (Base<'TARGET_MOVED'> & { readonly actualOrderRef: EntityRef<'Order'> | null })
  | (Base<'PRICE_GUARD'> & { readonly allowed: Money; readonly found: Money | null })
  | (Base<'DUPLICATE_ITEM'> & { readonly existing: LineItem })
  | (Base<'PAYMENT'> & {
      readonly reason: PaymentFailureReason;
      readonly remedy?: Remedy;
    })
  | (Base<'IDEMPOTENCY_CONFLICT'> & { readonly operationId: string; readonly inFlight: boolean })
  | (Base<'OUTCOME_UNKNOWN'> & {
      readonly operationId: string;
      /** Nothing more will be known: other orders hold something like it, whoever asked for that. */
      readonly mayBeOn?: readonly EntityRef<'Order'>[];
    })
  | (Base<'PROVIDER'> & { readonly problem: ProviderProblem });

export type RefusalOf<Code extends RefusalCode> = Extract<Refusal, { code: Code }>;

export function invalid(path: readonly string[], rule: ValidationRule, message: string): RefusalOf<'VALIDATION'> {
  return { code: 'VALIDATION', message, path, retry: 'NEW_REQUEST', rule };
}

/** Refuses a missing record, and a foreign one in the same words. */
export function notFound(path: readonly string[], what: string): RefusalOf<'NOT_FOUND'> {
  return { code: 'NOT_FOUND', message: `There is no such ${what}.`, path, retry: 'NEVER' };
}

export function notEligible(reasons: readonly EligibilityReason[]): RefusalOf<'NOT_ELIGIBLE'> {
  const message = reasons.find(({ blocking }) => blocking)?.message ?? 'This cannot be added to the order.';
  return { code: 'NOT_ELIGIBLE', message, path: null, retry: 'NEW_REQUEST', reasons };
}

export function capabilityMissing(capability: Capability): RefusalOf<'CAPABILITY_MISSING'> {
  const message = capability.note ?? 'The provider of this order does not offer this.';
  return { code: 'CAPABILITY_MISSING', message, path: null, retry: 'NEVER', capability };
}

/**
 * Makes the refusal of a write that failed at the provider. What that means for the order is told by the effect of the
 * operation, never here.
 */
export function providerFailed(problem: ProviderProblem, retry: RetryAdvice): RefusalOf<'PROVIDER'> {
  return { code: 'PROVIDER', message: 'The shop could not do this.', path: null, retry, problem };
}
