/** Limits the calls to a provider. */
export interface CallLimit {
  /** Calls that are counted, for the operator; every call when absent. */
  readonly counts?: string;
  /** Maximum number of concurrent calls. */
  readonly parallel?: number;
  /** Maximum number of calls in a sliding window. */
  readonly rate?: Rate;
  /** Wider limit that applies as well; `all` when absent. */
  readonly within?: string;
}

export interface Rate {
  readonly calls: number;
  readonly seconds: number;
  /** A bucket of `calls` that drains evenly, and is empty after `seconds`; a sliding window when absent. */
  readonly drains?: boolean;
}

/** Call limits of an account: `all` counts every call, the others count the calls that name them. */
export interface CallLimits {
  readonly all: CallLimit & { readonly parallel: number };
  readonly [name: string]: CallLimit;
}
