import type { Caller } from './caller.js';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request to a provider. */
export interface OutboundRequest {
  readonly method: HttpMethod;
  readonly url: string;
  /** The path with names in place of identifiers; safe to log and to measure. */
  readonly urlTemplate: string;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the request may change state at the provider, whatever its method. */
  readonly kind: 'read' | 'write';
  readonly caller: Caller;
  /** Longest wait for the response, once sent. */
  readonly timeoutMs: number;
  /** Longest wait overall, time in the queue included. */
  readonly totalTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Name of the narrowest call limit that applies; `all` when absent. */
  readonly limit?: string;
  /** Returns whether a server error is a documented refusal rather than a sign of an outage. */
  readonly isRefusal?: (response: OutboundResponse) => boolean;
  /** Returns what a response says of having been asked too often; null when it is about something else. */
  readonly throttlingIn?: (response: OutboundResponse) => Throttling | null;
  /** Returns whether its narrower limit has been held back since it passed there; it then waits there again. */
  readonly isHeldBack?: () => boolean;
}

/** What a provider says that was asked too often. */
export interface Throttling {
  /** `budget`: the calls counted by the narrowest limit of this one. `host`: all calls of the account to it. */
  readonly concerns: 'budget' | 'host';
  /** How long it asks to be left alone; null when it does not say. */
  readonly retryAfterMs: number | null;
}

export interface OutboundResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends a request once, without following redirects. Throws `TransportFailure` without a complete response. */
export type Transport = (request: OutboundRequest) => Promise<OutboundResponse>;

/**
 * Reason why this layer rejected a request instead of sending it.
 * TOO_LATE: another process may have taken the write over. NOT_READABLE: what to send could not be read back.
 */
export type NotSentReason = 'CIRCUIT_OPEN' | 'HELD_BACK' | 'QUEUE_FULL' | 'QUEUE_TIMEOUT' | 'TOO_LATE' | 'NOT_READABLE';

/** ABORTED: the caller aborted the request. */
export type TransportFailureKind = 'TIMEOUT' | 'UNAVAILABLE' | 'ABORTED' | NotSentReason;

/** Returns why a request was not sent; null when it may have been. */
export function notSentReason(kind: TransportFailureKind): NotSentReason | null {
  switch (kind) {
    case 'CIRCUIT_OPEN':
    case 'HELD_BACK':
    case 'QUEUE_FULL':
    case 'QUEUE_TIMEOUT':
    case 'TOO_LATE':
    case 'NOT_READABLE':
      return kind;
    case 'TIMEOUT':
    case 'UNAVAILABLE':
    case 'ABORTED':
      return null;
  }
}

/** Thrown when no complete response arrived. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';

  constructor(
    readonly kind: TransportFailureKind,
    /** False only when the request certainly never left, for example because the connection was refused. */
    readonly mayHaveArrived: boolean,
    message: string,
    /** Delay after which a retry may succeed; null when unknown. */
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
