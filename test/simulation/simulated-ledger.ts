import { type Ledger, LedgerUnavailable } from '../../src/operations/ledger.js';
import type { Alternative, Faults } from './faults.js';
import type { LedgerStore } from './ledger-store.js';
import type { Life } from './replica.js';
import { EPOCH, type World } from './world.js';

export type DatabaseState = 'up' | 'down' | 'read-only';

/** The database behind all replicas. */
export interface Database {
  readonly store: LedgerStore;
  state: DatabaseState;
}

/** A statement that says nothing any more is given up after this. */
const STATEMENT_MS = 6_000;

const STATEMENT_FATES: readonly Alternative[] = [
  ['ledger slow', 10],
  ['ledger answer lost', 8],
  ['ledger answer lost', 4],
];

const LOCK_PAUSES_MS = [50, 250, 1_000, 2_500];

/** The ledger as one process reaches it: statements and their answers take time and get lost on the way. */
export function simulatedLedger(world: World, faults: Faults, database: Database, life: Life): Ledger {
  const { replica } = life;
  const { store } = database;
  const site = `${replica.name}.ledger`;
  // The database's own clock, which is the true time.
  const now = () => EPOCH + world.now;
  const end = (forMs: number | null) => (forMs === null ? null : now() + forMs);

  function statement<T>(kind: 'read' | 'write', carryOut: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => reject(new LedgerUnavailable({ cause: new Error(reason) }));
      const fate = faults.fate(`${site}.fate`, 200, STATEMENT_FATES);
      const wayMs = world.latency(site) + (fate === 1 ? 2_000 : 0);
      world.after(wayMs, () => {
        if (database.state === 'down' || fate === 3) {
          const isQuick = world.pick(`${site}.cut`, [1, 1]) === 0;
          replica.deliver(life, isQuick ? 5 : STATEMENT_MS, () => fail('the connection was lost'));
          return;
        }
        if (database.state === 'read-only' && kind === 'write') {
          replica.deliver(life, 1, () => fail('cannot execute in a read-only transaction'));
          return;
        }
        world.writer = replica.name;
        let answer: () => void;
        try {
          const value = carryOut();
          answer = () => resolve(value);
        } catch (error) {
          answer = () => reject(error);
        }
        if (fate === 2) {
          world.tell(() => `The answer of the ledger to replica ${replica.name} is lost.`);
          replica.deliver(life, 100, () => fail('the connection was lost'));
        } else replica.deliver(life, world.latency(site), answer);
      });
    });
  }

  const pause = (ms: number) => new Promise<void>((resolve) => replica.deliver(life, ms, resolve, true));

  return {
    claim: (draft, { forMs }, lockName = null) =>
      statement('write', () => store.claim(draft, end(forMs), new Date(now()), lockName)),
    save: (operation, { forMs }) =>
      statement('write', () => {
        const saved = store.save(operation, end(forMs));
        if (saved.inFlightStep) life.intents.set(saved.request, saved);
        return saved;
      }),
    renew: ({ id, version }, leaseMs) => statement('write', () => store.renew(id, version, now() + leaseMs)),
    byId: (id) => statement('read', () => store.byId(id)),
    byKey: (actorId, key) => statement('read', () => store.byKey(actorId, key)),
    takeUnsettled: (leaseMs, limit) =>
      statement('write', () => ({
        operations: store.takeUnsettled(now(), now() + leaseMs, limit),
        now: new Date(now()),
      })),
    takeIndeterminate: (lockNames, leaseMs) =>
      statement('write', () => ({
        operations: store.takeIndeterminate(lockNames, now() + leaseMs),
        now: new Date(now()),
      })),
    onOrder: (names) => statement('read', () => store.onOrder(names)),

    async lockOrder(order, operationId, waitMs) {
      const giveUpAt = replica.monotonicMs() + waitMs;
      for (let attempt = 0; ; attempt += 1) {
        if (await statement('write', () => store.acquireLock(order, operationId, now()))) return true;
        const pauseMs = LOCK_PAUSES_MS[Math.min(attempt, LOCK_PAUSES_MS.length - 1)] ?? 0;
        if (replica.monotonicMs() + pauseMs > giveUpAt) return false;
        await pause(pauseMs);
      }
    },

    unlockOrder: ({ id, version }) => statement('write', () => store.releaseLock(id, version)),
    ownedBy: () => Promise.reject(new Error('the simulation lists no operations')),
    list: () => statement('read', () => store.all()),
    countUnsettled: () => Promise.reject(new Error('the simulation does not count')),
    prune: (settledForMs) => statement('write', () => store.prune(now() - settledForMs)),
    ping: () => statement('read', () => {}),
  };
}
