/** Memoizes a read of one data source: makes it once for each input, and returns the same promise after that. */
export interface AsyncMemo<Input, T> {
  get(input: Input): Promise<T>;
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
      // Nobody may take a prefetched answer: its failure must not end the process.
      answer.catch(() => {});
      answers.set(key, answer);
      return answer;
    },
  };
}

export function memoizeById<T>(read: (id: string) => Promise<T>): AsyncMemo<string, T> {
  return memoize(read, (id) => id);
}

/** Builds the key of a set of identifiers, the same in any order. */
export function keyOfSet(ids: readonly string[]): string {
  return JSON.stringify([...ids].sort());
}
