import { maySeeOperation } from '../../auth/access.js';
import type { Operation } from '../../domain/operation.js';
import type { GraphContext } from '../context.js';
import { toOperationRecord, type OperationRecord } from './operation.type.js';

/** Loads the actor's operation by its key in the ledger; null when it is missing or another actor's. */
export async function loadOperation(context: GraphContext, key: string): Promise<OperationRecord | null> {
  return ownRecord(context, await context.writes.byId(context.actor, key));
}

export async function loadOperationByKey(
  context: GraphContext,
  idempotencyKey: string,
): Promise<OperationRecord | null> {
  return ownRecord(context, await context.writes.byKey(context.actor, idempotencyKey));
}

function ownRecord({ actor }: GraphContext, operation: Operation | null): OperationRecord | null {
  return operation && maySeeOperation(actor, operation) ? toOperationRecord(operation) : null;
}
