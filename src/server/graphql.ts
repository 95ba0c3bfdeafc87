import { ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Authenticate } from '../auth/authenticate.js';
import { KeysUnavailable, Unauthenticated } from '../auth/unauthenticated.js';
import type { ServerConfig } from '../config/listen.js';
import type { Actor } from '../domain/actor.js';
import { type Observe, unobserved } from '../domain/observer.js';
import { compressResponse } from './compression.js';
import { drainWith } from './drain.js';
import { ErrorRequestIds, type HasRequestId } from './error-request-ids.js';
import { asApolloExecutor } from './executor/apollo-executor.js';
import { createExecutor } from './executor/executor.js';
import { introspectWith } from './executor/interpret.js';
import { negotiateResponse, refuseOtherMethods, setErrorType, useJsonStatus } from './graphql-over-http.js';
import type { ShopperSessions } from '../graph/shopper-sessions.js';
import { limitCost } from './limits/operation-cost.js';
import { limitRate } from './limits/rate-limit.js';
import { prepareOperations } from './limits/prepare-operations.js';
import { hideSchema } from './limits/schema-rule.js';
import { limitShape } from './limits/document-shape.js';
import { requestSignal, withTimeLimit } from './limits/time-limit.js';
import type { Logger } from './log.js';
import { createErrorMask } from './mask-error.js';
import { recordOutcome } from './outcome-plugin.js';
import { observeRequests } from './observe-requests.js';
import { readSessions, returnSessions, SESSION_HEADER } from './shopper-session-header.js';

export interface GraphParts<Context extends BaseContext & { readonly sessions: ShopperSessions }> {
  readonly schema: GraphQLSchema;
  /** Schema shown by introspection; defaults to `schema`. */
  readonly apiSchema?: GraphQLSchema;
  readonly authenticate: Authenticate;
  createContext(actor: Actor, signal: AbortSignal, sessions: ShopperSessions): Context;
  readonly settings: Pick<ServerConfig, 'introspection' | 'limits' | 'trustedDocuments'>;
  readonly log: Logger;
  readonly observe: Observe;
}

/** Serves the graph at `path`. Stopping it drains the app: running requests finish, new ones are rejected. */
export async function serveGraph<Context extends BaseContext & { readonly sessions: ShopperSessions }>(
  app: FastifyInstance,
  path: string,
  { schema, apiSchema = schema, authenticate, createContext, settings, log, observe }: GraphParts<Context>,
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

  const countRequest = await limitRate(app, limits.rate);
  const handle = fastifyApolloHandler(apollo, {
    context: async (request, reply) => {
      const { headers } = request;
      const signal = requestSignal(reply.raw, limits.requestSeconds * 1_000);
      const actor = await identify(authenticate, request, log).catch(async (error: unknown) => {
        requestIds.record(error, { requestId: request.id });
        await countRequest(request, reply, null);
        throw error;
      });
      await countRequest(request, reply, actor);
      const context = createContext(actor, signal, readSessions(headers[SESSION_HEADER]));
      return Object.assign(context, { requestId: request.id });
    },
  });
  const observed = observeRequests(observe);
  app.route({
    method: ['GET', 'POST'],
    url: path,
    ...observed.hooks,
    preHandler: prepareOperations(settings),
    exposeHeadRoute: false,
    onRequest: negotiateResponse,
    onSend: [setErrorType, compressResponse],
    handler(request, reply) {
      return observed.run(request, reply, () =>
        withTimeLimit(limits.requestSeconds, handle.call(this, request, reply)),
      );
    },
  });
  refuseOtherMethods(app, path);
  return apollo;
}

async function identify(
  authenticate: Authenticate,
  { headers, id: requestId }: FastifyRequest,
  log: Logger,
): Promise<Actor> {
  try {
    return await authenticate(headers.authorization);
  } catch (error) {
    if (error instanceof Unauthenticated) {
      if (error.cause !== undefined) log.info({ err: error.cause, requestId }, 'token refused');
      else
        log.info(
          { requestId, header: headers.authorization === undefined ? 'missing' : 'not a bearer token' },
          'no token',
        );
      throw refusal(error.message, 'UNAUTHENTICATED', 401, [['www-authenticate', 'Bearer']]);
    }
    if (error instanceof KeysUnavailable) {
      // A forged token must not raise an alert.
      const isFault = error.reason === 'fault';
      if (isFault) log.error({ err: error.cause, requestId }, 'the keys that tokens are signed with cannot be fetched');
      throw refusal(error.message, 'SERVICE_UNAVAILABLE', 503, [['retry-after', '5']]);
    }
    throw error;
  }
}

function refusal(message: string, code: string, status: number, headers: [string, string][]): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status, headers: new HeaderMap(headers) } } });
}
