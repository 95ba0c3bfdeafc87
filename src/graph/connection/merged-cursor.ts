import { decodeCursor, encodeCursor } from './cursor.js';
import { comparePositions, isPosition, type Position } from './position.js';

/** Last position returned; null before the first. */
type Reached = Position | null;

/**
 * Cursor of a list merged from several accounts. Keeps the position of an account that cannot be read while the others
 * advance, so that its records are still returned once it recovers.
 */
export class MergedCursor {
  static readonly none = new MergedCursor(null, new Map());

  private constructor(
    private readonly front: Reached,
    private readonly lagging: ReadonlyMap<string, Reached>,
  ) {}

  /** Decodes a cursor; null for text that is not a cursor of this list. */
  static fromCursor(list: string, cursor: string): MergedCursor | null {
    const place = decodeCursor(list, cursor);
    if (!Array.isArray(place)) return null;
    const [front, ...behind]: readonly unknown[] = place;
    if (!isPosition(front) || !behind.every(isLagging)) return null;
    return new MergedCursor(
      toPosition(front),
      new Map(behind.map(([account, reached]) => [account, reached && toPosition(reached)])),
    );
  }

  toCursor(list: string): string {
    return encodeCursor(list, [
      toPair(this.front),
      ...[...this.lagging].map(([key, reached]) => [key, toPair(reached)]),
    ]);
  }

  hasMet(account: string, position: Position): boolean {
    const reached = this.at(account);
    return reached !== null && comparePositions(position, reached) <= 0;
  }

  /** Returns the cursor after this position, advanced for the accounts that were `read`. */
  advance(position: Position, read: ReadonlySet<string>, unread: readonly string[]): MergedCursor {
    const front = later(this.front, position);
    const candidates = [...new Set([...this.lagging.keys(), ...unread])];
    const reached = candidates.map((account): [string, Reached] => {
      const before = this.at(account);
      return [account, read.has(account) ? later(before, position) : before];
    });
    return new MergedCursor(front, new Map(reached.filter(([, at]) => at === null || comparePositions(at, front) < 0)));
  }

  private at(account: string): Reached {
    return this.lagging.get(account) ?? (this.lagging.has(account) ? null : this.front);
  }
}

function later(left: Reached, right: Position): Position {
  return left !== null && comparePositions(left, right) > 0 ? left : right;
}

function isLagging(
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
