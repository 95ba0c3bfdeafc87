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
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
}
