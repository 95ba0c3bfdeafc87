import type { OutboundRequest, OutboundResponse, Transport } from '../domain/transport.js';
import { afterWaiting } from './deadline.js';
import { joinRead } from './join-read.js';

/** Age above which a read no longer keeps the next one waiting. */
const LONGEST_TURN_MS = 1_000;

/** A read that has begun. */
interface Turn {
  readonly startedAt: number;
  readonly isOver: Promise<void>;
  /** The read after it; null while nobody asks for one, and once it has begun. */
  next: Promise<OutboundResponse> | null;
}

/**
 * Shares the reads that streams make for their events, where `keyOf` is equal. A hint reaches all streams of a record at once,
 * and what each of them reads has to be newer than the hint: one read is under way, and whoever asks meanwhile shares one that
 * begins after it.
 */
export function shareEventReads(read: Transport, keyOf: (request: OutboundRequest) => string): Transport {
  const turns = new Map<string, Turn>();

  function begin(key: string, request: OutboundRequest): Promise<OutboundResponse> {
    const pending = read(request);
    const end = () => {
      if (turns.get(key) === turn && !turn.next) turns.delete(key);
    };
    const turn: Turn = { startedAt: performance.now(), isOver: pending.then(end, end), next: null };
    turns.set(key, turn);
    return pending;
  }

  async function beginAfter(turn: Turn, key: string, request: OutboundRequest): Promise<OutboundResponse> {
    const askedAt = performance.now();
    await earlier(turn.isOver, turn.startedAt + LONGEST_TURN_MS - askedAt);
    turn.next = null;
    return begin(key, afterWaiting(request, performance.now() - askedAt));
  }

  return async function readInTurn(request) {
    const key = keyOf(request);
    const turn = turns.get(key);
    if (!turn) return begin(key, request);
    turn.next ??= beginAfter(turn, key, request);
    return joinRead(turn.next, request, readInTurn);
  };
}

/** Resolves with `end`, or after `ms`. */
async function earlier(end: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([end, late]);
  clearTimeout(timer);
}
