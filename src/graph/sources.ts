import { openGuarded } from '../auth/guarded-source.js';
import type { Actor } from '../domain/actor.js';
import type { ConnectedAccount, ConnectedAccounts } from '../domain/connected-account.js';
import type { Observe } from '../domain/observer.js';
import type { GuardedSource, RequestScope } from '../domain/provider.js';
import { assertMayRead } from './errors/not-permitted.js';
import { createLoaders, type Loaders } from './loaders.js';
import { sessionAt, type ShopperSessions } from './shopper-sessions.js';

/** A provider account opened for one request. */
export interface OpenAccount {
  readonly connected: ConnectedAccount;
  readonly source: GuardedSource;
  readonly loaders: Loaders;
}

/** How the accounts of a request are read. */
export type Reading = Required<Pick<RequestScope, 'signal' | 'fresh' | 'background'>>;

/** Longest duration of a write whose client may have disconnected. */
const WRITE_DEADLINE_MS = 20_000;

/** Opens the provider accounts of one request for its shopper, each on first use. */
export class RequestDataSources {
  private readonly opened = new Map<string, OpenAccount>();
  private readonly written = new Set<string>();

  constructor(
    private readonly actor: Actor,
    private readonly accounts: ConnectedAccounts,
    private readonly reading: Reading,
    private readonly sessions: ShopperSessions,
    private readonly observe: Observe,
  ) {}

  /** Returns an account; null when it is not configured. Throws `NotPermitted` when the actor may not read. */
  get(key: string): OpenAccount | null {
    assertMayRead(this.actor);
    const known = this.opened.get(key);
    if (known) return known;
    const connected = this.accounts.get(key);
    if (!connected) return null;
    const opened = this.open(key, connected);
    this.opened.set(key, opened);
    return opened;
  }

  /** Discards what was read from an account, so that reads after a write start afresh. */
  invalidate(key: string): void {
    this.opened.delete(key);
    this.written.add(key);
  }

  /** Opens an account for a write outside the ledger, which continues after the request because it may have been sent. */
  openForWrite(key: string): OpenAccount | null {
    assertMayRead(this.actor);
    const connected = this.accounts.get(key);
    this.invalidate(key);
    return connected ? this.open(key, connected, AbortSignal.timeout(WRITE_DEADLINE_MS)) : null;
  }

  private open(key: string, connected: ConnectedAccount, signal = this.reading.signal): OpenAccount {
    const { background } = this.reading;
    const fresh = this.reading.fresh || this.written.has(key);
    const source = openGuarded(connected, this.actor, { signal, fresh, background, ...sessionAt(this.sessions, key) });
    return { connected, source, loaders: createLoaders(key, source, this.observe) };
  }
}
