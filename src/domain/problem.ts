import type { WithheldReason } from './transport.js';

export type ProviderProblemKind =
  | 'AUTHENTICATION'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'REJECTED'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'TIMEOUT'
  | 'UNAVAILABLE'
  /** An answer that does not have the documented shape. */
  | 'CONTRACT_DRIFT';

/** A failure at a provider. `detail` is our own sentence: never a secret, never the provider's body. */
export interface ProviderProblem {
  readonly kind: ProviderProblemKind;
  readonly httpStatus: number | null;
  readonly detail: string;
  readonly retryAt: Date | null;
  /** Why this layer held the request back: the provider was not asked, so nothing was done. */
  readonly withheld?: WithheldReason;
}

/** Thrown where a whole call failed; `problem` may be shown to clients, `cause` only to the log. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';

  constructor(
    readonly problem: ProviderProblem,
    options?: ErrorOptions,
  ) {
    super(problem.detail, options);
  }
}

export function problem(
  kind: ProviderProblemKind,
  detail: string,
  more: Partial<Pick<ProviderProblem, 'httpStatus' | 'retryAt'>> = {},
): ProviderProblem {
  return { kind, detail, httpStatus: more.httpStatus ?? null, retryAt: more.retryAt ?? null };
}

/** The problem behind any error a provider call may end in; other errors are bugs and go on. */
export function problemOf(error: unknown): ProviderProblem {
  if (error instanceof ProviderFailure) return error.problem;
  throw error;
}
