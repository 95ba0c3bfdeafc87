/** Rows by their key, in the order in which they were added. */
export class Table<Row> {
  readonly #rows = new Map<string, Row>();

  constructor(private readonly keyOf: (row: Row) => string) {}

  add<Added extends Row>(row: Added): Added {
    this.#rows.set(this.keyOf(row), row);
    return row;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  delete(row: Row): void {
    this.#rows.delete(this.keyOf(row));
  }

  list(): Row[] {
    return [...this.#rows.values()];
  }

  filter(accepts: (row: Row) => boolean): Row[] {
    return this.list().filter(accepts);
  }

  find(accepts: (row: Row) => boolean): Row | undefined {
    return this.list().find(accepts);
  }
}
