import { isSettled, type Operation, type OperationEventCause, type OperationStep } from '../domain/operation.js';
import type { Refusal } from '../domain/refusal.js';
import type { Ledger, Lease } from './ledger.js';

/** Between two looks at an operation whose outcome is unknown. */
const MIN_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 5 * 60_000;

export interface JournalSettings {
  readonly ledger: Ledger;
  /** Returns the ledger's time. */
  now(): Date;
  readonly cause: OperationEventCause;
  /** A process that renews its lease no longer than this is taken for dead. */
  readonly leaseMs: number;
  /** An operation open for this long is left for a person to look at. */
  readonly giveUpMs: number;
  /** Time a request of the provider takes to show. */
  readonly settlingMs: number;
  monotonicMs(): number;
  /** Takes the monotonic time when a save began, after each: as of then it renewed the lease. */
  saved(startedMs: number): void;
}

/** How an operation ends, or rests while its outcome is unknown. */
export type Settlement = Pick<Operation, 'status' | 'effect'> &
  Partial<Pick<Operation, 'errors' | 'differences' | 'nextAction' | 'orderRef' | 'lineItemRef' | 'subscriptionRef'>>;

/** Writes one operation's transitions to the ledger, one transaction each, and knows its present state. */
export class Journal {
  constructor(
    private current: Operation,
    private readonly settings: JournalSettings,
  ) {}

  get operation(): Operation {
    return this.current;
  }

  /** Takes note of what the next transition stores. */
  note(change: Partial<Operation>): void {
    this.current = { ...this.current, ...change };
  }

  /** Records a step, which must be on record before its request leaves: what is not recorded was not sent. */
  async aboutToSend(step: string): Promise<void> {
    const sentAt = this.settings.now();
    const inFlightStep = { name: step, sentAt, refusal: null, isRuledOut: false, seenClosedAt: null };
    await this.save({ inFlightStep, effect: 'UNKNOWN' });
  }

  /** Notes a step; a step seen again takes the place of what was known of it. */
  noteStep(step: OperationStep): void {
    this.note({ steps: [...this.current.steps.filter(({ name }) => name !== step.name), step] });
  }

  async store(): Promise<void> {
    await this.save({});
  }

  /** Settles the operation, or lets it rest while the outcome is unknown. */
  async settle(settlement: Settlement): Promise<Operation> {
    const { now, cause } = this.settings;
    const { status, effect } = settlement;
    const isFinal = isSettled(settlement);
    // The step in flight stays on record while nobody knows what became of it.
    const after = isFinal ? { inFlightStep: null, settledAt: now() } : { settledAt: null };
    const last = this.current.history.at(-1);
    const step = this.current.steps.at(-1)?.name ?? null;
    const isNews = last?.status !== status || last.effect !== effect;
    const history = isNews
      ? [...this.current.history, { at: now(), status, effect, step, cause }]
      : this.current.history;
    await this.save({ ...settlement, ...after, history });
    return this.current;
  }

  /** Refuses before anything was sent; for good, unless the same request may run later. */
  refuse(refusal: Refusal): Promise<Operation> {
    const mayRunAgain = refusal.retry === 'SAME_KEY' || refusal.code === 'OUTCOME_UNKNOWN';
    return this.settle({
      status: mayRunAgain ? 'FAILED' : 'REJECTED',
      effect: 'NOT_SENT',
      errors: [{ ...refusal, effect: 'NOT_SENT' }],
    });
  }

  private async save(change: Partial<Operation>): Promise<void> {
    const { ledger, monotonicMs, saved } = this.settings;
    const next = { ...this.current, ...change };
    const startedMs = monotonicMs();
    this.current = await ledger.save(next, leaseFor(next, this.settings));
    saved(startedMs);
  }
}

/**
 * Leases a running operation to its process. A resting one is looked at the later the older it is, at last no more; one
 * whose order was seen closed, as soon as the order shows for good what is on it.
 */
function leaseFor(operation: Operation, { now, leaseMs, giveUpMs, settlingMs }: JournalSettings): Lease {
  if (isSettled(operation)) return { forMs: null };
  if (operation.status === 'PENDING') return { forMs: leaseMs };
  const age = now().getTime() - operation.createdAt.getTime();
  if (age >= giveUpMs) return { forMs: null };
  const backoffMs = Math.min(age / 4, MAX_BACKOFF_MS);
  const shownAt = (operation.inFlightStep?.seenClosedAt?.getTime() ?? Number.NEGATIVE_INFINITY) + settlingMs;
  const untilShownMs = shownAt - now().getTime();
  return { forMs: Math.max(untilShownMs >= 0 ? Math.min(backoffMs, untilShownMs) : backoffMs, MIN_BACKOFF_MS) };
}
