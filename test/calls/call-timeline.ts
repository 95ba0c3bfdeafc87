import type { Transport } from '../../src/domain/transport.js';
import { type AccountTransport, createTransport } from '../../src/http/transport.js';

export interface Measured {
  readonly calls: number;
  /** Calls that had to wait for one another, one after the other. */
  readonly depth: number;
}

/** Sends calls in rounds: calls that start without waiting for another's response are sent together. */
export interface CallTimeline {
  readonly transport: AccountTransport;
  measure(work: () => Promise<unknown>): Promise<Measured>;
}

/** Turns of the event loop without a new call after which none can come any more without an answer. */
const QUIET_TURNS = 50;

export function createCallTimeline(connections: number): CallTimeline {
  const inner = createTransport({ connections });
  let isMeasuring = false;
  let wave: (() => void)[] = [];
  let calls = 0;
  let depth = 0;
  let quiet = 0;

  function watch(): void {
    quiet += 1;
    if (quiet < QUIET_TURNS) return void setImmediate(watch);
    const ready = wave;
    wave = [];
    depth += 1;
    for (const leave of ready) leave();
  }

  function nextWave(): Promise<void> {
    quiet = 0;
    if (wave.length === 0) setImmediate(watch);
    return new Promise((resolve) => wave.push(resolve));
  }

  const send: Transport = async (request) => {
    if (isMeasuring) {
      calls += 1;
      await nextWave();
    }
    return inner.send(request);
  };

  return {
    transport: { send, close: () => inner.close() },
    async measure(work) {
      [isMeasuring, calls, depth] = [true, 0, 0];
      await work();
      isMeasuring = false;
      return { calls, depth };
    },
  };
}
