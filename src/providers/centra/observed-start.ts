export interface Observation {
  /** By this server's clock, as are all but `answeredAt` and `orderedAt`. */
  readonly sentAt: Date;
  readonly arrivedAt: Date;
  /** The provider's clock when it answered, from the answer's `Date` header. */
  readonly answeredAt: Date | null;
  /** The order's own date, read in the zone of the instance. */
  readonly orderedAt: Date | null;
}

/** A date further off was read in the wrong zone, or is another moment than this one. */
const PLAUSIBLE_MS = 10 * 60_000;
/** Both dates come in whole seconds. */
const ROUNDING_MS = 1000;

/**
 * Returns when the countdown began, by this server's clock and rather too early than too late: the authorisation itself
 * is not exposed. The order's age is measured between two moments of the provider's clock, so that it does not matter
 * how far apart the two clocks are.
 */
export function observedStart({ sentAt, arrivedAt, answeredAt, orderedAt }: Observation): Date {
  if (orderedAt === null) return sentAt;
  const ageMs = (answeredAt ?? arrivedAt).getTime() - orderedAt.getTime();
  if (ageMs < -ROUNDING_MS || ageMs > PLAUSIBLE_MS) return sentAt;
  return new Date(Math.min(sentAt.getTime(), arrivedAt.getTime() - ageMs));
}
