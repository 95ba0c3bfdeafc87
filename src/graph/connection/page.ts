/** A page in the shape of a Relay connection. Cursors are made when they are asked for. */
export class Page<T> {
  constructor(
    readonly nodes: readonly T[],
    private readonly hasMore: { readonly before: boolean; readonly after: boolean },
    /** Of the entry at this index of the page. */
    private readonly cursorAt: (index: number) => string,
  ) {}

  get edges() {
    return this.nodes.map((node, index) => ({ node, cursor: this.cursorAt(index) }));
  }

  get pageInfo() {
    const isEmpty = this.nodes.length === 0;
    return {
      hasNextPage: this.hasMore.after,
      hasPreviousPage: this.hasMore.before,
      startCursor: isEmpty ? null : this.cursorAt(0),
      endCursor: isEmpty ? null : this.cursorAt(this.nodes.length - 1),
    };
  }
}
