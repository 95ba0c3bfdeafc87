/** What became of one write at the provider. */
export interface Evidence {
  readonly asked: { readonly recurring: boolean };
  readonly received: number;
  readonly applied: number;
  readonly inForce: number;
  readonly recurring: boolean;
  readonly isPaid?: boolean;
  readonly isLive?: boolean;
  readonly isElsewhere?: boolean;
  readonly asExactly: boolean;
}

/** What was said of it at some time. */
export interface Told {
  readonly status: string | null;
  readonly effect: string | null;
  readonly texts: readonly string[];
  readonly advice: readonly string[];
  /** How many there are. */
  readonly differences: number;
}

export function untruthsIn(told: Told, whole: Evidence, untilThen: Evidence): readonly string[];
