import { type OutboundRequest, type OutboundResponse, type Transport, TransportFailure } from '../domain/transport.js';
import { type CallEnd, OutageJudge } from './outage-judge.js';

/** Stops calls to a failing host and lets reads find out whether it is back. */
export class Circuit {
  private readonly judge: OutageJudge;

  constructor(onOpen: () => void) {
    this.judge = new OutageJudge(onOpen);
  }

  /** Returns why a request may not be sent now; null when it may. A write is never used as a probe. */
  rejectionFor({ kind }: OutboundRequest): TransportFailure | null {
    const now = Date.now();
    if (this.judge.admits(kind, now)) return null;
    const message = 'The circuit breaker of this host is open.';
    return new TransportFailure('CIRCUIT_OPEN', false, message, this.judge.waitMs(now));
  }

  async run(request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    const rejection = this.rejectionFor(request);
    if (rejection) throw rejection;
    // Retries would count one bad endpoint several times.
    if (request.attempt > 1 && this.judge.isClosed) return send(request);
    const call = this.judge.begin(Date.now());
    let end: CallEnd = 'unknown';
    try {
      const response = await send(request);
      end = isFailure(response, request) ? 'failed' : 'answered';
      return response;
    } catch (error) {
      if (isOutage(error)) end = 'failed';
      throw error;
    } finally {
      this.judge.end(call, end, Date.now());
    }
  }
}

/** Whether the host failed. A documented refusal comes from a host that works, and so does the request for a pause. */
function isFailure(response: OutboundResponse, { isRefusal, throttlingIn }: OutboundRequest): boolean {
  return response.status >= 500 && !isRefusal?.(response) && !throttlingIn?.(response);
}

/** Whether an error is an outage. Aborted and unsent requests say nothing about the host. */
function isOutage(error: unknown): boolean {
  return error instanceof TransportFailure && (error.kind === 'TIMEOUT' || error.kind === 'UNAVAILABLE');
}
