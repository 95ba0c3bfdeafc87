import type { Actor } from '../domain/actor.js';
import type { ConnectedAccounts } from '../domain/connected-account.js';
import type { Clock } from '../domain/moment.js';
import type { Sealer } from '../domain/sealer.js';
import { type Observe, unobserved } from '../domain/observer.js';
import type { WriteService } from '../operations/write-service.js';
import { openSessions, type ShopperSessions } from './shopper-sessions.js';
import { RequestSources } from './sources.js';

/** What resolvers of one request share. */
export interface GraphContext {
  readonly actor: Actor;
  readonly accounts: ConnectedAccounts;
  readonly writes: WriteService;
  readonly clock: Clock;
  readonly sources: RequestSources;
  readonly sessions: ShopperSessions;
  /** For identifiers of persons. */
  readonly sealer: Sealer;
  readonly observe: Observe;
  /** Told of an error nobody raised on purpose that costs one account's part of an answer. */
  readonly report: ReportBug;
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
  observe?: Observe;
  report?: ReportBug;
}): GraphContext {
  const {
    actor,
    accounts,
    writes,
    clock,
    signal,
    sealer,
    sessions = openSessions(),
    observe = unobserved,
    report = () => {},
  } = dependencies;
  const sources = new RequestSources(actor, accounts, signal, sessions, observe);
  return { actor, accounts, writes, clock, sources, sessions, sealer, observe, report };
}
