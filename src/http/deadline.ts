import type { OutboundRequest } from '../domain/transport.js';

export type AbortReason = {
  readonly kind: 'TIMEOUT' | 'UNAVAILABLE' | 'ABORTED' | 'TOO_LATE';
  readonly message: string;
};

/** Calls `onOver` once, on timeout or when the caller aborts. The returned function stops the watch. */
export function watchDeadline(
  { timeoutMs, signal }: Pick<OutboundRequest, 'timeoutMs' | 'signal'>,
  onOver: (reason: AbortReason) => void,
): () => void {
  const onTimeout = () =>
    onOver({ kind: 'TIMEOUT', message: `No response arrived within ${Math.round(timeoutMs)} ms.` });
  const onAbort = () => onOver({ kind: 'ABORTED', message: 'The caller aborted the request.' });
  const timer = setTimeout(onTimeout, timeoutMs);
  const stopWatching = watchAbort(signal, onAbort);
  return () => {
    clearTimeout(timer);
    stopWatching();
  };
}

/** Reduces the timeouts of a request by the time it has waited. */
export function afterWaiting(request: OutboundRequest, waitedMs: number): OutboundRequest {
  const totalTimeoutMs = Math.max(request.totalTimeoutMs - waitedMs, 1);
  return { ...request, totalTimeoutMs, timeoutMs: Math.min(request.timeoutMs, totalTimeoutMs) };
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
 * Fans one abort listener out to all watchers of a signal. A request may make many calls, and an event target searches
 * all its listeners whenever one is added or removed.
 */
class Watchers extends Set<() => void> {
  handleEvent(): void {
    for (const notify of this) notify();
  }
}

const watchersOf = new WeakMap<AbortSignal, Watchers>();
