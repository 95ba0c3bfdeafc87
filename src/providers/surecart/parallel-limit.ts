import { type Transport, TransportFailure } from '../../domain/transport.js';

/** Lets at most `limit` requests of an account be on their way; others wait, within their own time. */
export function limitParallel(transport: Transport, limit: number): Transport {
  const waiting: (() => void)[] = [];
  let running = 0;

  function enter(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (running < limit) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const turn = () => {
        stop();
        resolve();
      };
      const giveUp = (kind: 'TIMEOUT' | 'UNAVAILABLE') => {
        stop();
        waiting.splice(waiting.indexOf(turn), 1);
        reject(new TransportFailure(kind, false, 'The request waited too long for its turn.'));
      };
      const onAbort = () => giveUp('UNAVAILABLE');
      const timer = setTimeout(giveUp, timeoutMs, 'TIMEOUT');
      const stop = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      waiting.push(turn);
    });
  }

  /** The place passes to who has waited longest. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return async (request) => {
    await enter(request.timeoutMs, request.signal);
    try {
      return await transport(request);
    } finally {
      leave();
    }
  };
}
