import DataLoader from 'dataloader';

/** Loads records in batches, each once. One that was read is handed out at once: for a long list, promises cost more than lines. */
export class RecordLoader<V> {
  private readonly settled = new Map<string, V | Error | null>();
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
    const known = this.settled.get(key);
    if (known instanceof Error) throw known;
    return known === undefined ? this.loader.load(key) : known;
  }

  /** So that all of them are there at once afterwards, also those that fail. */
  async settle(keys: readonly string[]): Promise<void> {
    await this.loader.loadMany([...new Set(keys)].filter((key) => !this.settled.has(key)));
  }

  /** It was read otherwise; what was read before stays. */
  prime(key: string, value: V): void {
    if (!this.settled.has(key)) this.settled.set(key, value);
  }
}
