import { Agent } from 'undici';
import { type OutboundRequest, TransportFailure, type Transport } from '../domain/transport.js';
import { watchDeadline } from './deadline.js';
import { ResponseCollector } from './response-collector.js';

export interface TransportOptions {
  /** Maximum number of connections to one host; further requests wait for one. */
  readonly connections?: number;
  readonly keepAliveMs?: number;
  /** Maximum response size; a longer response aborts the request. */
  readonly maxResponseBytes?: number;
}

/** Connection pool of one account: kept alive, closed with the account. */
export interface AccountTransport {
  readonly send: Transport;
  close(): Promise<void>;
}

const DEFAULTS = { connections: 16, keepAliveMs: 30_000, maxResponseBytes: 4 * 1024 * 1024 };

export function createTransport(options: TransportOptions = {}): AccountTransport {
  const { connections, keepAliveMs, maxResponseBytes } = { ...DEFAULTS, ...options };
  const agent = new Agent({
    connections,
    pipelining: 1,
    keepAliveTimeout: keepAliveMs,
    // Once connected, the deadline of each request is the only timer, so no default undercuts a caller's limit.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  const send: Transport = async (request) => {
    const url = new URL(request.url);
    const collector = new ResponseCollector(maxResponseBytes, () => mayLeave(request));
    const response = collector.response();
    const stop = watchDeadline(request, (failure) => collector.abort(failure));
    try {
      agent.dispatch(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: request.method,
          headers: { ...request.headers },
          body: request.body ?? null,
        },
        collector.handler,
      );
      return await response;
    } catch (error) {
      if (error instanceof TransportFailure) throw error;
      throw new TransportFailure('UNAVAILABLE', collector.hasStarted, 'The connection failed.', null, { cause: error });
    } finally {
      stop();
    }
  };

  return { send, close: () => agent.destroy() };
}

/** Whether a request may leave. A process may have been frozen since it began a write, which another went on with. */
function mayLeave({ kind, caller }: OutboundRequest): boolean {
  return kind === 'read' || caller.mayStillSend?.() !== false;
}
