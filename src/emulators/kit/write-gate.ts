import { setTimeout as sleep } from 'node:timers/promises';

export interface Write<Result> {
  /** What it changes, so that overlapping writes are noticed. */
  readonly locks: readonly string[];
  apply(): Result;
}

/** How a provider treats writes; what is absent does not happen. */
export interface WriteRules {
  /** Throws the refusal of a write that cannot begin while so many others run. */
  admit?(running: number): void;
  /** Returns the refusal of a write that meets another one on the same lock, or null to let both through. */
  conflict?(): Error | null;
  /** Returns the real milliseconds a write takes. */
  durationMs?(): number;
  /** Whether the change shows as soon as a write begins; otherwise when its time is over. */
  readonly appliesFirst?: boolean;
}

/**
 * The one way every write of an emulator takes: it is admitted, it takes its time, it is applied.
 * A kind of misbehaviour all providers may show belongs here.
 */
export class WriteGate {
  readonly #running = new Set<Write<unknown>>();

  constructor(private readonly rules: WriteRules = {}) {}

  async run<Result>(write: Write<Result>): Promise<Awaited<Result>> {
    this.#admit(write);
    this.#running.add(write);
    try {
      if (this.rules.appliesFirst) {
        const result = await write.apply();
        await this.#takeTime();
        return result;
      }
      await this.#takeTime();
      return await write.apply();
    } finally {
      this.#running.delete(write);
    }
  }

  #admit({ locks }: Write<unknown>): void {
    this.rules.admit?.(this.#running.size);
    const isLocked = [...this.#running].some((other) => other.locks.some((lock) => locks.includes(lock)));
    const conflict = isLocked ? (this.rules.conflict?.() ?? null) : null;
    if (conflict) throw conflict;
  }

  async #takeTime(): Promise<void> {
    const duration = this.rules.durationMs?.() ?? 0;
    if (duration > 0) await sleep(duration);
  }
}
