/** Rows in the order in which they were added, each with a sequence number that never changes. */
export class Table<Row> {
  readonly #rows = new Map<string, { readonly sequence: number; readonly row: Row }>();
  #next = 1;

  constructor(private readonly keyOf: (row: Row) => string) {}

  add<Added extends Row>(row: Added): Added {
    this.#rows.set(this.keyOf(row), { sequence: this.#next, row });
    this.#next += 1;
    return row;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key)?.row;
  }

  delete(key: string): void {
    this.#rows.delete(key);
  }

  list(): Row[] {
    return Array.from(this.#rows.values(), ({ row }) => row);
  }

  filter(accepts: (row: Row) => boolean): Row[] {
    return this.list().filter(accepts);
  }

  sequenceOf(row: Row): number {
    return this.#rows.get(this.keyOf(row))?.sequence ?? 0;
  }
}
