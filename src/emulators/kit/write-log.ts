import { BoundedList } from './bounded-list.js';
import type { EmulatorClock } from './clock.js';
import type { EmulatorEvent, EventLog } from './event-log.js';

/** A write that took effect, whatever its caller was told. */
export interface AppliedWrite {
  readonly seq: number;
  /** When it arrived and when it took effect: emulator time, ISO 8601. */
  readonly askedAt: string;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** As it was asked for, also where something else was done. */
  readonly body: unknown;
  /** What a faultless answer says; null where it says nothing. */
  readonly result: unknown;
  /** What it announced. */
  readonly events: readonly EmulatorEvent[];
}

/** Tells effects from requests: one may be refused, answered and not applied, or applied long after its caller gave up. */
export class WriteLog {
  readonly #writes = new BoundedList<AppliedWrite>(5_000);

  constructor(
    private readonly clock: EmulatorClock,
    private readonly events: EventLog,
  ) {}

  /**
   * Notes a write when its request arrives, and returns how to apply the write later or never. `nothing` is what an
   * application returns that says nothing.
   */
  begin(
    asked: Pick<AppliedWrite, 'method' | 'path' | 'query' | 'body'>,
  ): (apply: () => unknown, nothing: unknown) => unknown {
    const askedAt = this.clock.now().toISOString();
    return (apply, nothing) => {
      const before = this.events.added;
      const add = (answer: unknown) => {
        const result = answer === nothing ? null : (answer ?? null);
        const at = this.clock.now().toISOString();
        const events = this.events.list().filter(({ seq }) => seq > before);
        this.#writes.add({ seq: this.#writes.added + 1, ...asked, askedAt, at, result, events });
        return answer;
      };
      const result = apply();
      return result instanceof Promise ? result.then(add) : add(result);
    };
  }

  list(): readonly AppliedWrite[] {
    return this.#writes.list();
  }

  clear(): void {
    this.#writes.clear();
  }
}
