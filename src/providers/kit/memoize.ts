/** Reads of one data source by their input: each is made once, and whoever asks again gets the same answer. */
export interface AsyncMemo<Input, T> {
  get(input: Input): Promise<T>;
  has(input: Input): boolean;
  /** The answers asked for so far, whether they have come or not. */
  requested(): readonly Promise<T>[];
}

export function memoize<Input, T>(
  read: (input: Input) => Promise<T>,
  keyOf: (input: Input) => string,
): AsyncMemo<Input, T> {
  const answers = new Map<string, Promise<T>>();
  return {
    get(input) {
      const key = keyOf(input);
      const known = answers.get(key);
      if (known) return known;
      const answer = read(input);
      // A prefetched answer may never be asked for: its failure must not end the process.
      answer.catch(() => {});
      answers.set(key, answer);
      return answer;
    },
    has: (input) => answers.has(keyOf(input)),
    requested: () => [...answers.values()],
  };
}

export function memoizeById<T>(read: (id: string) => Promise<T>): AsyncMemo<string, T> {
  return memoize(read, (id) => id);
}

/** The key of a set of identifiers, in whatever order they come. */
export function keyOfSet(ids: readonly string[]): string {
  return JSON.stringify([...ids].sort());
}
