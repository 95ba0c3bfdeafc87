interface Entry {
  readonly at: number;
  /** Of two entries for one moment the earlier queued comes first. */
  readonly order: number;
  readonly run: () => void;
}

/** What will happen, by time: a binary heap. */
export class EventQueue {
  private readonly heap: Entry[] = [];
  private queued = 0;

  get size(): number {
    return this.heap.length;
  }

  push(at: number, run: () => void): void {
    const { heap } = this;
    const entry = { at, order: (this.queued += 1), run };
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (!above || !isBefore(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  pop(): Entry | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      let below = heap[child];
      const right = heap[child + 1];
      if (right && below && isBefore(right, below)) {
        child += 1;
        below = right;
      }
      if (!below || !isBefore(below, last)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

function isBefore(left: Entry, right: Entry): boolean {
  return left.at === right.at ? left.order < right.order : left.at < right.at;
}
