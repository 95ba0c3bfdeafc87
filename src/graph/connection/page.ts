import type { PageInfoType } from './page-info.type.js';

/** A page as a Relay connection and its own page info. Encodes cursors only when they are selected. */
export class Page<T> implements PageInfoType {
  constructor(
    readonly nodes: readonly T[],
    private readonly hasMore: { readonly before: boolean; readonly after: boolean },
    /** Returns the cursor of the entry at an index of the page. */
    private readonly cursorAt: (index: number) => string,
  ) {}

  get edges() {
    return this.nodes.map((node, index) => ({ node, cursor: this.cursorAt(index) }));
  }

  get pageInfo(): PageInfoType {
    return this;
  }

  get hasNextPage(): boolean {
    return this.hasMore.after;
  }

  get hasPreviousPage(): boolean {
    return this.hasMore.before;
  }

  get startCursor(): string | null {
    return this.cursorIfAny(0);
  }

  get endCursor(): string | null {
    return this.cursorIfAny(this.nodes.length - 1);
  }

  private cursorIfAny(index: number): string | null {
    return this.nodes.length === 0 ? null : this.cursorAt(index);
  }
}
