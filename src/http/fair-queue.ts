/** Queues entries round-robin by owner; the entries of one owner keep their order. */
export class FairQueue<T> {
  private readonly owners = new Map<string, Set<T>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  push(owner: string, entry: T): void {
    const own = this.owners.get(owner);
    if (own) own.add(entry);
    else this.owners.set(owner, new Set([entry]));
    this.count += 1;
  }

  shift(): T | undefined {
    for (const [owner, own] of this.owners) {
      for (const entry of own) {
        this.delete(owner, entry);
        // The owner moves to the end of the round.
        if (own.size > 0) {
          this.owners.delete(owner);
          this.owners.set(owner, own);
        }
        return entry;
      }
    }
    return undefined;
  }

  delete(owner: string, entry: T): void {
    const own = this.owners.get(owner);
    if (!own?.delete(entry)) return;
    this.count -= 1;
    if (own.size === 0) this.owners.delete(owner);
  }

  *[Symbol.iterator](): Generator<T> {
    for (const own of this.owners.values()) yield* own;
  }
}
