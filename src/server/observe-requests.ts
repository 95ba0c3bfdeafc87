import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GraphRequest, type Observe, unobserved } from '../domain/observer.js';
import { answerWith, withRequest } from './current-request.js';

export interface ObservedRoute {
  /** Runs the handler of a request; what it starts belongs to the request. */
  run<T>(request: FastifyRequest, reply: FastifyReply, handle: () => Promise<T>): Promise<T>;
  /** For the route: requests that are refused before they are handled are measured too. */
  readonly hooks: { onResponse?(request: FastifyRequest, reply: FastifyReply): Promise<void> };
}

export function observeRequests(observe: Observe): ObservedRoute {
  if (observe === unobserved) return unobservedRoute;
  const handled = new WeakSet<FastifyRequest>();
  const run: ObservedRoute['run'] = (request, reply, handle) =>
    withRequest(request.id, () =>
      observe('graphRequest', toGraphRequest(request), handle, () => answerWith(reply.statusCode)),
    );
  return {
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

/** No request is told from others: that alone makes every promise of the process dearer. */
const unobservedRoute: ObservedRoute = { run: (_request, _reply, handle) => handle(), hooks: {} };

function toGraphRequest({ method, headers: { traceparent, tracestate } }: FastifyRequest): GraphRequest {
  if (typeof traceparent !== 'string') return { method, trace: {} };
  return { method, trace: { traceparent, ...(tracestate !== undefined && { tracestate: String(tracestate) }) } };
}
