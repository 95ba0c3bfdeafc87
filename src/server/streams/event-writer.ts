import type { ServerResponse } from 'node:http';
import type { SlowReader, UntakenEvents } from './untaken-events.js';

/** What is handed to a connection at a time. A client that takes this much is not stuck. */
const PIECE_BYTES = 16 * 1024;

export interface WriterOptions {
  /** Time after which a client that takes nothing is disconnected. */
  readonly stuckMs: number;
  readonly untaken: UntakenEvents;
}

/**
 * Writes server-sent events of GraphQL to a response: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
 * Holds at most one event: the next one waits until the client took the former.
 */
export class EventWriter implements SlowReader {
  /** When the client last took something of what it was given; null while it has taken all. */
  private waitingSince: number | null = null;
  private isSending = false;
  /** What follows the event that is being sent, and is the last. */
  private ending: string | null = null;
  private proceed: (() => void) | null = null;

  constructor(
    private readonly response: ServerResponse,
    private readonly options: WriterOptions,
  ) {
    response.once('close', () => {
      options.untaken.note(this, 0);
      this.proceed?.();
    });
  }

  open(headers: Readonly<Record<string, number | string | readonly string[] | undefined>>): void {
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) this.response.setHeader(name, value);
    }
    this.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      // Proxies would otherwise collect events: nginx by buffering, others by compressing.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  }

  /** Resolves once the client took the event, or is gone. `json` holds no line break. */
  next(json: string): Promise<void> {
    return this.send(Buffer.from(`event: next\ndata: ${json}\n\n`));
  }

  /** Ends the stream. The data is empty because `EventSource` ignores events without. */
  complete(): void {
    this.end('event: complete\ndata:\n\n');
  }

  /** Ends without `complete`, so that clients reconnect, those of `EventSource` after `retryMs`. */
  interrupt(retryMs: number): void {
    this.end(`retry: ${retryMs}\n\n`);
  }

  /** Keeps proxies from closing an idle connection, or disconnects a client that takes nothing. */
  beat(now: number): void {
    if (this.waitingSince === null && !this.isSending) void this.write(':\n\n');
    else if (now - (this.waitingSince ?? now) >= this.options.stuckMs) this.disconnect();
  }

  /** Resets the connection: the kernel would go on trying to send what it holds, some megabytes for each. */
  disconnect(): void {
    this.response.socket?.resetAndDestroy();
  }

  private async send(event: Buffer): Promise<void> {
    this.isSending = true;
    for (let left = event; left.length > 0 && !this.isOver(); left = left.subarray(PIECE_BYTES)) {
      this.options.untaken.note(this, left.length);
      await this.write(left.subarray(0, PIECE_BYTES));
    }
    this.options.untaken.note(this, 0);
    this.isSending = false;
    if (this.ending !== null) this.end(this.ending);
  }

  private end(text: string): void {
    if (this.isSending) this.ending ??= text;
    else if (!this.isOver()) this.response.end(text);
  }

  private isOver(): boolean {
    return this.response.destroyed || this.response.writableEnded;
  }

  /** Resolves once the client took what is written, or is gone. */
  private write(data: string | Buffer): Promise<void> {
    if (this.isOver()) return Promise.resolve();
    this.waitingSince = performance.now();
    return new Promise((resolve) => {
      this.proceed = resolve;
      this.response.write(data, () => {
        this.waitingSince = null;
        resolve();
      });
    });
  }
}
