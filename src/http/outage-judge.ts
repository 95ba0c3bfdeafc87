/** How a call ended. Nothing is said of the host by a call that its caller gave up or that was never sent. */
export type CallEnd = 'answered' | 'failed' | 'unknown';

/** One call on its way; hand it back when it ends. */
export interface JudgedCall {
  readonly startedAt: number;
  readonly order: number;
  end: CallEnd | null;
}

/** Judged are the latest calls by the order they were started in, as many and as old at most. */
const WINDOW = { calls: 256, ms: 10_000 };

/** Few calls must all have failed, many nearly all: half of them failing by chance is no outage. */
const FEW = { atLeast: 6, upTo: 20 };
const NEARLY_ALL = 0.8;

/** Pauses before the first probes of an outage; later probes wait for `LONGEST_PAUSE_MS`. */
const PAUSES_MS = [1_000, 2_000, 5_000];
const LONGEST_PAUSE_MS = 10_000;

/** A host that was out gets so many calls at a time at first, about those of one request, and as many as come in the end. */
const RECOVERS_FROM = 8;
const RECOVERED_AT = 64;

/**
 * Decides whether a host is out. Failures often end sooner than answers do, so a call that is still on its way counts as
 * not failed once a later one has ended.
 */
export class OutageJudge {
  private calls: JudgedCall[] = [];
  private started = 0;
  private lastEnded = -1;
  private state: 'closed' | 'open' | 'recovering' = 'closed';
  private probeAt = 0;
  private pauses = 0;
  private probe: JudgedCall | null = null;
  /** While it recovers: calls it may have at a time, and those it has. */
  private allowed = 0;
  private readonly recovering = new Set<JudgedCall>();

  constructor(private readonly onOpen: () => void = () => {}) {}

  /** Whether a call may be sent now. A write is never the first that finds out whether a host is back. */
  admits(kind: 'read' | 'write', now: number): boolean {
    switch (this.state) {
      case 'closed':
        return true;
      case 'open':
        return kind === 'read' && this.probe === null && now >= this.probeAt;
      case 'recovering':
        return this.recovering.size < this.allowed;
    }
  }

  get isClosed(): boolean {
    return this.state === 'closed';
  }

  /** Returns the milliseconds until a call may find out whether the host is back. */
  waitMs(now: number): number {
    return Math.max(this.probeAt - now, 0);
  }

  begin(now: number): JudgedCall {
    const call: JudgedCall = { startedAt: now, order: this.started, end: null };
    this.started += 1;
    if (this.state === 'open') this.probe = call;
    else this.calls.push(call);
    if (this.state === 'recovering') this.recovering.add(call);
    return call;
  }

  end(call: JudgedCall, end: CallEnd, now: number): void {
    call.end = end;
    this.recovering.delete(call);
    if (call === this.probe) {
      this.probe = null;
      if (end === 'answered') this.recover();
      else this.open(now);
      return;
    }
    if (this.state === 'open' || call.order < (this.calls[0]?.order ?? Infinity)) return;
    this.lastEnded = Math.max(this.lastEnded, call.order);
    if (this.state === 'recovering') this.widen(end);
    if (end === 'failed' && this.isOut(now)) this.open(now);
  }

  private isOut(now: number): boolean {
    const oldest = now - WINDOW.ms;
    const from = this.calls.findIndex(({ startedAt }) => startedAt >= oldest);
    this.calls = this.calls.slice(Math.max(from === -1 ? this.calls.length : from, this.calls.length - WINDOW.calls));
    let failed = 0;
    let counted = 0;
    for (const { order, end } of this.calls) {
      if (order > this.lastEnded) break;
      if (end === 'unknown') continue;
      counted += 1;
      if (end === 'failed') failed += 1;
    }
    if (counted < FEW.atLeast) return false;
    return counted < FEW.upTo ? failed === counted : failed >= counted * NEARLY_ALL;
  }

  private open(now: number): void {
    this.state = 'open';
    this.calls = [];
    this.recovering.clear();
    this.probeAt = now + (PAUSES_MS[this.pauses] ?? LONGEST_PAUSE_MS);
    this.pauses += 1;
    this.onOpen();
  }

  private recover(): void {
    this.state = 'recovering';
    this.allowed = RECOVERS_FROM;
  }

  /** Allows twice as many calls after each answer, half as many after each failure. */
  private widen(end: CallEnd): void {
    if (end === 'answered') this.allowed *= 2;
    if (end === 'failed') this.allowed = Math.max(this.allowed / 2, 1);
    if (this.allowed < RECOVERED_AT) return;
    this.state = 'closed';
    this.pauses = 0;
    this.recovering.clear();
  }
}
