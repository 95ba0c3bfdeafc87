import type { ServerResponse } from 'node:http';

/**
 * Writes server-sent events of GraphQL to a response: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
 * Buffers at most one event: the next one waits until the client took the former.
 */
export class EventWriter {
  private stuckSince: number | null = null;

  constructor(
    private readonly response: ServerResponse,
    /** Time after which a client that takes nothing is disconnected. */
    private readonly stuckMs: number,
  ) {}

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
  async next(json: string): Promise<void> {
    this.write(`event: next\ndata: ${json}\n\n`);
    if (this.response.writableNeedDrain && !this.isOver()) await this.drained();
  }

  /** Ends the stream. The data is empty because `EventSource` ignores events without. */
  complete(): void {
    this.end('event: complete\ndata:\n\n');
  }

  /** Ends without `complete`, so that clients reconnect, those of `EventSource` after `retryMs`. */
  interrupt(retryMs: number): void {
    this.end(`retry: ${retryMs}\n\n`);
  }

  /** Keeps proxies from closing an idle connection, or destroys one whose client takes nothing. */
  beat(now: number): void {
    if (this.stuckSince === null) this.write(':\n\n');
    // A reset, because the kernel would go on trying to send what it holds, some megabytes for each.
    else if (now - this.stuckSince >= this.stuckMs) this.response.socket?.resetAndDestroy();
  }

  private end(text: string): void {
    if (!this.isOver()) this.response.end(text);
  }

  private isOver(): boolean {
    return this.response.destroyed || this.response.writableEnded;
  }

  private write(text: string): void {
    if (this.isOver()) return;
    this.stuckSince ??= performance.now();
    this.response.write(text, () => {
      if (this.response.writableLength === 0) this.stuckSince = null;
    });
  }

  private drained(): Promise<void> {
    const { response } = this;
    return new Promise((resolve) => {
      const proceed = () => {
        response.off('drain', proceed);
        response.off('close', proceed);
        resolve();
      };
      response.on('drain', proceed);
      response.on('close', proceed);
    });
  }
}
