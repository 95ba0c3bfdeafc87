type Key = string | number;

interface Entry<Row> {
  readonly sequence: number;
  readonly row: Row;
}

/** Runs a read on rows as they were at some time. It must be over when it returns. */
export type Look = <Result>(read: () => Result) => Result;

/** Rows by key, in the order they were added. */
export class Collection<Row, RowKey extends Key = string> {
  #entries = new Map<RowKey, Entry<Row>>();
  readonly #indexes: Index<Row>[] = [];
  #nextSequence = 1;

  constructor(
    private readonly name: string,
    private readonly keyOf: (row: Row) => RowKey,
    rows: readonly Row[] = [],
  ) {
    for (const row of rows) this.add(row);
  }

  /** Replaces the row of the same key, if there is one. */
  add<Added extends Row>(row: Added): Added {
    const key = this.keyOf(row);
    this.delete(key);
    this.#entries.set(key, { sequence: this.#nextSequence, row });
    this.#nextSequence += 1;
    for (const index of this.#indexes) index.add(row);
    return row;
  }

  get(key: RowKey | null | undefined): Row | undefined {
    return key === null || key === undefined ? undefined : this.#entries.get(key)?.row;
  }

  /** Throws for a key without a row: records refer only to records that exist. */
  existing(key: RowKey | null | undefined): Row {
    const row = this.get(key);
    if (row === undefined) throw new TypeError(`The emulator has no ${this.name} ${String(key)}.`);
    return row;
  }

  delete(key: RowKey): void {
    const row = this.#entries.get(key)?.row;
    if (row === undefined) return;
    this.#entries.delete(key);
    for (const index of this.#indexes) index.delete(row);
  }

  list(): Row[] {
    return Array.from(this.#entries.values(), ({ row }) => row);
  }

  filter(accepts: (row: Row) => boolean): Row[] {
    return this.list().filter(accepts);
  }

  find(accepts: (row: Row) => boolean): Row | undefined {
    return this.list().find(accepts);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Returns the number a row got when it was added. That number never changes and is never given again. */
  sequenceOf(row: Row): number {
    return this.#entries.get(this.keyOf(row))?.sequence ?? 0;
  }

  /** Keeps a copy of the rows and returns a way to read them later. */
  photograph(): Look {
    const copy = structuredClone(this.#entries);
    return (read) => {
      const present = this.#entries;
      this.#show(copy);
      try {
        return read();
      } finally {
        this.#show(present);
      }
    };
  }

  #show(entries: Map<RowKey, Entry<Row>>): void {
    this.#entries = entries;
    for (const index of this.#indexes) index.fill(this.list());
  }

  /** Returns a lookup by a field that never changes in a row. */
  index(valueOf: (row: Row) => Key): (value: Key) => Row[] {
    const index = new Index(valueOf);
    index.fill(this.list());
    this.#indexes.push(index);
    return (value) => index.rows(value);
  }
}

class Index<Row> {
  readonly #rows = new Map<Key, Set<Row>>();

  constructor(private readonly valueOf: (row: Row) => Key) {}

  fill(rows: readonly Row[]): void {
    this.#rows.clear();
    for (const row of rows) this.add(row);
  }

  add(row: Row): void {
    const value = this.valueOf(row);
    this.#rows.set(value, (this.#rows.get(value) ?? new Set<Row>()).add(row));
  }

  delete(row: Row): void {
    this.#rows.get(this.valueOf(row))?.delete(row);
  }

  rows(value: Key): Row[] {
    return [...(this.#rows.get(value) ?? [])];
  }
}
