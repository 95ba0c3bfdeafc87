import { createHash } from 'node:crypto';
import { type Actor, shopperAt } from '../domain/actor.js';
import type { Operation } from '../domain/operation.js';
import type { EntityRef } from '../domain/reference.js';
import type { RefusalOf } from '../domain/refusal.js';
import type { StepResult, WriteRequest } from '../domain/write.js';
import type { WriteCommand, WriteResult } from './write-command.js';

/** Makes the operation as it begins: nothing read, nothing sent. */
export function newOperation(command: WriteCommand, id: string, now: Date): Operation {
  const { request, account } = command;
  return {
    id,
    kind: request.kind,
    status: 'PENDING',
    effect: 'NOT_SENT',
    nextAction: null,
    history: [{ at: now, status: 'PENDING', effect: 'NOT_SENT', step: null, cause: 'REQUEST' }],
    idempotencyKey: command.idempotencyKey,
    actorId: command.actor.id,
    account,
    shopper: shopperAt(command.actor, account),
    request: storable(request),
    inputHash: hashOf(command),
    lockName: null,
    lineName: lineNameOf(account, request),
    progress: null,
    inFlightStep: null,
    plannedSteps: [],
    baseline: null,
    orderRef: null,
    lineItemRef: null,
    subscriptionRef: null,
    errors: [],
    differences: [],
    steps: [],
    createdAt: now,
    settledAt: null,
    version: 0,
  };
}

export function lineNameOf(account: string, request: WriteRequest): string | null {
  return 'lineItemKey' in request ? lineNamed(account, request.lineItemKey) : null;
}

export function lineNamed(account: string, lineItemKey: string): string {
  return `${account}:line:${lineItemKey}`;
}

/** Names the line a write is about, or has made: wherever that is, who looks at it finds the write. */
export function lineNameAfter({ account, lineName }: Operation, { lineItemKey }: StepResult): string | null {
  return lineName ?? (lineItemKey === undefined ? null : lineNamed(account, lineItemKey));
}

/** Drops what a payment page returned, which is passed on and never stored. */
function storable(request: WriteRequest): WriteRequest {
  return request.kind === 'COMPLETE_CHECKOUT' ? { ...request, paymentFields: null } : request;
}

/** Explains why this key cannot be used for this input now; null when the stored answer may be given again. */
export function conflictWith(owner: Operation, draft: Operation): RefusalOf<'IDEMPOTENCY_CONFLICT'> | null {
  const conflict = { code: 'IDEMPOTENCY_CONFLICT', path: ['idempotencyKey'], operationId: owner.id } as const;
  if (owner.inputHash !== draft.inputHash) {
    const message = 'This idempotency key was used for another request. Look at what became of that one first.';
    return { ...conflict, message, retry: 'CHECK_OPERATION', inFlight: owner.status === 'PENDING' };
  }
  if (owner.status !== 'PENDING') return null;
  return {
    ...conflict,
    message: 'The first request with this key is still running.',
    retry: 'SAME_KEY',
    inFlight: true,
  };
}

export function outcomeUnknown(operationId: string): RefusalOf<'OUTCOME_UNKNOWN'> {
  const message = 'It is not known yet whether this was done. Do not order it again; the answer will show here.';
  return { code: 'OUTCOME_UNKNOWN', message, path: null, retry: 'CHECK_OPERATION', operationId };
}

/** Makes the refusal of a write of which nothing more will be known. `mayBeOn`: other orders that hold what it may have added. */
export function outcomeNotTold(
  operationId: string,
  mayBeOn: readonly EntityRef<'Order'>[],
): RefusalOf<'OUTCOME_UNKNOWN'> {
  const message = 'Whether this was done cannot be told. Look at your other orders before you order it again.';
  return { code: 'OUTCOME_UNKNOWN', message, path: null, retry: 'CHECK_OPERATION', operationId, mayBeOn };
}

export function isOwnedBy(operation: Operation, actor: Actor): boolean {
  return operation.actorId === actor.id;
}

/** Hashes a decision, whatever the order of its keys. Guards limit a decision and are no part of it. */
function hashOf({ account, request }: WriteCommand): string {
  const text = JSON.stringify({ account, request }, (_key, value: unknown) => canonical(value));
  return createHash('sha256').update(text).digest('hex');
}

function canonical(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Returns what the owner of the key has come to. A running one is a conflict. */
export function replay(owner: Operation, draft: Operation): WriteResult {
  const conflict = conflictWith(owner, draft);
  if (conflict) return refusedBefore(conflict);
  return { operation: owner, errors: owner.errors, replayed: true, view: null };
}

export function refusedBefore(refusal: WriteResult['errors'][number]): WriteResult {
  return { operation: null, errors: [refusal], replayed: false, view: null };
}
