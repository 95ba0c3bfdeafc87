/** Rows in the order in which they were added. */
export class Table<Row extends { readonly id: string }> {
  readonly #rows = new Map<string, Row>();

  add(row: Row): Row {
    this.#rows.set(row.id, row);
    return row;
  }

  get(id: string | null | undefined): Row | undefined {
    return id === null || id === undefined ? undefined : this.#rows.get(id);
  }

  delete(id: string): void {
    this.#rows.delete(id);
  }

  list(): Row[] {
    return [...this.#rows.values()];
  }

  filter(accepts: (row: Row) => boolean): Row[] {
    return this.list().filter(accepts);
  }
}
