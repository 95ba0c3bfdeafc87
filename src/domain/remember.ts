/** Prices, days and the like come again and again: what was worked out for one is known, for so many at most. */
export function remember<Key, Value>(most: number, workOut: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = workOut(key);
    if (known.size === most) known.clear();
    known.set(key, value);
    return value;
  };
}
