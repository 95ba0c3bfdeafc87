/** Returns the known key closest to a misspelt one; null when none is close. */
export function nearestKey(written: string, known: readonly string[]): string | null {
  const wanted = simplify(written);
  const ranked = known
    .map((key) => ({ key, distance: editDistance(wanted, simplify(key)) }))
    .sort((left, right) => left.distance - right.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(wanted.length / 3)) ? best.key : null;
}

/** Normalizes a key, so that `API_KEY`, `api-key` and `apiKey` are equal. */
function simplify(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Computes the Levenshtein distance of two words. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, letter] of left.split('').entries()) {
    const current = [row + 1];
    for (const [column, other] of right.split('').entries()) {
      const exchange = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(exchange, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
