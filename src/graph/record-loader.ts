import DataLoader from 'dataloader';
import type { EntityRef } from '../domain/reference.js';

/** Loads records in batches, each once. One that was read is handed out at once: for a long list, promises cost more than lines. */
export class RecordLoader<V extends { readonly ref: EntityRef }> {
  private readonly settled = new Map<string, V | Error | null>();
  private primed: (readonly V[])[] = [];
  private settling: Promise<unknown> | null = null;
  private readonly loader: DataLoader<string, V | null>;

  /** `read` answers in the order of its keys. */
  constructor(private readonly read: (keys: readonly string[]) => Promise<(V | Error | null)[]>) {
    this.loader = new DataLoader((keys) => this.readAndKeep(keys));
  }

  /** Throws when the read failed before, rejects when it does. */
  load(key: string): V | Promise<V | null> | null {
    const known = this.known().get(key);
    if (known instanceof Error) throw known;
    if (known !== undefined) return known;
    return this.settling ? this.settling.then(() => this.load(key)) : this.loader.load(key);
  }

  /** So that all of them are there at once afterwards, also those that fail. */
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

  /** They were read otherwise; what was read before stays. */
  prime(records: readonly V[]): void {
    this.primed.push(records);
  }

  private async readAndKeep(keys: readonly string[]): Promise<(V | Error | null)[]> {
    const values = await this.read(keys);
    for (const [index, key] of keys.entries()) this.settled.set(key, values[index] ?? null);
    return values;
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
