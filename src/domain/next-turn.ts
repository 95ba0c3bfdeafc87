let latest: Promise<void> = Promise.resolve();

/**
 * Resolves in a later turn of the event loop, so that long work lets other work go on. Each call has a turn of its own: the
 * pieces of many long works do not add up to one long stop.
 */
export function nextTurn(): Promise<void> {
  latest = latest.then(() => new Promise((resolve) => setImmediate(resolve)));
  return latest;
}
