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
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface OutboundResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends once, follows no redirect. Without a whole answer it throws `TransportFailure`. */
export type Transport = (request: OutboundRequest) => Promise<OutboundResponse>;

/** No whole answer came back. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';

  constructor(
    readonly kind: 'TIMEOUT' | 'UNAVAILABLE',
    /** False only when the request certainly never left, e.g. the connection was refused. */
    readonly mayHaveArrived: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
