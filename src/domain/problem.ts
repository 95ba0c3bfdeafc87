import type { NotSentReason } from './transport.js';

export type ProviderProblemKind =
  | 'AUTHENTICATION'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'REJECTED'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'TIMEOUT'
  | 'UNAVAILABLE'
  /** A response that does not have the documented shape. */
  | 'CONTRACT_DRIFT';

/** Describes a provider failure. `detail` is our own sentence: never a secret, never the provider's body. */
export interface ProviderProblem {
  readonly kind: ProviderProblemKind;
  readonly httpStatus: number | null;
  readonly detail: string;
  readonly retryAt: Date | null;
  /** Reason why the request was not sent: nothing was done at the provider. */
  readonly notSent?: NotSentReason;
  /** Records of a list that were left out; absent when it is not known how many. */
  readonly leftOut?: LeftOut;
}

/** How many records of a list were left out, by the reason why. */
export interface LeftOut {
  /** Records that could not be read. */
  readonly unreadable: number;
  /** Records of somebody else. */
  readonly foreign: number;
}

/** Thrown when a whole call fails. `problem` may be shown to clients, `cause` only to the log. */
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

/** Returns the problem of a `ProviderFailure`; rethrows any other error, which is a bug. */
export function problemOf(error: unknown): ProviderProblem {
  if (error instanceof ProviderFailure) return error.problem;
  throw error;
}

/** Returns the problem of a list that may lack records; null where records lack no more than a fact. */
export function lossIn(of: ProviderProblem | null): ProviderProblem | null {
  const { leftOut } = of ?? {};
  return leftOut && leftOut.unreadable + leftOut.foreign === 0 ? null : of;
}

/** Joins the problems of a list made of two lists. */
export function joinProblems(one: ProviderProblem | null, other: ProviderProblem | null): ProviderProblem | null {
  if (one === null || other === null) return one ?? other;
  return other.leftOut ? leavingOut(one, other, other.leftOut) : other;
}

/** Adds records that were left out to the problem a list has already; a list of unknown length stays one. */
export function leavingOut(
  known: ProviderProblem | null,
  why: ProviderProblem,
  { unreadable = 0, foreign = 0 }: Partial<LeftOut>,
): ProviderProblem {
  if (known === null) return { ...why, leftOut: { unreadable, foreign } };
  if (known.leftOut === undefined) return known;
  const { leftOut } = known;
  return { ...known, leftOut: { unreadable: leftOut.unreadable + unreadable, foreign: leftOut.foreign + foreign } };
}
