/**
 * Queues entries round-robin by owner. Each owner has lanes, of which the first with an entry that may begin goes first; the
 * entries of a lane keep their order. The last lane of an owner waits for the other lanes of all owners.
 */
export class FairQueue<T> {
  private readonly owners = new Map<string, Map<string, Set<T>>>();
  private count = 0;

  /** Makes a queue of `lanes`, which come in the order of their precedence. */
  constructor(private readonly lanes: readonly string[]) {}

  get size(): number {
    return this.count;
  }

  push(owner: string, lane: string, entry: T): void {
    const own = this.owners.get(owner) ?? new Map(this.lanes.map((name) => [name, new Set<T>()]));
    this.owners.set(owner, own);
    own.get(lane)?.add(entry);
    this.count += 1;
  }

  /**
   * Removes the next entry that may begin, which is asked of the first of each lane. An owner whose entries may not keeps its
   * place in the round.
   */
  shift(mayBegin: (entry: T) => boolean = () => true): T | undefined {
    const last = this.lanes.at(-1);
    return this.shiftFrom((lane) => lane !== last, mayBegin) ?? this.shiftFrom((lane) => lane === last, mayBegin);
  }

  private shiftFrom(isOpen: (lane: string) => boolean, mayBegin: (entry: T) => boolean): T | undefined {
    for (const [owner, own] of this.owners) {
      for (const [lane, entries] of own) {
        const [entry] = entries;
        if (entry === undefined || !isOpen(lane) || !mayBegin(entry)) continue;
        this.delete(owner, lane, entry);
        // The owner moves to the end of the round.
        if (this.owners.delete(owner)) this.owners.set(owner, own);
        return entry;
      }
    }
    return undefined;
  }

  /**
   * Returns the entry of the owner with the most that has least precedence, which leaves for a newcomer when all places are
   * taken; null when the newcomer's owner has the most itself.
   */
  leastOfLargest(newcomer: string): T | null {
    let largest = this.owners.get(newcomer);
    const least = sizeOf(largest) + 1;
    for (const own of this.owners.values()) if (sizeOf(own) > sizeOf(largest)) largest = own;
    if (!largest || sizeOf(largest) <= least) return null;
    return [...largest.values()].flatMap((entries) => [...entries]).at(-1) ?? null;
  }

  delete(owner: string, lane: string, entry: T): void {
    const own = this.owners.get(owner);
    if (!own?.get(lane)?.delete(entry)) return;
    this.count -= 1;
    if (sizeOf(own) === 0) this.owners.delete(owner);
  }

  *[Symbol.iterator](): Generator<T> {
    for (const own of this.owners.values()) for (const entries of own.values()) yield* entries;
  }
}

function sizeOf(own: ReadonlyMap<string, ReadonlySet<unknown>> | undefined): number {
  let size = 0;
  for (const entries of own?.values() ?? []) size += entries.size;
  return size;
}
