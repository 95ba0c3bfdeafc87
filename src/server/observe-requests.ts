import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GraphRequest, type Observe, unobserved } from '../domain/observer.js';
import { withContext } from '../observability/async-context.js';
import { requestOutcome } from './current-request.js';

export interface ObservedRoute {
  /** Runs the handler of a request in the context of the request. */
  run<T>(request: FastifyRequest, reply: FastifyReply, handle: () => Promise<T>): Promise<T>;
  /** Runs an event of a stream in a context of its own, apart from the request that opened the stream. */
  runEvent<T>(isEvent: boolean, request: FastifyRequest, execute: () => Promise<T>): Promise<T>;
  /** Hooks of the route, which measure requests rejected before the handler. */
  readonly hooks: { onResponse?(request: FastifyRequest, reply: FastifyReply): Promise<void> };
}

export function observeRequests(observe: Observe): ObservedRoute {
  if (observe === unobserved) return unobservedRoute;
  const handled = new WeakSet<FastifyRequest>();
  const run: ObservedRoute['run'] = (request, reply, handle) =>
    withContext({ request: { id: request.id, outcomes: [] } }, () =>
      observe('graphRequest', toGraphRequest(request), handle, () => requestOutcome(reply.statusCode)),
    );
  return {
    runEvent: (isEvent, { id }, execute) =>
      isEvent ? withContext({ request: { id, outcomes: [] } }, execute) : execute(),
    run(request, reply, handle) {
      handled.add(request);
      return run(request, reply, handle);
    },
    hooks: {
      async onResponse(request, reply) {
        if (!handled.has(request)) await run(request, reply, async () => {});
      },
    },
  };
}

/** Runs handlers without AsyncLocalStorage, which alone slows down every promise of the process. */
const unobservedRoute: ObservedRoute = {
  run: (_request, _reply, handle) => handle(),
  runEvent: (_isEvent, _request, execute) => execute(),
  hooks: {},
};

function toGraphRequest({ method, headers: { traceparent, tracestate } }: FastifyRequest): GraphRequest {
  if (typeof traceparent !== 'string') return { method, trace: {} };
  return { method, trace: { traceparent, ...(tracestate !== undefined && { tracestate: String(tracestate) }) } };
}
