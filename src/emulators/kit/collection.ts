type Key = string | number;

interface Entry<Row> {
  readonly sequence: number;
  readonly row: Row;
}

/** Rows by key, in the order they were added. */
export class Collection<Row, RowKey extends Key = string> {
  readonly #entries = new Map<RowKey, Entry<Row>>();
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

  /** The number a row got when it was added: it never changes and is never given again. */
  sequenceOf(row: Row): number {
    return this.#entries.get(this.keyOf(row))?.sequence ?? 0;
  }

  /** Returns a lookup by a field that never changes in a row. */
  index(valueOf: (row: Row) => Key): (value: Key) => Row[] {
    const index = new Index(valueOf);
    for (const row of this.list()) index.add(row);
    this.#indexes.push(index);
    return (value) => index.rows(value);
  }
}

class Index<Row> {
  readonly #rows = new Map<Key, Set<Row>>();

  constructor(private readonly valueOf: (row: Row) => Key) {}

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
