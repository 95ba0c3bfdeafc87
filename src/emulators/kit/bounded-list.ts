/** A list that forgets its oldest entries, so that a long-running emulator stays small. */
export class BoundedList<Entry> {
  #entries: Entry[] = [];
  #forgotten = 0;

  constructor(readonly capacity: number) {}

  add(entry: Entry): void {
    this.#entries.push(entry);
    // Cutting in bulk keeps adding cheap on average.
    if (this.#entries.length >= this.capacity * 2) {
      const surplus = this.#entries.length - this.capacity;
      this.#entries = this.#entries.slice(surplus);
      this.#forgotten += surplus;
    }
  }

  list(): readonly Entry[] {
    return this.#entries.slice(-this.capacity);
  }

  /** How many were ever added since the last `clear`. */
  get added(): number {
    return this.#forgotten + this.#entries.length;
  }

  clear(): void {
    this.#entries = [];
    this.#forgotten = 0;
  }
}
