import type { Actor } from '../domain/actor.js';
import type { Changes } from '../domain/changes.js';
import type { ConnectedAccounts } from '../domain/connected-account.js';
import type { Clock } from '../domain/moment.js';
import type { Sealer } from '../domain/sealer.js';
import { type Observe, unobserved } from '../domain/observer.js';
import type { WriteService } from '../operations/write-service.js';
import { english } from './sentences/en.js';
import type { Sentences } from './sentences/sentences.js';
import type { EventStream } from './live/event-stream.js';
import { openSessions, type ShopperSessions } from './shopper-sessions.js';
import { RequestDataSources } from './sources.js';

/** Context shared by the resolvers of one request. */
export interface GraphContext {
  readonly actor: Actor;
  readonly accounts: ConnectedAccounts;
  readonly writes: WriteService;
  readonly clock: Clock;
  /** Aborted once the client is gone or was told that the time is over. */
  readonly signal: AbortSignal;
  readonly sources: RequestDataSources;
  readonly sessions: ShopperSessions;
  /** What the shopper is told, in the shopper's language. */
  readonly sentences: Sentences;
  /** Seals customer identifiers. */
  readonly sealer: Sealer;
  readonly observe: Observe;
  /** Reports an unexpected error that costs the response one account. */
  readonly report: ReportBug;
  readonly changes: Changes;
  /** Stream that the request is an event of; absent for queries and mutations. */
  readonly stream?: EventStream;
}

export type ReportBug = (error: unknown, account: string) => void;

export function createGraphContext(dependencies: {
  actor: Actor;
  accounts: ConnectedAccounts;
  writes: WriteService;
  clock: Clock;
  signal: AbortSignal;
  sealer: Sealer;
  sessions?: ShopperSessions;
  sentences?: Sentences;
  observe?: Observe;
  report?: ReportBug;
  changes?: Changes;
  stream?: EventStream;
  /** Yields to the calls of other requests at the providers, and reads past what is cached. */
  background?: boolean;
}): GraphContext {
  const {
    actor,
    accounts,
    writes,
    clock,
    signal,
    sealer,
    sessions = openSessions(),
    sentences = english,
    observe = unobserved,
    report = () => {},
    changes = unchanging,
    stream,
    background = false,
  } = dependencies;
  const sources = new RequestDataSources(actor, accounts, { signal, background, fresh: background }, sessions, observe);
  const shared = { actor, accounts, writes, clock, signal, sources, sessions, sentences, sealer };
  const context = { ...shared, observe, report, changes };
  return stream ? { ...context, stream } : context;
}

const unchanging: Changes = { publish() {}, subscribe: () => () => {} };
