import DataLoader from 'dataloader';
import type { EntityRef } from '../domain/reference.js';

/** Batches and caches reads of records. Returns loaded records without a promise, which would cost more than a line of a list. */
export class RecordLoader<V extends { readonly ref: EntityRef }> {
  private readonly settled = new Map<string, V | Error | null>();
  private primed: (readonly V[])[] = [];
  private settling: Promise<unknown> | null = null;
  private readonly loader: DataLoader<string, V | null>;

  /** Makes a loader. `read` returns results in the order of its keys. */
  constructor(private readonly read: (keys: readonly string[]) => Promise<(V | Error | null)[]>) {
    this.loader = new DataLoader((keys) => this.readAndKeep(keys));
  }

  /** Loads a record. Throws when an earlier read of it failed, rejects when this one fails. */
  load(key: string): V | Promise<V | null> | null {
    const known = this.known().get(key);
    if (known instanceof Error) throw known;
    if (known !== undefined) return known;
    return this.settling ? this.settling.then(() => this.load(key)) : this.loader.load(key);
  }

  /** Loads records in one batch and caches them, failures included. */
  async settle(keys: readonly string[]): Promise<void> {
    await this.settling;
    const known = this.known();
    const missing = [...new Set(keys)].filter((key) => !known.has(key));
    if (missing.length === 0) return;
    this.settling = this.readAndKeep(missing).finally(() => {
      this.settling = null;
    });
    await this.settling;
  }

  /** Adds records that were read elsewhere; cached ones stay. */
  prime(records: readonly V[]): void {
    this.primed.push(records);
  }

  private async readAndKeep(keys: readonly string[]): Promise<(V | Error | null)[]> {
    const values = await this.read(keys);
    for (const [index, key] of keys.entries()) this.settled.set(key, values[index] ?? null);
    return values;
  }

  /** Records to index on the first load by key: most records of lists are never loaded that way. */
  private known(): ReadonlyMap<string, V | Error | null> {
    if (this.primed.length === 0) return this.settled;
    for (const record of this.primed.flat()) {
      if (!this.settled.has(record.ref.key)) this.settled.set(record.ref.key, record);
    }
    this.primed = [];
    return this.settled;
  }
}
