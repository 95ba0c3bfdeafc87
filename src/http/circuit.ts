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

/** Most of the latest calls must have failed: one bad endpoint among good ones is no outage. */
const OUTAGE = { threshold: 0.8, size: 10, minimumNumberOfCalls: 6 };

/** How long nothing is asked, from the first opening to the last of a series. */
const PAUSES_MS = [1_000, 2_000, 5_000];
const LONGEST_PAUSE_MS = 10_000;

/** Stops asking a host that fails, and lets one read at a time find out whether it is back. */
export class Circuit {
  private readonly policy: CircuitBreakerPolicy;
  private probeAt = 0;

  constructor(onOpen: () => void) {
    this.policy = circuitBreaker(
      // A probe that ends without an answer, for whatever reason, has not shown that the host is back.
      handleWhen((error) => isOutage(error) || this.policy.state === CircuitState.HalfOpen),
      { breaker: new CountBreaker(OUTAGE), halfOpenAfter: new DelegateBackoff(({ attempt }) => this.pause(attempt)) },
    );
    this.policy.onBreak(onOpen);
  }

  /** Why this request may not be sent now; null when it may. A write is never a probe. */
  objectionTo({ kind }: OutboundRequest): TransportFailure | null {
    const { state } = this.policy;
    if (state === CircuitState.Closed) return null;
    const mayProbe = kind === 'read' && state === CircuitState.Open && Date.now() >= this.probeAt;
    return mayProbe ? null : this.objection();
  }

  async run(request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    const objection = this.objectionTo(request);
    if (objection) throw objection;
    // Repeats would count one bad endpoint several times over.
    if (request.attempt > 1 && this.policy.state === CircuitState.Closed) return send(request);
    try {
      return await this.policy.execute(async () => {
        const response = await send(request);
        if (response.status >= 500 && !request.isRefusal?.(response)) throw new ServerError(response);
        return response;
      });
    } catch (error) {
      if (error instanceof ServerError) return error.response;
      throw error instanceof BrokenCircuitError ? this.objection() : error;
    }
  }

  private pause(attempt: number): number {
    const ms = PAUSES_MS[attempt - 1] ?? LONGEST_PAUSE_MS;
    this.probeAt = Date.now() + ms;
    return ms;
  }

  private objection(): TransportFailure {
    const leftMs = Math.max(this.probeAt - Date.now(), 0);
    return new TransportFailure('CIRCUIT_OPEN', false, 'The circuit of this host is open.', leftMs);
  }
}

/** A whole answer that is a failure all the same. */
class ServerError extends Error {
  constructor(readonly response: OutboundResponse) {
    super();
  }
}

/** A caller who gave up says nothing about the host, nor does what this layer held back. */
function isOutage(error: Error): boolean {
  if (error instanceof ServerError) return true;
  return error instanceof TransportFailure && (error.kind === 'TIMEOUT' || error.kind === 'UNAVAILABLE');
}
