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
    const { nodes, hasMore, cursorAt } = this;
    const cursorIfAny = (index: number) => (nodes.length === 0 ? null : cursorAt(index));
    return {
      hasNextPage: hasMore.after,
      hasPreviousPage: hasMore.before,
      get startCursor() {
        return cursorIfAny(0);
      },
      get endCursor() {
        return cursorIfAny(nodes.length - 1);
      },
    };
  }
}
