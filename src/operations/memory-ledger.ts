import { isSettled, type Operation } from '../domain/operation.js';
import { type Claim, type Lease, type Ledger, mayRestart, OperationTakenOver } from './ledger.js';
import { createKeyedMutex, type Release } from './keyed-mutex.js';
import { systemTimers, type Timers } from './timers.js';

interface Entry {
  operation: Operation;
  leaseUntil: Date | null;
}

/** Settled operations kept before the oldest are dropped: a process that restarts forgets them all anyway. */
const MAX_SETTLED = 10_000;

/** A ledger that lives and dies with the process: for the sandbox and for tests. */
export function createMemoryLedger(timers: Timers = systemTimers): Ledger {
  const entries = new Map<string, Entry>();
  const idByKey = new Map<string, string>();
  const orders = createKeyedMutex(timers);
  const locked = new Map<string, Release>();

  function store(operation: Operation, lease: Lease): Operation {
    entries.delete(operation.id);
    entries.set(operation.id, { operation, leaseUntil: lease.until });
    idByKey.set(ownerKey(operation.actorId, operation.idempotencyKey), operation.id);
    // Settled or given up: nobody looks after it any more.
    if (lease.until === null) unlock(operation.id);
    if (entries.size > MAX_SETTLED) dropOldestSettled();
    return operation;
  }

  function unlock(operationId: string) {
    locked.get(operationId)?.();
    locked.delete(operationId);
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

  return {
    async claim(draft, lease): Promise<Claim> {
      const owner = byKey(draft.actorId, draft.idempotencyKey);
      if (owner && !(mayRestart(owner) && owner.inputHash === draft.inputHash)) {
        return { claimed: false, operation: owner };
      }
      if (owner) drop(owner);
      return { claimed: true, operation: store(draft, lease) };
    },

    async save(operation, lease) {
      const current = entries.get(operation.id)?.operation;
      if (current?.version !== operation.version) throw new OperationTakenOver(operation.id);
      return store({ ...operation, version: operation.version + 1 }, lease);
    },

    async byId(id) {
      return entries.get(id)?.operation ?? null;
    },

    async byKey(actorId, idempotencyKey) {
      return byKey(actorId, idempotencyKey);
    },

    async takeUnsettled(now, until, limit) {
      const due = [...entries.values()]
        .filter(({ leaseUntil }) => leaseUntil !== null && leaseUntil <= now)
        .slice(0, limit);
      return due.map(({ operation }) => store({ ...operation, version: operation.version + 1 }, { until }));
    },

    async lockOrder(order, operationId, waitMs) {
      const release = await orders.acquire(order, { timeoutMs: waitMs });
      if (release) locked.set(operationId, release);
      return release !== null;
    },

    async unlockOrder(operationId) {
      unlock(operationId);
    },

    async list({ unsettledOnly, limit }) {
      const all = [...entries.values()].map(({ operation }) => operation);
      return all
        .filter((operation) => !(unsettledOnly && isSettled(operation)))
        .sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime())
        .slice(0, limit);
    },

    async countUnsettled() {
      const open = [...entries.values()].filter(({ operation }) => !isSettled(operation));
      const leased = open.filter(({ leaseUntil }) => leaseUntil !== null);
      const pending = leased.filter(({ operation }) => operation.status === 'PENDING').length;
      return { pending, indeterminate: leased.length - pending, givenUp: open.length - leased.length };
    },

    async prune(settledBefore) {
      const old = [...entries.values()].filter(
        ({ operation: { settledAt } }) => settledAt && settledAt < settledBefore,
      );
      for (const { operation } of old) drop(operation);
      return old.length;
    },

    async ping() {},
  };
}

function ownerKey(actorId: string, idempotencyKey: string): string {
  return JSON.stringify([actorId, idempotencyKey]);
}
