import type { Dispatcher } from 'undici';
import { type OutboundResponse, TransportFailure } from '../domain/transport.js';
import type { GiveUp } from './deadline.js';

/** One request on its way: collects the answer, and knows whether the request may have left. */
export class Exchange {
  readonly response: Promise<OutboundResponse>;
  /** A connection was there and the request was handed to it. Before that, nothing can have arrived. */
  hasStarted = false;

  private readonly chunks: Buffer[] = [];
  private size = 0;
  private status = 0;
  private headers: Readonly<Record<string, string>> = {};
  private controller: Dispatcher.DispatchController | null = null;
  private givenUp: TransportFailure | null = null;
  private resolve: (response: OutboundResponse) => void = () => {};
  private reject: (error: Error) => void = () => {};

  constructor(private readonly maxBytes: number) {
    this.response = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever sends awaits it later; a failure before that is not an unhandled one.
    this.response.catch(() => {});
  }

  /** Ends it now, wherever it is. A request still waiting for a connection will not be sent any more. */
  giveUp({ kind, message }: GiveUp): void {
    const failure = new TransportFailure(kind, this.hasStarted, message);
    this.givenUp = failure;
    this.reject(failure);
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
      this.resolve({ status: this.status, headers: this.headers, text: Buffer.concat(this.chunks).toString('utf8') });
    },
    onResponseError: (_controller, error) => this.reject(error),
  };
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return flat;
}
