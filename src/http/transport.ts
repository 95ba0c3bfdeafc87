import { Agent } from 'undici';
import { TransportFailure, type Transport } from '../domain/transport.js';
import { watchDeadline } from './deadline.js';
import { Exchange } from './exchange.js';

export interface TransportOptions {
  /** Open connections to one host at most; requests beyond wait for one. */
  readonly connections?: number;
  readonly keepAliveMs?: number;
  /** Longer answers are given up. */
  readonly maxResponseBytes?: number;
}

/** What one account sends through: its own connections, kept alive, closed with the account. */
export interface AccountTransport {
  readonly send: Transport;
  close(): Promise<void>;
}

const DEFAULTS = { connections: 16, keepAliveMs: 30_000, maxResponseBytes: 16 * 1024 * 1024 };

export function createTransport(options: TransportOptions = {}): AccountTransport {
  const { connections, keepAliveMs, maxResponseBytes } = { ...DEFAULTS, ...options };
  const agent = new Agent({
    connections,
    pipelining: 1,
    keepAliveTimeout: keepAliveMs,
    // Once connected, the deadline of each request is the only timer: a caller's limit is never undercut.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  const send: Transport = async (request) => {
    const url = new URL(request.url);
    const exchange = new Exchange(maxResponseBytes);
    const response = exchange.response();
    const stop = watchDeadline(request, (failure) => exchange.giveUp(failure));
    try {
      agent.dispatch(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: request.method,
          headers: { ...request.headers },
          body: request.body ?? null,
        },
        exchange.handler,
      );
      return await response;
    } catch (error) {
      if (error instanceof TransportFailure) throw error;
      throw new TransportFailure('UNAVAILABLE', exchange.hasStarted, 'The connection failed.', null, { cause: error });
    } finally {
      stop();
    }
  };

  return { send, close: () => agent.destroy() };
}
