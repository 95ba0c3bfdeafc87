/** Cuts a list so that each part has at most `maxCount` items and costs at most `maxLength` together. */
export function chunk<T>(
  items: readonly T[],
  limits: { readonly maxCount: number; readonly maxLength: number },
  lengthOf: (item: T) => number,
): readonly (readonly T[])[] {
  const chunks: T[][] = [];
  let current: T[] = [];
  let length = 0;
  for (const item of items) {
    const cost = lengthOf(item);
    if (current.length > 0 && (current.length === limits.maxCount || length + cost > limits.maxLength)) {
      chunks.push(current);
      current = [];
      length = 0;
    }
    current.push(item);
    length += cost;
  }
  return current.length > 0 ? [...chunks, current] : chunks;
}
