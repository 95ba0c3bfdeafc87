import { type OutboundRequest, type OutboundResponse, type Transport, TransportFailure } from '../domain/transport.js';
import { watchDeadline } from './deadline.js';

/** Waits for another caller's read under a deadline of its own; reads `again` when that caller aborts. */
export async function joinRead(
  pending: Promise<OutboundResponse>,
  request: OutboundRequest,
  again: Transport,
): Promise<OutboundResponse> {
  try {
    return await beforeDeadline(pending, request);
  } catch (error) {
    const isAbortedByLeader = error instanceof TransportFailure && error.kind === 'ABORTED' && !request.signal.aborted;
    if (isAbortedByLeader) return again(request);
    throw error;
  }
}

function beforeDeadline(pending: Promise<OutboundResponse>, request: OutboundRequest): Promise<OutboundResponse> {
  return new Promise((resolve, reject) => {
    const stop = watchDeadline(request, ({ kind, message }) => reject(new TransportFailure(kind, true, message)));
    pending.then(resolve, reject).finally(stop);
  });
}
