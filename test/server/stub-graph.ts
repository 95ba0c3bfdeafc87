import type { FastifyInstance } from 'fastify';
import { GraphQLError, GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { pino } from 'pino';
import type { Authenticate } from '../../src/auth/authenticate.js';
import { defaultLimits, type Limits } from '../../src/config/limits.js';
import type { Actor } from '../../src/domain/actor.js';
import { type Observe, unobserved } from '../../src/domain/observer.js';
import type { ShopperSessions } from '../../src/graph/shopper-sessions.js';
import { createApp } from '../../src/server/app.js';
import { serveGraph } from '../../src/server/graphql.js';
import { identifyBy } from '../../src/server/identify.js';
import { limitRate } from '../../src/server/limits/rate-limit.js';
import { createLog } from '../../src/server/log.js';

export const somebody: Actor = { id: 'a', kind: 'SERVICE', scopes: [], customers: {}, orders: {} };

interface StubContext {
  readonly actor: Actor;
  readonly signal: AbortSignal;
  readonly sessions: ShopperSessions;
}

/** A small graph that does what resolvers may do to a server: answer, wait, refuse and break. */
export interface StubGraph {
  readonly app: FastifyInstance;
  readonly lines: () => string;
  readonly signals: readonly AbortSignal[];
  /** Lets the field `wait` go on. */
  finish(): void;
  stop(): Promise<void>;
}

export async function startStubGraph(
  authenticate: Authenticate = async () => somebody,
  limits: Limits = defaultLimits,
  observe: Observe = unobserved,
): Promise<StubGraph> {
  const written: string[] = [];
  const log = createLog('info', { write: (line) => written.push(line) });
  const signals: AbortSignal[] = [];
  let finish = () => {};
  const finished = new Promise<string>((resolve) => {
    finish = () => resolve('done');
  });

  const query = new GraphQLObjectType<unknown, StubContext>({
    name: 'Query',
    fields: {
      length: {
        type: GraphQLInt,
        args: { text: { type: GraphQLString } },
        resolve: (_root, { text }) => String(text).length,
      },
      actor: { type: GraphQLString, resolve: (_root, _arguments, { actor }) => actor.id },
      session: {
        type: GraphQLString,
        args: { account: { type: GraphQLString }, renewal: { type: GraphQLString } },
        resolve: (_root, { account, renewal }, { sessions }) => {
          const token = sessions.tokenAt(String(account));
          if (renewal) sessions.renew(String(account), String(renewal));
          return token;
        },
      },
      wait: { type: GraphQLString, resolve: () => finished },
      refuse: {
        type: GraphQLString,
        resolve: () => {
          throw new GraphQLError('Not like this.', { extensions: { code: 'BAD_USER_INPUT' } });
        },
      },
      crash: {
        type: GraphQLString,
        resolve: () => {
          throw Object.assign(new Error('secret table is gone', { cause: new Error('disk full') }), {
            request: { headers: { 'x-api-key': 'key-never-to-be-logged' } },
          });
        },
      },
    },
  });

  const app = createApp(log);
  const graph = await serveGraph(app, '/graphql', {
    schema: new GraphQLSchema({ query }),
    identify: identifyBy(
      { verify: async (header) => ({ actor: await authenticate(header), expiresAtSeconds: Number.POSITIVE_INFINITY }) },
      log,
    ),
    countRequest: await limitRate(app, limits.rate),
    createContext: (actor, signal, { sessions }) => {
      signals.push(signal);
      return { actor, signal, sessions };
    },
    settings: { introspection: true, limits, trustedDocuments: null },
    log,
    observe,
  });
  return { app, signals, lines: () => written.join(''), finish: () => finish(), stop: () => graph.stop() };
}

export const silentLog = pino({ level: 'silent' });
