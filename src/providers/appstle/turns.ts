/** Lets at most so many tasks run at the same time; the others wait for their turn. */
export interface Turns {
  run<T>(task: () => Promise<T>): Promise<T>;
}

export function createTurns(limit: number): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];

  function finish(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    async run(task) {
      // Who waited takes over the place of who finished.
      if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
      else running += 1;
      try {
        return await task();
      } finally {
        finish();
      }
    },
  };
}
