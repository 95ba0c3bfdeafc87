import type { Dispatcher } from 'undici';
import { TransportFailure, type OutboundResponse } from '../domain/transport.js';
import type { AbortReason } from './deadline.js';
import { decodeBody } from './decode-body.js';

interface Waiting {
  resolve(response: OutboundResponse): void;
  reject(error: Error): void;
}

/**
 * Collects the response of one request and records whether the request may have left. Releases the response once handed
 * over, because undici keeps its request objects alive until a full garbage collection.
 */
export class ResponseCollector {
  /** True once the request was handed to a connection; before that, nothing can have arrived. */
  hasStarted = false;

  private chunks: Buffer[] = [];
  private size = 0;
  private status = 0;
  private headers: Readonly<Record<string, string>> = {};
  private controller: Dispatcher.DispatchController | null = null;
  private abortedWith: TransportFailure | null = null;
  private waiting: Waiting | null = null;

  constructor(
    private readonly maxBytes: number,
    /** Whether the request may still leave, asked right before the bytes do. */
    private readonly mayLeave: () => boolean = () => true,
  ) {}

  /** Returns the response or rejects with a `TransportFailure`. Call once, before the request is sent. */
  response(): Promise<OutboundResponse> {
    const response = new Promise<OutboundResponse>((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
    // The sender awaits it later; a failure before that is not an unhandled rejection.
    response.catch(() => {});
    return response;
  }

  /** Aborts the request. One still waiting for a connection is never sent. */
  abort({ kind, message }: AbortReason): void {
    const failure = new TransportFailure(kind, this.hasStarted, message);
    this.abortedWith = failure;
    this.fail(failure);
    this.controller?.abort(failure);
  }

  readonly handler: Dispatcher.DispatchHandler = {
    onRequestStart: (controller) => {
      if (!this.abortedWith && !this.mayLeave()) {
        this.abort({ kind: 'TOO_LATE', message: 'The time to send this was over before it left.' });
      }
      if (this.abortedWith) return controller.abort(this.abortedWith);
      this.controller = controller;
      this.hasStarted = true;
    },
    onResponseStart: (_controller, status, headers) => {
      this.status = status;
      this.headers = flatten(headers);
    },
    onResponseData: (_controller, chunk) => {
      this.size += chunk.length;
      if (this.size > this.maxBytes)
        this.abort({ kind: 'UNAVAILABLE', message: 'The response exceeded the size limit.' });
      else this.chunks.push(chunk);
    },
    onResponseEnd: () => {
      const { status, headers, chunks, maxBytes } = this;
      const body = Buffer.concat(chunks);
      const encoding = headers['content-encoding'];
      if (!encoding) {
        this.handOver()?.resolve({ status, headers, text: textOf(body) });
        return;
      }
      this.chunks = [];
      void decodeBody(body, encoding, maxBytes).then(
        (decoded) => this.handOver()?.resolve({ status, headers, text: textOf(decoded) }),
        (cause: unknown) =>
          this.fail(new TransportFailure('UNAVAILABLE', true, 'The response could not be decoded.', null, { cause })),
      );
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

/**
 * Decodes a body, without the mark that JSON lets a reader ignore.
 * See https://www.rfc-editor.org/rfc/rfc8259#section-8.1
 */
function textOf(body: Buffer): string {
  const text = body.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return flat;
}
