import type { Caller } from './caller.js';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request to a provider. */
export interface OutboundRequest {
  readonly method: HttpMethod;
  readonly url: string;
  /** Its path with names in place of identifiers: what may be told about where it goes. */
  readonly urlTemplate: string;
  /** From 1; higher when it is sent again. */
  readonly attempt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether it may change something there, whatever its method. */
  readonly kind: 'read' | 'write';
  readonly caller: Caller;
  /** Longest wait for the answer. */
  readonly timeoutMs: number;
  /** Longest wait altogether, that for its turn included. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  /** Name of the narrowest limit of the account that it falls under; `all` when absent. */
  readonly limit?: string;
  /** Whether a server error is a documented no, and no sign of an outage. */
  readonly isRefusal?: (response: OutboundResponse) => boolean;
}

export interface OutboundResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends once, follows no redirect. Without a whole answer it throws `TransportFailure`. */
export type Transport = (request: OutboundRequest) => Promise<OutboundResponse>;

/** Why a request was held back by this layer. */
export type WithheldReason = 'CIRCUIT_OPEN' | 'QUEUE_FULL' | 'QUEUE_TIMEOUT';

/** GIVEN_UP: its caller did not want it any longer. */
export type TransportFailureKind = 'TIMEOUT' | 'UNAVAILABLE' | 'GIVEN_UP' | WithheldReason;

/** Null when the provider may have been asked. */
export function withheldFor(kind: TransportFailureKind): WithheldReason | null {
  switch (kind) {
    case 'CIRCUIT_OPEN':
    case 'QUEUE_FULL':
    case 'QUEUE_TIMEOUT':
      return kind;
    case 'TIMEOUT':
    case 'UNAVAILABLE':
    case 'GIVEN_UP':
      return null;
  }
}

/** No whole answer came back. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';

  constructor(
    readonly kind: TransportFailureKind,
    /** False only when the request certainly never left, e.g. the connection was refused. */
    readonly mayHaveArrived: boolean,
    message: string,
    /** When asking again may help; null when that is not known. */
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
