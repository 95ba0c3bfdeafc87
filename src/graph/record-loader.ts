import DataLoader from 'dataloader';
import type { EntityRef } from '../domain/reference.js';

/** Loads records in batches, each once. One that was read is handed out at once: for a long list, promises cost more than lines. */
export class RecordLoader<V extends { readonly ref: EntityRef }> {
  private readonly settled = new Map<string, V | Error | null>();
  private primed: (readonly V[])[] = [];
  private readonly loader: DataLoader<string, V | null>;

  /** `read` answers in the order of its keys. */
  constructor(read: (keys: readonly string[]) => Promise<(V | Error | null)[]>) {
    this.loader = new DataLoader(async (keys) => {
      const values = await read(keys);
      for (const [index, key] of keys.entries()) this.settled.set(key, values[index] ?? null);
      return values;
    });
  }

  /** Throws when the read failed before, rejects when it does. */
  load(key: string): V | Promise<V | null> | null {
    const known = this.known().get(key);
    if (known instanceof Error) throw known;
    return known === undefined ? this.loader.load(key) : known;
  }

  /** So that all of them are there at once afterwards, also those that fail. */
  async settle(keys: readonly string[]): Promise<void> {
    const known = this.known();
    await this.loader.loadMany([...new Set(keys)].filter((key) => !known.has(key)));
  }

  /** They were read otherwise; what was read before stays. */
  prime(records: readonly V[]): void {
    this.primed.push(records);
  }

  /** Most records of lists are never asked for by their keys: they are sorted in when the first one is. */
  private known(): ReadonlyMap<string, V | Error | null> {
    if (this.primed.length === 0) return this.settled;
    for (const record of this.primed.flat()) {
      if (!this.settled.has(record.ref.key)) this.settled.set(record.ref.key, record);
    }
    this.primed = [];
    return this.settled;
  }
}
