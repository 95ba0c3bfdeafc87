import type { OutboundRequest } from '../domain/transport.js';

export type GiveUp = { readonly kind: 'TIMEOUT' | 'UNAVAILABLE' | 'GIVEN_UP'; readonly message: string };

/** Calls back once when the time is over or the caller gave up. The returned function ends the watch. */
export function watchDeadline(
  { timeoutMs, signal }: Pick<OutboundRequest, 'timeoutMs' | 'signal'>,
  onOver: (reason: GiveUp) => void,
): () => void {
  const onTimeout = () => onOver({ kind: 'TIMEOUT', message: `No answer came within ${Math.round(timeoutMs)} ms.` });
  const onAbort = () => onOver({ kind: 'GIVEN_UP', message: 'The request was given up by its caller.' });
  const timer = setTimeout(onTimeout, timeoutMs);
  const stopWatching = watchAbort(signal, onAbort);
  return () => {
    clearTimeout(timer);
    stopWatching();
  };
}

function watchAbort(signal: AbortSignal, onAbort: () => void): () => void {
  if (signal.aborted) onAbort();
  const watchers = watchersOf.get(signal) ?? new Watchers();
  if (watchers.size === 0) {
    watchersOf.set(signal, watchers);
    signal.addEventListener('abort', watchers);
  }
  watchers.add(onAbort);
  return () => {
    watchers.delete(onAbort);
    if (watchers.size === 0) signal.removeEventListener('abort', watchers);
  };
}

/**
 * Those who watch one signal, as its only listener. A request may make many calls, and an event target looks through all
 * its listeners for each that comes or goes.
 */
class Watchers extends Set<() => void> {
  handleEvent(): void {
    for (const tell of this) tell();
  }
}

const watchersOf = new WeakMap<AbortSignal, Watchers>();
