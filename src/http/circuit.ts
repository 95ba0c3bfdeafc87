import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  CountBreaker,
  DelegateBackoff,
  handleWhen,
} from 'cockatiel';
import { type OutboundRequest, type OutboundResponse, type Transport, TransportFailure } from '../domain/transport.js';

/** Opens when most recent calls failed, so that one bad endpoint among good ones is no outage. */
const OUTAGE = { threshold: 0.8, size: 10, minimumNumberOfCalls: 6 };

/** Pauses before the first probes of an outage; later probes wait for `LONGEST_PAUSE_MS`. */
const PAUSES_MS = [1_000, 2_000, 5_000];
const LONGEST_PAUSE_MS = 10_000;

/** Stops calls to a failing host and probes it with one read at a time. */
export class Circuit {
  private readonly policy: CircuitBreakerPolicy;
  private probeAt = 0;

  constructor(onOpen: () => void) {
    this.policy = circuitBreaker(
      // A probe that ends without a response, for whatever reason, does not prove that the host is back.
      handleWhen((error) => isOutage(error) || this.policy.state === CircuitState.HalfOpen),
      { breaker: new CountBreaker(OUTAGE), halfOpenAfter: new DelegateBackoff(({ attempt }) => this.pause(attempt)) },
    );
    this.policy.onBreak(onOpen);
  }

  /** Returns why a request may not be sent now; null when it may. A write is never used as a probe. */
  rejectionFor({ kind }: OutboundRequest): TransportFailure | null {
    const { state } = this.policy;
    if (state === CircuitState.Closed) return null;
    const mayProbe = kind === 'read' && state === CircuitState.Open && Date.now() >= this.probeAt;
    return mayProbe ? null : this.rejection();
  }

  async run(request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    const rejection = this.rejectionFor(request);
    if (rejection) throw rejection;
    // Retries would count one bad endpoint several times.
    if (request.attempt > 1 && this.policy.state === CircuitState.Closed) return send(request);
    try {
      return await this.policy.execute(async () => {
        const response = await send(request);
        if (response.status >= 500 && !request.isRefusal?.(response)) throw new ServerError(response);
        return response;
      });
    } catch (error) {
      if (error instanceof ServerError) return error.response;
      throw error instanceof BrokenCircuitError ? this.rejection() : error;
    }
  }

  private pause(attempt: number): number {
    const ms = PAUSES_MS[attempt - 1] ?? LONGEST_PAUSE_MS;
    this.probeAt = Date.now() + ms;
    return ms;
  }

  private rejection(): TransportFailure {
    const leftMs = Math.max(this.probeAt - Date.now(), 0);
    return new TransportFailure('CIRCUIT_OPEN', false, 'The circuit breaker of this host is open.', leftMs);
  }
}

/** Carries a complete response that counts as a failure. */
class ServerError extends Error {
  constructor(readonly response: OutboundResponse) {
    super();
  }
}

/** Counts server errors and transport failures. Aborted and unsent requests say nothing about the host. */
function isOutage(error: Error): boolean {
  if (error instanceof ServerError) return true;
  return error instanceof TransportFailure && (error.kind === 'TIMEOUT' || error.kind === 'UNAVAILABLE');
}
