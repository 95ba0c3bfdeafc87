import { decodeCursor, encodeCursor } from './cursor.js';
import { comparePositions, isPosition, type Position } from './position.js';

/** Null: nothing was met yet. */
type Reached = Position | null;

/**
 * How far somebody has come in a list that several accounts make up. An account that cannot be read stays behind while
 * the others go on, so that what it has is still met once it answers again.
 */
export class Progress {
  static readonly none = new Progress(null, new Map());

  private constructor(
    private readonly front: Reached,
    private readonly behind: ReadonlyMap<string, Reached>,
  ) {}

  /** Null for a text that is not a cursor of this list. */
  static fromCursor(list: string, cursor: string): Progress | null {
    const place = decodeCursor(list, cursor);
    if (!Array.isArray(place)) return null;
    const [front, ...behind]: readonly unknown[] = place;
    if (!isPosition(front) || !behind.every(isStraggler)) return null;
    return new Progress(
      toPosition(front),
      new Map(behind.map(([account, reached]) => [account, reached && toPosition(reached)])),
    );
  }

  toCursor(list: string): string {
    return encodeCursor(list, [
      toPair(this.front),
      ...[...this.behind].map(([key, reached]) => [key, toPair(reached)]),
    ]);
  }

  hasMet(account: string, position: Position): boolean {
    const reached = this.at(account);
    return reached !== null && comparePositions(position, reached) <= 0;
  }

  /** After the entry at this position, and all before it at the accounts that were `read`. */
  past(position: Position, read: ReadonlySet<string>, unread: readonly string[]): Progress {
    const front = later(this.front, position);
    const candidates = [...new Set([...this.behind.keys(), ...unread])];
    const reached = candidates.map((account): [string, Reached] => {
      const before = this.at(account);
      return [account, read.has(account) ? later(before, position) : before];
    });
    return new Progress(front, new Map(reached.filter(([, at]) => at === null || comparePositions(at, front) < 0)));
  }

  private at(account: string): Reached {
    return this.behind.get(account) ?? (this.behind.has(account) ? null : this.front);
  }
}

function later(left: Reached, right: Position): Position {
  return left !== null && comparePositions(left, right) > 0 ? left : right;
}

function isStraggler(
  value: unknown,
): value is readonly [account: string, reached: readonly [number | null, string] | null] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [account, reached]: readonly unknown[] = value;
  return typeof account === 'string' && (reached === null || isPosition(reached));
}

function toPosition([rank, id]: readonly [number | null, string]): Position {
  return { rank, id };
}

function toPair(reached: Reached): readonly [number | null, string] | null {
  return reached && [reached.rank, reached.id];
}
