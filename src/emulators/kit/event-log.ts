import { BoundedList } from './bounded-list.js';
import type { EmulatorClock } from './clock.js';

/** Something the provider would announce: the material of webhooks. */
export interface EmulatorEvent {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
}

export class EventLog {
  readonly #events = new BoundedList<EmulatorEvent>(5_000);
  readonly #listeners: ((event: EmulatorEvent) => void)[] = [];

  constructor(private readonly clock: EmulatorClock) {}

  add(type: string, object: Readonly<Record<string, unknown>>): void {
    const event = { seq: this.#events.added + 1, at: this.clock.now().toISOString(), type, object };
    this.#events.add(event);
    for (const listener of this.#listeners) listener(event);
  }

  /** How many there were so far, those no longer listed among them. */
  get added(): number {
    return this.#events.added;
  }

  list(): readonly EmulatorEvent[] {
    return this.#events.list();
  }

  clear(): void {
    this.#events.clear();
  }

  onEvent(listener: (event: EmulatorEvent) => void): void {
    this.#listeners.push(listener);
  }
}
