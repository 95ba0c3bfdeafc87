import type { Operation } from '../../src/domain/operation.js';
import { type Claim, mayRestart, OperationTakenOver } from '../../src/operations/ledger.js';

interface Entry {
  readonly operation: Operation;
  readonly leaseUntil: number | null;
}

interface Lock {
  readonly owner: string;
  readonly expiresAt: number;
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
  private readonly locks = new Map<string, Lock>();
  private readonly commits: Commit[] = [];

  constructor(
    private readonly trueTime: () => number,
    private readonly onSaved: OnSaved,
  ) {}

  claim(draft: Operation, leaseUntil: number | null, now: Date): Claim {
    const owner = this.byKey(draft.actorId, draft.idempotencyKey);
    if (owner && !(mayRestart(owner) && owner.inputHash === draft.inputHash)) {
      return { claimed: false, operation: owner };
    }
    if (owner) this.put(this.entries, owner.id, undefined);
    this.put(this.idByKey, keyOf(draft.actorId, draft.idempotencyKey), draft.id);
    this.store(null, draft, leaseUntil);
    return { claimed: true, operation: draft, now };
  }

  save(operation: Operation, leaseUntil: number | null): Operation {
    const current = this.byId(operation.id);
    if (current?.version !== operation.version) throw new OperationTakenOver(operation.id);
    const next = { ...operation, version: operation.version + 1 };
    this.store(current, next, leaseUntil);
    return next;
  }

  renew(id: string, version: number, leaseUntil: number): boolean {
    const entry = this.entries.get(id);
    if (entry?.operation.version !== version || entry.leaseUntil === null) return false;
    this.put(this.entries, id, { operation: entry.operation, leaseUntil });
    for (const [order, lock] of this.locks) {
      if (lock.owner === id) this.put(this.locks, order, { owner: id, expiresAt: leaseUntil });
    }
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
      .map(({ operation }) => this.lease(operation, until));
  }

  takeIndeterminate(lockNames: readonly string[], until: number): readonly Operation[] {
    return [...this.entries.values()]
      .filter(({ operation: { status }, leaseUntil }) => status === 'INDETERMINATE' && leaseUntil !== null)
      .filter(({ operation: { lockName } }) => lockName !== null && lockNames.includes(lockName))
      .map(({ operation }) => this.lease(operation, until));
  }

  private lease(operation: Operation, until: number): Operation {
    const next = { ...operation, version: operation.version + 1 };
    this.put(this.entries, next.id, { operation: next, leaseUntil: until });
    return next;
  }

  acquireLock(order: string, operationId: string, now: number, holdMs: number): boolean {
    const lock = this.locks.get(order);
    if (lock && lock.expiresAt > now) return false;
    this.put(this.locks, order, { owner: operationId, expiresAt: now + holdMs });
    return true;
  }

  releaseLocks(operationId: string): void {
    for (const [order, { owner }] of this.locks) if (owner === operationId) this.put(this.locks, order, undefined);
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

  private store(before: Operation | null, after: Operation, leaseUntil: number | null): void {
    this.put(this.entries, after.id, { operation: after, leaseUntil });
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
