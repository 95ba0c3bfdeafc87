/** Of all streams of a process: the events of two thousand that are as long as an order with many lines. */
const MAX_BYTES = 32 * 1024 * 1024;

export interface SlowReader {
  /** Disconnects the client. */
  disconnect(): void;
}

/**
 * Counts what clients have not taken of their events. When that is too much for the process, disconnects those that took nothing for
 * the longest time.
 */
export class UntakenEvents {
  private readonly bytesOf = new Map<SlowReader, number>();
  private total = 0;

  constructor(private readonly maxBytes = MAX_BYTES) {}

  /** Notes what is left to take, at first and whenever some was taken. */
  note(reader: SlowReader, bytes: number): void {
    this.total += bytes - (this.bytesOf.get(reader) ?? 0);
    // Whoever is noted anew stands at the end.
    this.bytesOf.delete(reader);
    if (bytes > 0) this.bytesOf.set(reader, bytes);
    for (const longest of this.bytesOf.keys()) {
      if (this.total <= this.maxBytes) return;
      this.note(longest, 0);
      longest.disconnect();
    }
  }
}
