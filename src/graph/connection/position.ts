/** Position of an entry: by rank, then by ID, so that entries of equal rank keep a stable order. */
export interface Position {
  /** Entries without a rank come last. */
  readonly rank: number | null;
  readonly id: string;
}

export function comparePositions(left: Position, right: Position): number {
  const [leftRank, rightRank] = [left.rank ?? Number.POSITIVE_INFINITY, right.rank ?? Number.POSITIVE_INFINITY];
  if (leftRank !== rightRank) return leftRank < rightRank ? -1 : 1;
  if (left.id === right.id) return 0;
  return left.id < right.id ? -1 : 1;
}

export function isPosition(value: unknown): value is readonly [rank: number | null, id: string] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [rank, id]: readonly unknown[] = value;
  return (rank === null || typeof rank === 'number') && typeof id === 'string';
}
