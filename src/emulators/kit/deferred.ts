import type { EmulatorClock } from './clock.js';

interface Task {
  readonly at: number;
  run(): void;
}

/** What is still to happen, by the emulator's clock. */
export class Deferred {
  #tasks: Task[] = [];

  constructor(private readonly clock: EmulatorClock) {}

  /** Runs at once when there is nothing to wait for. */
  in(seconds: number, run: () => void): void {
    if (seconds <= 0) return run();
    this.#tasks.push({ at: this.clock.now().getTime() + seconds * 1000, run });
    this.#tasks.sort((left, right) => left.at - right.at);
  }

  runDue(): void {
    const now = this.clock.now().getTime();
    for (let next = this.#tasks[0]; next && next.at <= now; next = this.#tasks[0]) {
      this.#tasks.shift();
      next.run();
    }
  }

  clear(): void {
    this.#tasks = [];
  }
}
