import type { Sealer } from '../domain/sealer.js';
import type { Operation } from '../domain/operation.js';
import { mayRestart } from '../operations/ledger.js';
import { createRowSealer } from './sealer.js';
import { operationFromJson, operationToJson } from './operation-json.js';
import type { OperationsTable } from './tables.js';

/** Maps operations to table rows: seals the state and keeps the queried columns in clear. */
export interface OperationRows {
  toRow(operation: Operation): StoredRow;
  /** Returns the columns that transitions change. */
  toState(operation: Operation): StoredState;
  toOperation(row: Pick<OperationsTable, 'state' | 'version'>): Operation;
  /** Seals a stored state again. */
  reseal(state: string): string;
  /** Returns the columns that identify an actor's idempotency key. */
  ownerColumns(actorId: string, idempotencyKey: string): Pick<OperationsTable, 'actor_id' | 'idempotency_key'>;
  /** Returns the digest under which the operations of an order or line are found. */
  nameDigest(name: string): string;
}

/** What changes from one transition to the next; whose the operation is and what was asked for stay. */
export type StoredState = Omit<StoredRow, 'id' | 'actor_id' | 'idempotency_key' | 'input_hash'>;

/** What the ledger stores of an operation; its lease and its lock are the database's. */
export type StoredRow = Omit<OperationsTable, 'lease_until' | 'locked_order'>;

export function createOperationRows(dataKey: Buffer): OperationRows {
  const sealer: Sealer = createRowSealer(dataKey, 'operations');

  function ownerColumns(actorId: string, idempotencyKey: string) {
    return { actor_id: sealer.digest(actorId), idempotency_key: sealer.digest(idempotencyKey) };
  }

  function unseal(state: string): string {
    const json = sealer.unseal(state);
    if (json === null) throw new Error('an operation in the ledger cannot be unsealed');
    return json;
  }

  function toState(operation: Operation): StoredState {
    return {
      order_name: operation.lockName === null ? null : sealer.digest(operation.lockName),
      line_name: operation.lineName === null ? null : sealer.digest(operation.lineName),
      status: operation.status,
      may_restart: mayRestart(operation) ? 1 : 0,
      version: operation.version,
      created_at: operation.createdAt.getTime(),
      settled_at: operation.settledAt?.getTime() ?? null,
      state: sealer.seal(operationToJson(operation)),
    };
  }

  return {
    ownerColumns,

    nameDigest: sealer.digest,

    toRow: (operation) => ({
      id: operation.id,
      ...ownerColumns(operation.actorId, operation.idempotencyKey),
      input_hash: operation.inputHash,
      ...toState(operation),
    }),

    toState,

    // The version column is ahead of the stored state after a takeover.
    toOperation: ({ state, version }) => ({ ...operationFromJson(unseal(state)), version }),

    reseal: (state) => sealer.seal(unseal(state)),
  };
}
