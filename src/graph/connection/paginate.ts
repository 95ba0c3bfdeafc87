import { invalid } from '../../domain/refusal.js';
import { BadInput } from '../errors/bad-input.js';

export interface PageArguments {
  /** 1 to 100. */
  readonly first: number;
  /** `endCursor` of the page before. */
  readonly after?: string | null | undefined;
}

/** Where an entry stands: by rank, then by ID, so that entries of the same rank keep one order. */
export interface Position {
  readonly rank: number;
  readonly id: string;
}

export interface Entry<T> {
  readonly node: T;
  readonly position: Position;
}

/** A page of a list that was read whole, in the shape of a Relay connection. */
export class Page<T> {
  readonly nodes: readonly T[];

  constructor(
    private readonly entries: readonly Entry<T>[],
    private readonly hasMore: { readonly before: boolean; readonly after: boolean },
  ) {
    this.nodes = entries.map(({ node }) => node);
  }

  get edges() {
    return this.entries.map(({ node, position }) => ({ node, cursor: toCursor(position) }));
  }

  get pageInfo() {
    const [first, last] = [this.entries.at(0), this.entries.at(-1)];
    return {
      hasNextPage: this.hasMore.after,
      hasPreviousPage: this.hasMore.before,
      startCursor: first ? toCursor(first.position) : null,
      endCursor: last ? toCursor(last.position) : null,
    };
  }
}

const MAX_PAGE = 100;

/** A page that can be asked for. */
export interface PageRequest {
  readonly first: number;
  readonly after: Position | null;
}

/** Throws `BadInput` for a page that cannot be asked for. */
export function toPageRequest({ first, after }: PageArguments): PageRequest {
  if (first < 1 || first > MAX_PAGE) {
    throw new BadInput([invalid(['first'], 'between', `This must be a whole number from 1 to ${MAX_PAGE}.`)]);
  }
  return { first, after: after ? fromCursor(after) : null };
}

/** `entries` in the order of their positions. */
export function paginate<T>(entries: readonly Entry<T>[], { first, after }: PageRequest): Page<T> {
  const start = after ? startAfter(entries, after) : 0;
  const end = start + first;
  return new Page(entries.slice(start, end), { before: start > 0, after: end < entries.length });
}

export function comparePositions(left: Position, right: Position): number {
  if (left.rank !== right.rank) return left.rank < right.rank ? -1 : 1;
  if (left.id === right.id) return 0;
  return left.id < right.id ? -1 : 1;
}

/** The entry the cursor was made from may be gone by now; what came after it still does. */
function startAfter<T>(entries: readonly Entry<T>[], cursor: Position): number {
  const next = entries.findIndex(({ position }) => comparePositions(position, cursor) > 0);
  return next === -1 ? entries.length : next;
}

function toCursor({ rank, id }: Position): string {
  return Buffer.from(`${rank}:${id}`, 'utf8').toString('base64url');
}

function fromCursor(cursor: string): Position {
  const match = /^(-?\d+|-?Infinity):(.+)$/s.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!match) throw new BadInput([invalid(['after'], 'cursor', 'This is not a cursor of this list.')]);
  return { rank: Number(match[1]), id: match[2] ?? '' };
}
