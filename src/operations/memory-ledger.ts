import type { Clock } from '../domain/moment.js';
import { isSettled, type Operation } from '../domain/operation.js';
import { createKeyedMutex, type Release } from './keyed-mutex.js';
import {
  type Claim,
  isRunning,
  type Lease,
  type Ledger,
  mayRestart,
  type OperationPlace,
  OperationTakenOver,
  TAKEOVER,
} from './ledger.js';
import { systemTimers, type Timers } from './timers.js';

interface Entry {
  operation: Operation;
  leaseUntil: number | null;
}

/** Settled operations kept before the oldest are dropped: a process that restarts forgets them all anyway. */
const MAX_SETTLED = 10_000;

/** Operations of one order that are looked at. */
const MAX_ON_ORDER = 100;

export interface MemoryLedger extends Ledger {
  /** Drops all operations of an account, whose provider has forgotten them as well. */
  forget(account: string): void;
}

/** Creates a ledger that lives and dies with the process, for the sandbox and for tests. */
export function createMemoryLedger(timers: Timers = systemTimers, clock: Clock = () => new Date()): MemoryLedger {
  const entries = new Map<string, Entry>();
  const idByKey = new Map<string, string>();
  const orders = createKeyedMutex(timers);
  const locked = new Map<string, Release>();

  function store(operation: Operation, { forMs }: Lease): Operation {
    entries.delete(operation.id);
    entries.set(operation.id, { operation, leaseUntil: forMs === null ? null : clock().getTime() + forMs });
    idByKey.set(ownerKey(operation.actorId, operation.idempotencyKey), operation.id);
    if (entries.size > MAX_SETTLED) dropOldestSettled();
    return operation;
  }

  function lease(operation: Operation, leaseMs: number): Operation {
    return store({ ...operation, version: operation.version + TAKEOVER }, { forMs: leaseMs });
  }

  function drop({ id, actorId, idempotencyKey }: Operation) {
    entries.delete(id);
    idByKey.delete(ownerKey(actorId, idempotencyKey));
  }

  function dropOldestSettled() {
    for (const { operation } of entries.values()) {
      if (isSettled(operation)) return drop(operation);
    }
  }

  function byKey(actorId: string, idempotencyKey: string): Operation | null {
    const id = idByKey.get(ownerKey(actorId, idempotencyKey));
    return (id === undefined ? undefined : entries.get(id)?.operation) ?? null;
  }

  async function lock(lockName: string, operationId: string, waitMs: number): Promise<boolean> {
    const release = await orders.acquire(lockName, { timeoutMs: waitMs });
    if (release) locked.set(operationId, release);
    return release !== null;
  }

  function unlock(operationId: string): void {
    locked.get(operationId)?.();
    locked.delete(operationId);
  }

  function newestFirst(operations: readonly Operation[], limit: number): readonly Operation[] {
    return [...operations].sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime()).slice(0, limit);
  }

  return {
    async claim(draft, lease, lockName = null): Promise<Claim> {
      const owner = byKey(draft.actorId, draft.idempotencyKey);
      if (owner && !(mayRestart(owner) && owner.inputHash === draft.inputHash)) {
        return { claimed: false, operation: owner };
      }
      if (owner) drop(owner);
      const claimed = { claimed: true, operation: store(draft, lease), now: clock() } as const;
      return { ...claimed, hasLock: lockName !== null && (await lock(lockName, draft.id, 0)) };
    },

    async save(operation, lease) {
      const current = entries.get(operation.id)?.operation;
      if (current?.version !== operation.version) throw new OperationTakenOver(operation.id);
      if (!isRunning(operation)) unlock(operation.id);
      return store({ ...operation, version: operation.version + 1 }, lease);
    },

    async renew({ id, version }, leaseMs) {
      const entry = entries.get(id);
      if (entry?.operation.version !== version || entry.leaseUntil === null) return false;
      entry.leaseUntil = clock().getTime() + leaseMs;
      return true;
    },

    async byId(id) {
      return entries.get(id)?.operation ?? null;
    },

    async byKey(actorId, idempotencyKey) {
      return byKey(actorId, idempotencyKey);
    },

    async takeUnsettled(leaseMs, limit) {
      const now = clock();
      const due = [...entries.values()]
        .filter(({ leaseUntil }) => leaseUntil !== null && leaseUntil <= now.getTime())
        .slice(0, limit);
      return { operations: due.map(({ operation }) => lease(operation, leaseMs)), now };
    },

    async takeIndeterminate(lockNames, leaseMs) {
      const due = [...entries.values()].filter(
        ({ operation: { status, lockName }, leaseUntil }) =>
          status === 'INDETERMINATE' && leaseUntil !== null && lockName !== null && lockNames.includes(lockName),
      );
      return { operations: due.map(({ operation }) => lease(operation, leaseMs)), now: clock() };
    },

    lockOrder: lock,

    async unlockOrder({ id, version }) {
      if (entries.get(id)?.operation.version === version) unlock(id);
    },

    async onOrder(names) {
      const all = [...entries.values()].map(({ operation }) => operation);
      const isNamed = (name: string | null) => name !== null && names.includes(name);
      return newestFirst(
        all.filter(({ lockName, lineName }) => isNamed(lockName) || isNamed(lineName)),
        MAX_ON_ORDER,
      );
    },

    async ownedBy(actorId, { isSettled: wanted, limit, after }) {
      const own = [...entries.values()]
        .map(({ operation }) => operation)
        .filter((each) => each.actorId === actorId && (wanted === null || (each.settledAt !== null) === wanted))
        .sort((left, right) => comparePlaces(placeOf(right), placeOf(left)));
      const rest = after ? own.filter((each) => comparePlaces(placeOf(each), after) < 0) : own;
      return rest.slice(0, limit);
    },

    async list({ unsettledOnly, limit }) {
      const all = [...entries.values()].map(({ operation }) => operation);
      return newestFirst(
        all.filter((operation) => !(unsettledOnly && isSettled(operation))),
        limit,
      );
    },

    async countUnsettled() {
      const open = [...entries.values()].filter(({ operation }) => !isSettled(operation));
      const leased = open.filter(({ leaseUntil }) => leaseUntil !== null);
      const pending = leased.filter(({ operation }) => operation.status === 'PENDING').length;
      return { pending, indeterminate: leased.length - pending, givenUp: open.length - leased.length };
    },

    async prune(settledForMs) {
      const before = clock().getTime() - settledForMs;
      const old = [...entries.values()].filter(
        ({ operation: { settledAt } }) => settledAt && settledAt.getTime() < before,
      );
      for (const { operation } of old) drop(operation);
      return old.length;
    },

    async ping() {},

    forget(account) {
      for (const { operation } of entries.values()) if (operation.account === account) drop(operation);
    },
  };
}

function placeOf({ createdAt, id }: Operation): OperationPlace {
  return { createdMs: createdAt.getTime(), id };
}

function comparePlaces(left: OperationPlace, right: OperationPlace): number {
  return left.createdMs - right.createdMs || (left.id < right.id ? -1 : Number(left.id > right.id));
}

function ownerKey(actorId: string, idempotencyKey: string): string {
  return JSON.stringify([actorId, idempotencyKey]);
}
