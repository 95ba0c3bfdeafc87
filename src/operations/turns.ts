/** Turns within one process, in the order they were asked for; each name has a queue of its own. */
export interface Turns {
  /** Waits for a turn. The result ends it; null when it did not come within `waitMs`. */
  take(name: string, waitMs: number): Promise<(() => void) | null>;
}

export function createTurns(): Turns {
  const tails = new Map<string, Promise<void>>();

  return {
    async take(name, waitMs) {
      const previous = tails.get(name) ?? Promise.resolve();
      const { promise: mine, resolve: finish } = deferred();
      const tail = turnAfter(previous, mine);
      tails.set(name, tail);
      void tail.finally(() => tails.get(name) === tail && tails.delete(name));
      const isMyTurn = await Promise.race([previous.then(() => true), timeout(waitMs)]);
      if (isMyTurn) return finish;
      // Passes the turn on once it comes.
      finish();
      return null;
    },
  };
}

async function turnAfter(previous: Promise<void>, mine: Promise<void>): Promise<void> {
  await previous;
  await mine;
}

function deferred() {
  let settle: (() => void) | undefined;
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: () => settle?.() };
}

function timeout(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, ms, false).unref());
}
