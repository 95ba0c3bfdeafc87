import { type GuardedSource, guardSource } from '../auth/guarded-source.js';
import { shopperAt, type Actor } from '../domain/actor.js';
import type { ConnectedAccount, ConnectedAccounts } from '../domain/connected-account.js';
import { assertMayRead } from './errors/not-permitted.js';
import { createLoaders, type Loaders } from './loaders.js';
import { sessionAt, type ShopperSessions } from './shopper-sessions.js';

/** A provider account as one request sees it. */
export interface OpenAccount {
  readonly connected: ConnectedAccount;
  readonly source: GuardedSource;
  readonly loaders: Loaders;
}

/** The provider accounts of one request, each opened for its shopper when it is first asked. */
export class RequestSources {
  private readonly opened = new Map<string, OpenAccount>();

  constructor(
    private readonly actor: Actor,
    private readonly accounts: ConnectedAccounts,
    private readonly signal: AbortSignal,
    private readonly sessions: ShopperSessions,
  ) {}

  /** Null for an account that is not configured. Throws `NotPermitted` when the actor may not read. */
  at(key: string): OpenAccount | null {
    assertMayRead(this.actor);
    const known = this.opened.get(key);
    if (known) return known;
    const connected = this.accounts.get(key);
    return connected ? this.open(key, connected) : null;
  }

  /** What was read before a write is not shown after it: the next read of the account starts afresh. */
  forget(key: string): void {
    this.opened.delete(key);
  }

  private open(key: string, connected: ConnectedAccount): OpenAccount {
    const unguarded = connected.connection.open({
      shopper: shopperAt(this.actor, key),
      signal: this.signal,
      ...sessionAt(this.sessions, key),
    });
    const source = guardSource(unguarded, this.actor, key);
    const opened = { connected, source, loaders: createLoaders(key, source) };
    this.opened.set(key, opened);
    return opened;
  }
}
