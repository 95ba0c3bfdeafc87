import { ApolloServer, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { tokenExpiry } from '../auth/authenticate.js';
import type { ServerConfig } from '../config/listen.js';
import type { Actor } from '../domain/actor.js';
import type { Clock } from '../domain/moment.js';
import { type Observe, unobserved } from '../domain/observer.js';
import { compressResponse } from './compression.js';
import { drainWith } from './drain.js';
import { ErrorRequestIds, type HasRequestId } from './error-request-ids.js';
import { asApolloExecutor } from './executor/apollo-executor.js';
import { createExecutor } from './executor/executor.js';
import { introspectWith } from './executor/interpret.js';
import {
  negotiateResponse,
  prefersEventStream,
  refuseOtherMethods,
  setErrorType,
  useJsonStatus,
} from './graphql-over-http.js';
import type { EventStream } from '../graph/live/event-stream.js';
import type { ShopperSessions } from '../graph/shopper-sessions.js';
import type { Identify } from './identify.js';
import { admitInTurn } from './limits/admission.js';
import { limitCost } from './limits/operation-cost.js';
import type { CountRequest } from './limits/rate-limit.js';
import { prepareOperations } from './limits/prepare-operations.js';
import { hideSchema } from './limits/schema-rule.js';
import { limitShape } from './limits/document-shape.js';
import { requestSignal, withSignal, withTimeLimit } from './limits/time-limit.js';
import type { Logger } from './log.js';
import { createErrorMask } from './mask-error.js';
import { recordOutcome } from './outcome-plugin.js';
import { observeRequests } from './observe-requests.js';
import { type ShopperParts, shopperParts } from './shopper-parts.js';
import { returnSessions } from './shopper-session-header.js';
import { createOpenStreams, type StreamTiming } from './streams/open-streams.js';
import { handleStreamed, type StreamParts } from './streams/serve-streams.js';

export interface GraphParts<Context extends BaseContext & { readonly sessions: ShopperSessions }> {
  readonly schema: GraphQLSchema;
  /** Schema shown by introspection; defaults to `schema`. */
  readonly apiSchema?: GraphQLSchema;
  readonly identify: Identify;
  readonly countRequest: CountRequest;
  /** Creates the context of an execution. `event` is given for those whose result is an event of a stream. */
  createContext(actor: Actor, signal: AbortSignal, shopper: ShopperParts, event?: EventContext): Context;
  readonly clock?: Clock;
  readonly streamTiming?: Partial<StreamTiming>;
  readonly settings: Pick<ServerConfig, 'introspection' | 'limits' | 'trustedDocuments'>;
  readonly log: Logger;
  readonly observe: Observe;
}

/** Parts of a context that only events have. */
export interface EventContext {
  readonly stream: EventStream;
  /** Whether nobody waits for this execution. */
  readonly background: boolean;
}

/** Serves the graph at `path`. Stopping it drains the app: streams end, running requests finish, new ones are rejected. */
export async function serveGraph<Context extends BaseContext & { readonly sessions: ShopperSessions }>(
  app: FastifyInstance,
  path: string,
  {
    schema,
    apiSchema = schema,
    identify,
    countRequest,
    createContext,
    settings,
    log,
    observe,
    clock = () => new Date(),
    streamTiming = {},
  }: GraphParts<Context>,
): Promise<{ stop(): Promise<void> }> {
  const { limits, introspection } = settings;
  const requestIds = new ErrorRequestIds();
  const executor = asApolloExecutor(schema, introspectWith(apiSchema, createExecutor(schema)), limitCost(limits.cost));
  const apollo = new ApolloServer<Context & HasRequestId>({
    gateway: executor.gateway,
    introspection: true,
    validationRules: [limitShape(limits), ...(introspection ? [] : [hideSchema])],
    parseOptions: { maxTokens: limits.tokens },
    allowBatchedHttpRequests: limits.batch > 1,
    persistedQueries: false,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stringifyResult: (result) => JSON.stringify(result),
    stopOnTerminationSignals: false,
    formatError: createErrorMask(log, { suggests: introspection, requestIds: requestIds }),
    logger: log,
    plugins: [
      drainWith(app),
      executor.plugin,
      returnSessions(),
      ...(observe === unobserved ? [] : [recordOutcome()]),
      requestIds.plugin(),
      useJsonStatus(),
      // The cache control plugin would wrap the resolver of every field.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();

  const deadlineMs = limits.requestSeconds * 1_000;

  /** Identifies the caller and counts the request. Throws a `GraphQLError`. */
  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<Actor> {
    const { actor } = await identify(request).catch(async (error: unknown) => {
      requestIds.record(error, { requestId: request.id });
      await countRequest(request, reply, null);
      throw error;
    });
    await countRequest(request, reply, actor);
    return actor;
  }

  const handle = fastifyApolloHandler(apollo, {
    context: async (request, reply) => {
      const signal = requestSignal(reply.raw, deadlineMs);
      const actor = await admit(request, reply);
      const context = createContext(actor, signal, shopperParts(request.headers));
      return Object.assign(context, { requestId: request.id });
    },
  });
  const observed = observeRequests(observe);
  const streams = createOpenStreams(limits.streams, streamTiming);

  function streamParts(request: FastifyRequest, reply: FastifyReply): StreamParts {
    const { id: requestId, headers } = request;
    const shopper = shopperParts(request.headers);
    return {
      streams,
      execute: (httpGraphQLRequest, { streamed, stream, gone, isEvent }) =>
        observed.runEvent(isEvent, request, () =>
          withSignal(gone, deadlineMs, (signal) =>
            apollo.executeHTTPGraphQLRequest({
              httpGraphQLRequest,
              context: async () => {
                streamed.actor = isEvent ? (await identify(request)).actor : await admit(request, reply);
                const context = createContext(streamed.actor, signal, shopper, { stream, background: isEvent });
                return Object.assign(context, { requestId, streamed });
              },
            }),
          ),
        ),
      tokenLifetimeMs() {
        const expiry = tokenExpiry(headers.authorization);
        return expiry && Math.max(expiry.getTime() - clock().getTime(), 0);
      },
      report: (err) => log.error({ err, requestId }, 'a stream ended unexpectedly'),
    };
  }

  app.route({
    method: ['GET', 'POST'],
    url: path,
    ...observed.hooks,
    preHandler: prepareOperations(settings),
    exposeHeadRoute: false,
    onRequest: [negotiateResponse, admitInTurn(limits.waiting)],
    onSend: [setErrorType, compressResponse],
    handler(request, reply) {
      const answer = () =>
        prefersEventStream(request.headers.accept)
          ? handleStreamed(request, reply, streamParts(request, reply))
          : handle.call(this, request, reply);
      return observed.run(request, reply, () => withTimeLimit(limits.requestSeconds, answer()));
    },
  });
  refuseOtherMethods(app, path);
  return {
    async stop() {
      await streams.close();
      await apollo.stop();
    },
  };
}
