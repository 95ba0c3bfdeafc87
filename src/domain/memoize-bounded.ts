/** Memoizes a pure function for values that repeat, such as prices and dates. Clears the cache when it is full. */
export function memoizeBounded<Key, Value>(maxEntries: number, compute: (key: Key) => Value): (key: Key) => Value {
  const cache = new Map<Key, Value>();
  return (key) => {
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const value = compute(key);
    if (cache.size === maxEntries) cache.clear();
    cache.set(key, value);
    return value;
  };
}
