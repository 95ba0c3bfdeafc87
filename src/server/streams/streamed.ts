import type { Actor } from '../../domain/actor.js';
import type { StreamedRequest } from '../executor/subscription-source.js';
import type { OpenStreams } from './open-streams.js';

/** What a request that prefers an event stream holds: its actor, its place among the open streams, its source of hints. */
export class Streamed implements StreamedRequest {
  /** Set by each execution, which authenticates anew. */
  actor: Actor | null = null;
  source: AsyncIterator<unknown> | null = null;
  isFailed = false;
  private isReleased = false;
  private free: (() => void) | null = null;

  constructor(
    readonly method: string,
    private readonly streams: OpenStreams,
  ) {}

  reserve(): void {
    if (!this.actor) throw new TypeError('a stream was opened for nobody');
    if (!this.isReleased) this.free = this.streams.reserve(this.actor);
  }

  release(): void {
    this.isReleased = true;
    this.free?.();
    void this.source?.return?.();
  }
}
