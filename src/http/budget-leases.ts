/** A window is cut into this many parts. A lease serves one of them. */
export const PARTS = 20;

/**
 * Parts whose leases can meet in one window. A window of 20 parts touches 21, and a call that was begun in time may reach
 * the provider up to one part late.
 */
const COUNTED_PARTS = PARTS + 2;

/** How much longer than the window calls count that are counted by their start: they too may arrive a part late. */
export const LATENESS = 1 + 1 / PARTS;

/** The calls that the processes of one account may only make after leasing them. */
export interface LeasedBudget {
  readonly calls: number;
  readonly windowMs: number;
  readonly replicas: number;
}

export interface LeaseQuestion {
  /** Calls that would be begun at once. */
  readonly wanted: number;
  /** Leased calls that were not begun, and can no longer be. */
  readonly unused: readonly UnusedCalls[];
  /** How long the provider wants no calls; 0 when it takes them. */
  readonly pauseMs: number;
}

export interface UnusedCalls {
  readonly part: number;
  readonly calls: number;
}

export interface Lease {
  readonly part: number;
  readonly calls: number;
  /** Milliseconds after the question was asked within which the calls may begin. */
  readonly forMs: number;
  /** Calls of the budget that nobody has leased. */
  readonly free: number;
  /** Milliseconds until more is free. */
  readonly moreInMs: number;
  /** How long the provider wants no calls; 0 when it takes them. */
  readonly pausedMs: number;
}

/** What the processes know together, as JSON. */
interface BudgetState {
  readonly leased: readonly UnusedCalls[];
  readonly pausedUntil: number;
}

/**
 * Leases calls of the present part of the window, so that no window ever holds more calls than the budget: whatever was
 * leased counts until it must have left, used or not, unless it was given back. What a process that died had leased is lost
 * for that long.
 */
export function leaseCalls(
  { calls: budget, windowMs, replicas }: LeasedBudget,
  { wanted, unused, pauseMs }: LeaseQuestion,
  text: string | null,
  now: number,
): { readonly state: string; readonly result: Lease } {
  const before: BudgetState = text === null ? { leased: [], pausedUntil: 0 } : JSON.parse(text);
  const partMs = windowMs / PARTS;
  const part = Math.floor(now / partMs);
  const pausedUntil = Math.max(pauseMs > 0 ? now + pauseMs : 0, before.pausedUntil);
  const counted = before.leased
    // The shared clock may go back when another server takes over: then leases begin to age anew.
    .map((lease) => ({ part: Math.min(lease.part, part), calls: lease.calls - countOf(unused, lease.part) }))
    .filter((lease) => lease.calls > 0 && lease.part > part - COUNTED_PARTS);
  const free = Math.max(budget - counted.reduce((sum, { calls }) => sum + calls, 0), 0);
  const calls = pausedUntil > now ? 0 : Math.min(wanted, Math.ceil(free / (2 * replicas)));
  const oldest = Math.min(part, ...counted.map((lease) => lease.part));
  return {
    state: JSON.stringify({ leased: merge([...counted, { part, calls }]), pausedUntil } satisfies BudgetState),
    result: {
      part,
      calls,
      forMs: (part + 1) * partMs - now,
      free: free - calls,
      moreInMs: (oldest + COUNTED_PARTS) * partMs - now,
      pausedMs: Math.max(pausedUntil - now, 0),
    },
  };
}

function countOf(unused: readonly UnusedCalls[], part: number): number {
  return unused.reduce((sum, each) => sum + (each.part === part ? each.calls : 0), 0);
}

function merge(leases: readonly UnusedCalls[]): readonly UnusedCalls[] {
  const byPart = new Map<number, number>();
  for (const { part, calls } of leases) byPart.set(part, (byPart.get(part) ?? 0) + calls);
  return [...byPart].filter(([, calls]) => calls > 0).map(([part, calls]) => ({ part, calls }));
}
