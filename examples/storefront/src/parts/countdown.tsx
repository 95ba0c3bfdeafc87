import { type WindowFacts } from 'upsell-graph-client';
import { useCountdown } from 'upsell-graph-client/react';
import { duration } from '../format';

/** How long an order can still be changed. At the end it is asked for anew. */
export function Countdown({ window, onEnd }: { readonly window: WindowFacts; readonly onEnd: () => void }) {
  const { secondsLeft, state } = useCountdown(window, onEnd);
  if (state === 'CLOSED') return <span className="pill closed">Closed for changes</span>;
  if (secondsLeft === null) return <span className="pill">Open for changes</span>;
  return (
    <span className={`pill ${secondsLeft < 600 ? 'soon' : ''}`}>
      <span aria-hidden="true">Open for {duration(secondsLeft)}</span>
      <span className="unseen">Can be changed for {Math.ceil(secondsLeft / 60)} minutes</span>
    </span>
  );
}
