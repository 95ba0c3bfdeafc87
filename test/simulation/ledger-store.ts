import type { Operation } from '../../src/domain/operation.js';
import { type Claim, isRunning, mayRestart, OperationTakenOver, TAKEOVER } from '../../src/operations/ledger.js';

interface Entry {
  readonly operation: Operation;
  readonly leaseUntil: number | null;
  readonly lockedOrder: string | null;
}

interface Commit {
  readonly at: number;
  undo(): void;
}

/** Told of every transition that was stored. */
export type OnSaved = (before: Operation | null, after: Operation, leaseUntil: number | null) => void;

/** The tables of the SQL ledger, with its statements as methods: each is one transaction. */
export class LedgerStore {
  private readonly entries = new Map<string, Entry>();
  private readonly idByKey = new Map<string, string>();
  private readonly commits: Commit[] = [];

  constructor(
    private readonly trueTime: () => number,
    private readonly onSaved: OnSaved,
  ) {}

  claim(draft: Operation, leaseUntil: number | null, now: Date, lockName: string | null): Claim {
    const owner = this.byKey(draft.actorId, draft.idempotencyKey);
    if (owner && !(mayRestart(owner) && owner.inputHash === draft.inputHash)) {
      return { claimed: false, operation: owner };
    }
    if (owner) this.put(this.entries, owner.id, undefined);
    this.put(this.idByKey, keyOf(draft.actorId, draft.idempotencyKey), draft.id);
    const hasLock = lockName !== null && this.holderOf(lockName) === null;
    this.store(null, draft, leaseUntil, hasLock ? lockName : null);
    return { claimed: true, operation: draft, now, hasLock };
  }

  save(operation: Operation, leaseUntil: number | null): Operation {
    const current = this.entries.get(operation.id);
    if (current?.operation.version !== operation.version) throw new OperationTakenOver(operation.id);
    const next = { ...operation, version: operation.version + 1 };
    this.store(current.operation, next, leaseUntil, isRunning(next) ? current.lockedOrder : null);
    return next;
  }

  renew(id: string, version: number, leaseUntil: number): boolean {
    const entry = this.entries.get(id);
    if (entry?.operation.version !== version || entry.leaseUntil === null) return false;
    this.put(this.entries, id, { ...entry, leaseUntil });
    return true;
  }

  onOrder(names: readonly string[]): readonly Operation[] {
    const isNamed = (name: string | null) => name !== null && names.includes(name);
    return this.all()
      .filter(({ lockName, lineName }) => isNamed(lockName) || isNamed(lineName))
      .reverse();
  }

  /** A process runs it, and may go on to. */
  isRunning(operationId: string, now: number): boolean {
    const entry = this.entries.get(operationId);
    return entry?.operation.status === 'PENDING' && (entry.leaseUntil ?? 0) > now;
  }

  byId(id: string): Operation | null {
    return this.entries.get(id)?.operation ?? null;
  }

  byKey(actorId: string, idempotencyKey: string): Operation | null {
    return this.byId(this.idByKey.get(keyOf(actorId, idempotencyKey)) ?? '');
  }

  hasDue(now: number): boolean {
    for (const { leaseUntil } of this.entries.values()) if (leaseUntil !== null && leaseUntil <= now) return true;
    return false;
  }

  takeUnsettled(now: number, until: number, limit: number): readonly Operation[] {
    return [...this.entries.values()]
      .filter(({ leaseUntil }) => leaseUntil !== null && leaseUntil <= now)
      .sort((left, right) => (left.leaseUntil ?? 0) - (right.leaseUntil ?? 0))
      .slice(0, limit)
      .map((entry) => this.lease(entry, until));
  }

  takeIndeterminate(lockNames: readonly string[], until: number): readonly Operation[] {
    return [...this.entries.values()]
      .filter(({ operation: { status }, leaseUntil }) => status === 'INDETERMINATE' && leaseUntil !== null)
      .filter(({ operation: { lockName } }) => lockName !== null && lockNames.includes(lockName))
      .map((entry) => this.lease(entry, until));
  }

  private lease({ operation, lockedOrder }: Entry, until: number): Operation {
    const next = { ...operation, version: operation.version + TAKEOVER };
    this.put(this.entries, next.id, { operation: next, leaseUntil: until, lockedOrder });
    return next;
  }

  /** Locks an order that is free, or whose holder's lease has ended. */
  acquireLock(order: string, operationId: string, now: number): boolean {
    const holder = this.holderOf(order);
    if (holder && (holder.leaseUntil ?? 0) > now) return false;
    if (holder) {
      const { operation, leaseUntil } = holder;
      const next = { ...operation, version: operation.version + TAKEOVER };
      this.put(this.entries, next.id, { operation: next, leaseUntil, lockedOrder: null });
    }
    const own = this.entries.get(operationId);
    if (own) this.put(this.entries, operationId, { ...own, lockedOrder: order });
    return own !== undefined;
  }

  releaseLock(operationId: string, version: number): void {
    const own = this.entries.get(operationId);
    if (own?.operation.version === version) this.put(this.entries, operationId, { ...own, lockedOrder: null });
  }

  private holderOf(order: string): Entry | null {
    for (const entry of this.entries.values()) if (entry.lockedOrder === order) return entry;
    return null;
  }

  all(): readonly Operation[] {
    return Array.from(this.entries.values(), ({ operation }) => operation);
  }

  /** Neither settled nor given up. */
  isLookedAfter(operationId: string): boolean {
    return (this.entries.get(operationId)?.leaseUntil ?? null) !== null;
  }

  get isAtRest(): boolean {
    return [...this.entries.values()].every(({ leaseUntil }) => leaseUntil === null);
  }

  prune(settledBefore: number): number {
    const old = this.all().filter(({ settledAt }) => settledAt !== null && settledAt.getTime() < settledBefore);
    for (const { id, actorId, idempotencyKey } of old) {
      this.put(this.entries, id, undefined);
      this.put(this.idByKey, keyOf(actorId, idempotencyKey), undefined);
    }
    return old.length;
  }

  /** A standby that lags takes over: what was committed since is gone. Answers how many changes. */
  loseCommitsSince(trueTime: number): number {
    let lost = 0;
    for (let last = this.commits.at(-1); last && last.at >= trueTime; last = this.commits.at(-1)) {
      last.undo();
      this.commits.pop();
      lost += 1;
    }
    return lost;
  }

  private store(
    before: Operation | null,
    after: Operation,
    leaseUntil: number | null,
    lockedOrder: string | null,
  ): void {
    this.put(this.entries, after.id, { operation: after, leaseUntil, lockedOrder });
    this.onSaved(before, after, leaseUntil);
  }

  private put<T>(table: Map<string, T>, key: string, value: T | undefined): void {
    const before = table.get(key);
    set(table, key, value);
    this.commits.push({ at: this.trueTime(), undo: () => set(table, key, before) });
  }
}

function set<T>(table: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) table.delete(key);
  else table.set(key, value);
}

function keyOf(actorId: string, idempotencyKey: string): string {
  return `${actorId}\n${idempotencyKey}`;
}
