import type { Operation } from '../../src/domain/operation.js';
import { problem } from '../../src/domain/problem.js';
import { providerFailed } from '../../src/domain/refusal.js';
import { newOperation } from '../../src/operations/claim.js';
import { type Ledger, OperationTakenOver } from '../../src/operations/ledger.js';
import type { Program } from './interleavings.js';
import { shopperActor } from './shopper.js';

const NOW = new Date('2026-03-01T12:00:00Z');
/** Leases, in milliseconds from the ledger's own time. */
export const DUE = -1;
export const LATER = 60_000;
const ORDER = 'sim:order-1';

/** Makes the programs of two replicas; `begun` is an operation that was claimed before. */
export type Scenario = (one: Watched, two: Watched, begun: Begun) => Promise<readonly [Program, Program]>;

/** With `isLocked` it has the order. */
type Begun = (key: string, forMs: number, isLocked?: boolean) => Promise<Operation>;

const open = { forMs: LATER };
const closed = { forMs: null };
const NOT_DUE = 'key-9';

export const scenarios = {
  'two replicas with one key': async (one: Watched, two: Watched) => {
    const write = (replica: Watched) => async () => {
      const operation = await replica.claim('key-1');
      if (!operation) return;
      await replica.save(await replica.save(operation, 'PENDING'), 'SUCCEEDED');
    };
    return [write(one), write(two)];
  },

  'a key that may restart, asked again with another input': async (one: Watched, two: Watched) => {
    const first = async () => {
      const operation = await one.claim('key-1');
      await one.save(operation, 'FAILED');
    };
    const other = async () => void (await two.save(await two.claim('key-1', 'another input'), 'PENDING'));
    return [first, other];
  },

  'a write and a recovery that takes it for dead': async (one: Watched, two: Watched, begun: Begun) => {
    const draft = await begun('key-1', DUE);
    const write = async () => void (await one.save(await one.save(draft, 'PENDING'), 'SUCCEEDED'));
    return [write, recovery(two)];
  },

  'two recoveries of one operation, and of one that is not due': async (one: Watched, two: Watched, begun: Begun) => {
    await begun('key-1', DUE);
    await begun(NOT_DUE, LATER);
    return [recovery(one), recovery(two)];
  },

  'two writes on one order': async (one: Watched, two: Watched, begun: Begun) => [
    lockedWrite(one, await begun('key-1', LATER)),
    lockedWrite(two, await begun('key-2', LATER)),
  ],

  'two keys that are claimed with one order': async (one: Watched, two: Watched) => {
    const write = (replica: Watched, key: string) => async () => {
      const operation = await replica.claimLocked(key);
      if (!operation || !(await replica.lock(operation))) return;
      await replica.save(await replica.save(operation, 'PENDING'), 'SUCCEEDED');
    };
    return [write(one, 'key-1'), write(two, 'key-2')];
  },

  'a write whose lease has ended, and the next one on its order': async (one: Watched, two: Watched, begun: Begun) => {
    const late = await begun('key-1', DUE, true);
    const write = async () => void (await one.save(await one.save(late, 'PENDING'), 'SUCCEEDED'));
    return [write, lockedWrite(two, await begun('key-2', LATER))];
  },

  'a write that renews its lease, and a recovery': async (one: Watched, two: Watched, begun: Begun) => {
    const draft = await begun('key-1', DUE);
    const write = async () => {
      if (await one.renew(draft)) await one.save(draft, 'SUCCEEDED');
    };
    return [write, recovery(two)];
  },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

function recovery(replica: Watched): Program {
  return async () => {
    for (const taken of await replica.takeOver()) await replica.save(taken, 'REJECTED');
  };
}

/** Asks again once it was refused: what it gave back may not be the other one's. */
function lockedWrite(replica: Watched, operation: Operation): Program {
  return async () => {
    if (!(await replica.lock(operation))) {
      await replica.unlock(operation);
      if (!(await replica.lock(operation))) return;
    }
    await replica.save(await replica.save(operation, 'PENDING'), 'SUCCEEDED');
  };
}

type Status = Operation['status'];

/** What one replica asks of the ledger, each told to the watch. A call that was taken over answers with null. */
interface Watched {
  claim(key: string, input?: string): Promise<Operation | null>;
  /** Claims a key with the order; null when the order is not free. */
  claimLocked(key: string): Promise<Operation | null>;
  save(operation: Operation | null, status: Status): Promise<Operation | null>;
  renew(operation: Operation): Promise<boolean>;
  takeOver(): Promise<readonly Operation[]>;
  lock(operation: Operation): Promise<boolean>;
  unlock(operation: Operation): Promise<void>;
}

/** Notes what the ledger answered to both, and finds what cannot be true of one ledger. */
export class Watch {
  private readonly owners = new Map<string, Operation>();
  private readonly versions = new Set<string>();
  private readonly settled = new Map<string, Status>();
  private readonly failing = new Set<string>();
  /** The operation that holds the order. */
  private holder: string | null = null;
  /** Those whose lease has ended: their order may be another's. */
  private readonly ended = new Set<string>();
  private readonly displaced = new Set<string>();
  private readonly taken = new Set<string>();
  private readonly renewed = new Set<string>();
  private readonly found: string[] = [];

  constructor(private readonly ledger: Ledger) {}

  async begun(key: string, forMs: number, isLocked = false): Promise<Operation> {
    const draft = operation(key);
    await this.ledger.claim(draft, { forMs }, isLocked ? ORDER : null);
    if (forMs === DUE) this.ended.add(draft.id);
    if (isLocked) this.holder = draft.id;
    this.versions.add(`${draft.id} ${draft.version}`);
    return draft;
  }

  over(name: string, ledger: Ledger): Watched {
    return {
      claim: async (key, input = 'input') => {
        const { claimed, operation: owner } = await ledger.claim({ ...operation(key), inputHash: input }, open);
        if (!claimed) return null;
        const before = this.owners.get(key);
        const mayFollow = before === undefined || this.failing.has(before.id);
        if (!mayFollow) this.found.push(`${name} claims ${key}, which is owned`);
        if (before && before.inputHash !== input) this.found.push(`${name} claims ${key} for another input`);
        this.owners.set(key, owner);
        return owner;
      },
      claimLocked: async (key) => {
        const claim = await ledger.claim(operation(key), open, ORDER);
        if (!claim.claimed) return null;
        if (claim.hasLock) this.locked(name, claim.operation.id);
        return claim.operation;
      },
      save: async (from, status) => {
        if (!from) return null;
        const isOpen = status === 'PENDING';
        if (!isOpen && this.holder === from.id) this.holder = null;
        const errors = status === 'FAILED' ? [providerFailed(unavailable, 'SAME_KEY')] : [];
        const next = { ...from, status, errors, settledAt: isOpen ? null : NOW };
        // Noted before the answer: the other replica may be let on between the two.
        if (status === 'FAILED') this.failing.add(from.id);
        try {
          const saved = await ledger.save(next, isOpen ? open : closed);
          this.stored(name, saved);
          this.ended.delete(from.id);
          return saved;
        } catch (error) {
          if (error instanceof OperationTakenOver) return null;
          throw error;
        }
      },
      takeOver: async () => {
        const { operations } = await ledger.takeUnsettled(LATER, 20);
        for (const each of operations) {
          if (each.idempotencyKey === NOT_DUE) this.found.push(`${name} takes over what is not due`);
          if (this.renewed.has(each.id)) this.found.push(`${name} takes over what was renewed`);
          this.taken.add(each.id);
          this.stored(name, each);
        }
        return operations;
      },
      renew: async (of) => {
        const isMine = await ledger.renew(of, LATER);
        if (isMine && this.taken.has(of.id)) this.found.push(`${name} renews what was taken over`);
        if (isMine) this.renewed.add(of.id);
        return isMine;
      },
      lock: async ({ id }) => {
        if (this.holder === id) return true;
        const isMine = await ledger.lockOrder(ORDER, id, 0);
        if (isMine) this.locked(name, id);
        return isMine;
      },
      unlock: async (of) => {
        if (this.holder === of.id) this.holder = null;
        await ledger.unlockOrder(of);
      },
    };
  }

  private locked(name: string, id: string): void {
    const { holder } = this;
    this.holder = id;
    if (holder === null) return;
    if (this.ended.has(holder)) this.displaced.add(holder);
    else this.found.push(`${name} locks the order that another holds`);
  }

  private stored(name: string, { id, version, status }: Operation): void {
    if (this.displaced.has(id)) this.found.push(`${name} saves what has lost its order`);
    const state = `${id} ${version}`;
    if (this.versions.has(state)) this.found.push(`${name} stores a second state as version ${version}`);
    this.versions.add(state);
    if (status === 'PENDING') return;
    if (this.settled.has(id)) this.found.push(`${name} settles what is settled`);
    this.settled.set(id, status);
  }

  async verdict(): Promise<string | null> {
    for (const [key, { id }] of this.owners) {
      const stored = await this.ledger.byKey(shopperActor.id, key);
      if (stored && stored.id !== id) this.found.push(`${key} is owned by another operation than was told`);
    }
    return this.found[0] ?? null;
  }
}

const unavailable = problem('UNAVAILABLE', 'The provider answered 502.');

let made = 0;

export function operation(idempotencyKey: string): Operation {
  made += 1;
  const request = { kind: 'REMOVE_UPSELL_ITEM', lineItemKey: 'line-1' } as const;
  const guards = { preview: null, maxIncrease: null };
  return newOperation(
    { actor: shopperActor, account: 'sim', idempotencyKey, request, guards },
    `operation-${made}`,
    NOW,
  );
}
