import { useEffect } from 'react';

const AGAIN_MS = 5_000;

/** Asks again by itself while something could not be read, and at once when the browser is back online. */
export function useRetry(isMissing: boolean, ask: () => void): void {
  useEffect(() => {
    if (!isMissing) return;
    const again = () => ask();
    const timer = setInterval(again, AGAIN_MS);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, [isMissing, ask]);
}
