import { GraphQLError } from 'graphql';
import { HeaderMap } from '@apollo/server';
import type { StreamLimits } from '../../config/limits.js';
import type { Actor } from '../../domain/actor.js';
import { UntakenEvents } from './untaken-events.js';

export interface StreamTiming {
  /** Below the idle timeouts of usual proxies, the shortest of which is 30 s. */
  readonly heartbeatMs: number;
  /** Time after which a client that takes nothing is disconnected, at the next heartbeat. */
  readonly stuckMs: number;
  /** Time in which clients take what was written before their connections are destroyed. */
  readonly closeGraceMs: number;
}

const defaultTiming: StreamTiming = { heartbeatMs: 10_000, stuckMs: 30_000, closeGraceMs: 1_000 };

export interface OpenStream {
  /** Sends a heartbeat, or disconnects a client that takes nothing. */
  beat(now: number): void;
  /** Asks the client to reconnect, here or at another replica. */
  interrupt(): void;
  destroy(): void;
}

/** The open streams of this process: how many there may be, their heartbeat and their end. */
export interface OpenStreams {
  readonly stuckMs: number;
  readonly untaken: UntakenEvents;
  /** Reserves a stream for an actor; returns its release. Throws a `GraphQLError` above the limits. */
  reserve(actor: Actor): () => void;
  /** Keeps a stream alive until the returned function is called. */
  add(stream: OpenStream): () => void;
  /** Ends all streams and accepts no more. */
  close(): Promise<void>;
}

export function createOpenStreams(limits: StreamLimits, timing: Partial<StreamTiming> = {}): OpenStreams {
  const { heartbeatMs, stuckMs, closeGraceMs } = { ...defaultTiming, ...timing };
  const byActor = new Map<string, number>();
  const streams = new Set<OpenStream>();
  let reserved = 0;
  let isClosed = false;
  let heartbeat: NodeJS.Timeout | null = null;

  function release(actorId: string): void {
    reserved -= 1;
    const left = (byActor.get(actorId) ?? 1) - 1;
    if (left === 0) byActor.delete(actorId);
    else byActor.set(actorId, left);
  }

  function beatAll(): void {
    const now = performance.now();
    for (const stream of streams) stream.beat(now);
  }

  return {
    stuckMs,
    untaken: new UntakenEvents(),

    reserve({ id, kind }) {
      const own = byActor.get(id) ?? 0;
      const most = kind === 'SERVICE' ? limits.service : limits.shopper;
      if (isClosed || reserved >= limits.process) throw noRoom();
      if (own >= most) throw tooMany(most);
      reserved += 1;
      byActor.set(id, own + 1);
      let isReleased = false;
      return () => {
        if (!isReleased) release(id);
        isReleased = true;
      };
    },

    add(stream) {
      streams.add(stream);
      heartbeat ??= setInterval(beatAll, heartbeatMs).unref();
      return () => {
        streams.delete(stream);
        if (streams.size > 0 || !heartbeat) return;
        clearInterval(heartbeat);
        heartbeat = null;
      };
    },

    async close() {
      isClosed = true;
      for (const stream of streams) stream.interrupt();
      if (streams.size === 0) return;
      await new Promise((resolve) => setTimeout(resolve, closeGraceMs));
      for (const stream of streams) stream.destroy();
    },
  };
}

function tooMany(limit: number): GraphQLError {
  return refusal(`At most ${limit} streams can be open at a time. Close one.`, 'STREAM_LIMIT_EXCEEDED', 429);
}

function noRoom(): GraphQLError {
  return refusal('No more streams can be opened at the moment. Try again.', 'STREAM_CAPACITY_EXCEEDED', 503);
}

function refusal(message: string, code: string, status: number): GraphQLError {
  const headers = new HeaderMap([['retry-after', '5']]);
  return new GraphQLError(message, { extensions: { code, http: { status, headers } } });
}
