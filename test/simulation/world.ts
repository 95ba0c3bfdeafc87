import type { Choices } from './choices.js';
import { EventQueue } from './event-queue.js';

/** Simulated time begins here. */
export const EPOCH = Date.UTC(2026, 0, 1, 12);

/** More than any schedule that ends takes. */
const MAX_EVENTS = 50_000;

/** A law that does not hold, and how that was seen. */
export interface Breach {
  readonly law: string;
  readonly text: string;
}

/** Milliseconds a message takes, plainest first. */
const LATENCIES = [1, 2, 4, 9, 40, 250, 1_200];
const LATENCY_WEIGHTS = [30, 30, 20, 10, 6, 3, 1];

/** True time, what will happen, and the one place where chance comes in. */
export class World {
  /** Milliseconds of true time. */
  now = 0;
  breach: Breach | null = null;
  /** Whether the event of now set off the code of a process. */
  hasWoken = false;
  /** Whose statement the ledger carries out. */
  writer = '';
  /** Queued events that are more than idle polling. */
  private busy = 0;
  private ids = 0;
  private readonly queue = new EventQueue();
  private readonly lines: string[] | null;
  private recent: readonly string[] = [];

  constructor(
    readonly choices: Choices,
    options: { readonly isTold: boolean },
  ) {
    this.lines = options.isTold ? [] : null;
  }

  /** What happened, in words; empty unless it is told. */
  get story(): readonly string[] {
    return this.lines ?? [];
  }

  newId(): string {
    this.ids += 1;
    return `operation-${this.ids}`;
  }

  /** What is said again and again while nothing else happens is told once. */
  tell(sentence: () => string): void {
    if (!this.lines) return;
    const text = sentence();
    if (this.recent.includes(text)) return;
    this.recent = [...this.recent.slice(-3), text];
    this.lines.push(`${(this.now / 1000).toFixed(3).padStart(9)} s  ${text}`);
  }

  /** Keeps the first breach: what follows may be its consequence. */
  accuse(law: string, text: string): void {
    if (this.breach) return;
    this.breach = { law, text };
    this.tell(() => `BREACH of "${law}": ${text}`);
  }

  after(ms: number, run: () => void): void {
    this.busy += 1;
    this.queue.push(this.now + ms, () => {
      this.busy -= 1;
      run();
    });
  }

  /** Like `after`, for what goes on for ever: it does not keep the world running. */
  idle(ms: number, run: () => void): void {
    this.queue.push(this.now + ms, run);
  }

  get isIdle(): boolean {
    return this.busy === 0;
  }

  pick(site: string, weights: readonly number[]): number {
    return this.choices.pick(site, weights);
  }

  pickFrom<T>(site: string, values: readonly [T, ...T[]], weights: readonly number[]): T {
    return values[this.choices.pick(site, weights)] ?? values[0];
  }

  latency(site: string): number {
    return LATENCIES[this.choices.pick(site, LATENCY_WEIGHTS)] ?? 1;
  }

  /** Lets happen what is queued, one event after the other, until it is over or a law is broken. */
  async run(isOver: () => boolean): Promise<void> {
    for (let events = 0; this.breach === null && !isOver(); events += 1) {
      const next = this.queue.pop();
      if (!next) return;
      if (events === MAX_EVENTS) return this.accuse('every operation ends', `nothing ended within ${events} events`);
      this.now = Math.max(this.now, next.at);
      next.run();
      if (!this.hasWoken) continue;
      // Everything the event set off in the process that can go on without another event does so now.
      await new Promise(setImmediate);
      this.hasWoken = false;
    }
  }
}
