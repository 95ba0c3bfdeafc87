import { openGuarded } from '../auth/guarded-source.js';
import type { Actor } from '../domain/actor.js';
import type { ConnectedAccount, ConnectedAccounts } from '../domain/connected-account.js';
import type { Observe } from '../domain/observer.js';
import type { GuardedSource } from '../domain/provider.js';
import { assertMayRead } from './errors/not-permitted.js';
import { createLoaders, type Loaders } from './loaders.js';
import { sessionAt, type ShopperSessions } from './shopper-sessions.js';

/** A provider account as one request sees it. */
export interface OpenAccount {
  readonly connected: ConnectedAccount;
  readonly source: GuardedSource;
  readonly loaders: Loaders;
}

/** How long a write may take whose client may have gone. */
const WRITE_DEADLINE_MS = 20_000;

/** The provider accounts of one request, each opened for its shopper when it is first asked. */
export class RequestSources {
  private readonly opened = new Map<string, OpenAccount>();
  private readonly written = new Set<string>();

  constructor(
    private readonly actor: Actor,
    private readonly accounts: ConnectedAccounts,
    private readonly signal: AbortSignal,
    private readonly sessions: ShopperSessions,
    private readonly observe: Observe,
  ) {}

  /** Null for an account that is not configured. Throws `NotPermitted` when the actor may not read. */
  at(key: string): OpenAccount | null {
    assertMayRead(this.actor);
    const known = this.opened.get(key);
    if (known) return known;
    const connected = this.accounts.get(key);
    if (!connected) return null;
    const opened = this.open(key, connected);
    this.opened.set(key, opened);
    return opened;
  }

  /** What was read before a write is not shown after it: the next read of the account starts afresh. */
  forget(key: string): void {
    this.opened.delete(key);
    this.written.add(key);
  }

  /** For a write that is not one of the ledger's: it goes on when the request has ended, since it may have been sent. */
  openForWrite(key: string): OpenAccount | null {
    assertMayRead(this.actor);
    const connected = this.accounts.get(key);
    this.forget(key);
    return connected ? this.open(key, connected, AbortSignal.timeout(WRITE_DEADLINE_MS)) : null;
  }

  private open(key: string, connected: ConnectedAccount, signal = this.signal): OpenAccount {
    const fresh = this.written.has(key);
    const source = openGuarded(connected, this.actor, { signal, fresh, ...sessionAt(this.sessions, key) });
    return { connected, source, loaders: createLoaders(key, source, this.observe) };
  }
}
