import type { Operation } from '../domain/operation.js';

/** Where operations are kept. Every call is one transaction, and rejects with `LedgerUnavailable` when it cannot be made. */
export interface Ledger {
  /**
   * Takes an idempotency key for an actor. When the key is free, or belongs to an operation that `mayRestart`, `draft` is
   * stored and becomes the operation; else the operation that owns the key comes back untouched.
   */
  claim(draft: Operation, lease: Lease): Promise<Claim>;
  /** Stores the next state. Throws `OperationTakenOver` when another process saved it since. */
  save(operation: Operation, lease: Lease): Promise<Operation>;
  byId(id: string): Promise<Operation | null>;
  byKey(actorId: string, idempotencyKey: string): Promise<Operation | null>;
  /** Unsettled operations whose lease ended by `now`; each is leased to the caller until `until`, and to nobody else. */
  takeUnsettled(now: Date, until: Date, limit: number): Promise<readonly Operation[]>;
  /**
   * One writer per order: true when it is the operation's turn, false when it was not within `waitMs`. The turn ends with
   * `unlockOrder`. When its process dies it ends after `holdMs`, yet never while the operation is open and looked after:
   * what the next one adds could be taken for what this one did.
   */
  lockOrder(order: string, operationId: string, waitMs: number, holdMs: number): Promise<boolean>;
  /** To be called once the operation is settled. */
  unlockOrder(operationId: string): Promise<void>;
  /** Newest first. */
  list(filter: OperationFilter): Promise<readonly Operation[]>;
  countUnsettled(): Promise<UnsettledCount>;
  /** Forgets operations settled before; open ones are never forgotten. Answers how many. */
  prune(settledBefore: Date): Promise<number>;
  /** Whether operations can be stored now: rejects when not. */
  ping(): Promise<void>;
}

export interface OperationFilter {
  readonly unsettledOnly: boolean;
  readonly limit: number;
}

/** Open operations by who looks after them. */
export interface UnsettledCount {
  /** The process that runs them. */
  readonly pending: number;
  /** Recovery. */
  readonly indeterminate: number;
  /** Nobody: recovery has given up, and somebody has to look at them. */
  readonly givenUp: number;
}

export interface Claim {
  readonly claimed: boolean;
  readonly operation: Operation;
}

/** Until when an open operation is left alone by recovery; null once it is settled or given up. */
export interface Lease {
  readonly until: Date | null;
}

/** Another process went on with the operation; this one must stop touching it. */
export class OperationTakenOver extends Error {
  override readonly name = 'OperationTakenOver';

  constructor(id: string) {
    super(`operation ${id} was taken over by another process`);
  }
}

/** Operations cannot be read or stored now; `cause` is for the log. Whether this call was stored is not known. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';

  constructor(options: ErrorOptions) {
    super('the ledger of operations cannot be reached', options);
  }
}

/** Nothing was changed at the provider and trying again may help: the same key may run once more. */
export function mayRestart(operation: Operation): boolean {
  return operation.status === 'FAILED' && operation.errors.some(({ retry }) => retry === 'SAME_KEY');
}
