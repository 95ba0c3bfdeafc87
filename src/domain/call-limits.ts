/** How much may be asked of a provider at a time. */
export interface CallLimit {
  /** What calls it counts, for the operator; every call when absent. */
  readonly counts?: string;
  /** Calls on their way at the same time. */
  readonly parallel?: number;
  /** Calls begun within a time that slides. */
  readonly rate?: Rate;
  /** The wider limit its calls fall under as well; `all` when absent. */
  readonly within?: string;
}

export interface Rate {
  readonly calls: number;
  readonly seconds: number;
}

/** `all` counts every call of an account; the others count the calls that name them. */
export interface CallLimits {
  readonly all: CallLimit & { readonly parallel: number };
  readonly [name: string]: CallLimit;
}
