import type { Actor } from '../domain/actor.js';
import type { ConnectedAccounts } from '../domain/connected-account.js';
import type { Clock } from '../domain/moment.js';
import type { Sealer } from '../domain/sealer.js';
import { type Observe, unobserved } from '../domain/observer.js';
import type { WriteService } from '../operations/write-service.js';
import { openSessions, type ShopperSessions } from './shopper-sessions.js';
import { RequestDataSources } from './sources.js';

/** Context shared by the resolvers of one request. */
export interface GraphContext {
  readonly actor: Actor;
  readonly accounts: ConnectedAccounts;
  readonly writes: WriteService;
  readonly clock: Clock;
  readonly sources: RequestDataSources;
  readonly sessions: ShopperSessions;
  /** Seals customer identifiers. */
  readonly sealer: Sealer;
  readonly observe: Observe;
  /** Reports an unexpected error that costs the response one account. */
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
  const sources = new RequestDataSources(actor, accounts, signal, sessions, observe);
  return { actor, accounts, writes, clock, sources, sessions, sealer, observe, report };
}
