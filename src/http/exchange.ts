import type { Dispatcher } from 'undici';
import { type OutboundResponse, TransportFailure } from '../domain/transport.js';
import type { GiveUp } from './deadline.js';

interface Waiting {
  resolve(response: OutboundResponse): void;
  reject(error: Error): void;
}

/**
 * One request on its way: collects the answer, and knows whether the request may have left. What undici keeps of a request
 * lives on until all garbage is collected, so nothing of an answer stays here once it is handed over.
 */
export class Exchange {
  /** A connection was there and the request was handed to it. Before that, nothing can have arrived. */
  hasStarted = false;

  private chunks: Buffer[] = [];
  private size = 0;
  private status = 0;
  private headers: Readonly<Record<string, string>> = {};
  private controller: Dispatcher.DispatchController | null = null;
  private givenUp: TransportFailure | null = null;
  private waiting: Waiting | null = null;

  constructor(private readonly maxBytes: number) {}

  /** The answer, or a `TransportFailure`. To be asked for once, before the request is sent. */
  response(): Promise<OutboundResponse> {
    const response = new Promise<OutboundResponse>((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
    // Whoever sends awaits it later; a failure before that is not an unhandled one.
    response.catch(() => {});
    return response;
  }

  /** Ends it now, wherever it is. A request still waiting for a connection will not be sent any more. */
  giveUp({ kind, message }: GiveUp): void {
    const failure = new TransportFailure(kind, this.hasStarted, message);
    this.givenUp = failure;
    this.fail(failure);
    this.controller?.abort(failure);
  }

  readonly handler: Dispatcher.DispatchHandler = {
    onRequestStart: (controller) => {
      if (this.givenUp) return controller.abort(this.givenUp);
      this.controller = controller;
      this.hasStarted = true;
    },
    onResponseStart: (_controller, status, headers) => {
      this.status = status;
      this.headers = flatten(headers);
    },
    onResponseData: (_controller, chunk) => {
      this.size += chunk.length;
      if (this.size > this.maxBytes) this.giveUp({ kind: 'UNAVAILABLE', message: 'The answer was too long to read.' });
      else this.chunks.push(chunk);
    },
    onResponseEnd: () => {
      const { status, headers, chunks } = this;
      this.handOver()?.resolve({ status, headers, text: Buffer.concat(chunks).toString('utf8') });
    },
    onResponseError: (_controller, error) => this.fail(error),
  };

  private fail(error: Error): void {
    this.handOver()?.reject(error);
  }

  private handOver(): Waiting | null {
    const { waiting } = this;
    this.waiting = null;
    this.chunks = [];
    return waiting;
  }
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return flat;
}
