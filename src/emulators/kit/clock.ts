export interface ClockSetting {
  /** Whether time stands still afterwards; unchanged when absent. */
  readonly frozen?: boolean;
}

/** The only clock an emulator looks at: real time plus an offset, or standing still. */
export class EmulatorClock {
  #offset = 0;
  #frozenAt: number | null = null;
  readonly #listeners: (() => void)[] = [];

  now(): Date {
    return new Date(this.#frozenAt ?? Date.now() + this.#offset);
  }

  get isFrozen(): boolean {
    return this.#frozenAt !== null;
  }

  set(instant: Date, { frozen = this.isFrozen }: ClockSetting = {}): void {
    this.#offset = instant.getTime() - Date.now();
    this.#frozenAt = frozen ? instant.getTime() : null;
    this.#tell();
  }

  advance(milliseconds: number): void {
    this.set(new Date(this.now().getTime() + milliseconds));
  }

  /** Returns to real time. */
  release(): void {
    this.#offset = 0;
    this.#frozenAt = null;
    this.#tell();
  }

  onMove(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
