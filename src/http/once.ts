/** A read that happens at most once a key; whoever asks again gets the same answer. */
export interface Once<Input, T> {
  get(input: Input): Promise<T>;
  has(input: Input): boolean;
  /** The answers asked for so far. */
  started(): readonly Promise<T>[];
}

export function once<Input, T>(read: (input: Input) => Promise<T>, keyOf: (input: Input) => string): Once<Input, T> {
  const answers = new Map<string, Promise<T>>();
  return {
    get(input) {
      const key = keyOf(input);
      const known = answers.get(key);
      if (known) return known;
      const answer = read(input);
      // It may be read ahead and never be asked for: a failure then is nobody's.
      answer.catch(() => {});
      answers.set(key, answer);
      return answer;
    },
    has: (input) => answers.has(keyOf(input)),
    started: () => [...answers.values()],
  };
}

export function onceById<T>(read: (id: string) => Promise<T>): Once<string, T> {
  return once(read, (id) => id);
}
