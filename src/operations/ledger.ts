import type { Operation } from '../domain/operation.js';

/**
 * Where operations are kept. Every call is one transaction, and rejects with `LedgerUnavailable` when it cannot be made.
 * Times that replicas share are the ledger's own: callers say how long, never until when.
 */
export interface Ledger {
  /**
   * Takes an idempotency key for an actor. When the key is free, or belongs to an operation that `mayRestart`, `draft` is
   * stored and becomes the operation; else the operation that owns the key comes back untouched. `lockName`: the order to
   * lock for the operation at once, if it is free.
   */
  claim(draft: Operation, lease: Lease, lockName?: string | null): Promise<Claim>;
  /**
   * Stores the next state, and unlocks the order of an operation that runs no more. Throws `OperationTakenOver` when another
   * process saved or took it since.
   */
  save(operation: Operation, lease: Lease): Promise<Operation>;
  /** Extends the lease of an operation, and with it the lock; false when another process took it over. */
  renew(operation: Pick<Operation, 'id' | 'version'>, leaseMs: number): Promise<boolean>;
  byId(id: string): Promise<Operation | null>;
  byKey(actorId: string, idempotencyKey: string): Promise<Operation | null>;
  /** Leases unsettled operations whose lease ended, each to the caller and to nobody else. */
  takeUnsettled(leaseMs: number, limit: number): Promise<TakenOperations>;
  /**
   * Leases operations on orders whose outcome is unknown, whenever their next look was due. Orders are given by the
   * names under which they are locked. What recovery has given up is left alone.
   */
  takeIndeterminate(lockNames: readonly string[], leaseMs: number): Promise<TakenOperations>;
  /**
   * Locks an order for an operation: true when it is its turn, false when it was not within `waitMs`. The turn ends when the
   * operation settles or rests, by `unlockOrder`, or when its lease has ended and another operation asks for the order: then
   * whoever ran it can save no more.
   */
  lockOrder(lockName: string, operationId: string, waitMs: number): Promise<boolean>;
  /** Unlocks the order of an operation that ended without an outcome on record, unless another process took it over. */
  unlockOrder(operation: Pick<Operation, 'id' | 'version'>): Promise<void>;
  /** Lists the newest hundred operations of an order or a line by their names, newest first, whoever asked for them. */
  onOrder(names: readonly string[]): Promise<readonly Operation[]>;
  /** Lists operations of an actor, newest first. */
  ownedBy(actorId: string, request: OwnOperations): Promise<readonly Operation[]>;
  /** Lists operations, newest first. */
  list(filter: OperationFilter): Promise<readonly Operation[]>;
  countUnsettled(): Promise<UnsettledCount>;
  /** Forgets operations settled longer ago; open ones are never forgotten. Answers how many. */
  prune(settledForMs: number): Promise<number>;
  /** Whether operations can be stored now: rejects when not. */
  ping(): Promise<void>;
}

export interface OperationFilter {
  readonly unsettledOnly: boolean;
  readonly limit: number;
}

/** A part of an actor's operations. */
export interface OwnOperations {
  /** Whether they are settled; all of them when null. */
  readonly isSettled: boolean | null;
  readonly limit: number;
  /** The last operation of the part before. */
  readonly after: OperationPlace | null;
}

/** Where an operation stands among those of its actor. */
export interface OperationPlace {
  readonly createdMs: number;
  readonly id: string;
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

/** `now`: the ledger's time when it was claimed. `hasLock`: whether the order is locked for it. */
export type Claim =
  | { readonly claimed: true; readonly operation: Operation; readonly now: Date; readonly hasLock: boolean }
  | { readonly claimed: false; readonly operation: Operation };

export interface TakenOperations {
  readonly operations: readonly Operation[];
  /** The ledger's time when they were taken. */
  readonly now: Date;
}

/** For how long recovery leaves an open operation alone, in milliseconds; null once it is settled or given up. */
export interface Lease {
  readonly forMs: number | null;
}

/** Another process went on with the operation; this one must stop touching it. */
export class OperationTakenOver extends Error {
  override readonly name = 'OperationTakenOver';

  constructor(id: string) {
    super(`operation ${id} was taken over by another process`);
  }
}

/** Whether a process runs the operation and may hold an order: not when it is settled, or rests while its outcome is unknown. */
export function isRunning({ status }: Pick<Operation, 'status'>): boolean {
  return status === 'PENDING';
}

/**
 * Added to the version of an operation that another process takes over; a save adds 1. Where a database forgot its last
 * transactions, the process that lost the operation counts on from a version that no other comes to.
 */
export const TAKEOVER = 1_000;

/** Operations cannot be read or stored now; `cause` is for the log. Whether this call was stored is not known. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';

  constructor(options: ErrorOptions) {
    super('the ledger of operations cannot be reached', options);
  }
}

/** Whether the same key may run once more: nothing of the operation is in force and trying again may help. */
export function mayRestart(operation: Operation): boolean {
  const { status, effect, errors } = operation;
  if (status !== 'FAILED') return false;
  const isHarmless = effect === 'NOT_SENT' || effect === 'UNCHANGED';
  return isHeldUp(operation) || (isHarmless && errors.some(({ retry }) => retry === 'SAME_KEY'));
}

/** Whether an operation was not sent because of an earlier write whose outcome is open. */
export function isHeldUp({ status, effect, errors }: Operation): boolean {
  return status === 'FAILED' && effect === 'NOT_SENT' && errors.some(({ code }) => code === 'OUTCOME_UNKNOWN');
}
