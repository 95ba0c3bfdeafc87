import { createHash } from 'node:crypto';
import { type Actor, shopperAt } from '../domain/actor.js';
import type { Operation } from '../domain/operation.js';
import type { RefusalOf } from '../domain/refusal.js';
import type { WriteCommand } from './write-command.js';

/** The operation as it begins: nothing read, nothing sent. */
export function newOperation(command: WriteCommand, id: string, now: Date): Operation {
  return {
    id,
    kind: command.request.kind,
    status: 'PENDING',
    idempotencyKey: command.idempotencyKey,
    actorId: command.actor.id,
    account: command.account,
    shopper: shopperAt(command.actor, command.account),
    request: command.request,
    inputHash: hashOf(command),
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

/** Why this key cannot be used for this input now; null when the stored answer may be given again. */
export function conflictWith(owner: Operation, draft: Operation): RefusalOf<'IDEMPOTENCY_CONFLICT'> | null {
  const conflict = { code: 'IDEMPOTENCY_CONFLICT', path: ['idempotencyKey'], operationId: owner.id } as const;
  if (owner.inputHash !== draft.inputHash) {
    const message = 'This idempotency key was used for another request. Make a new key for a new decision.';
    return { ...conflict, message, retry: 'NEW_REQUEST', inFlight: owner.status === 'PENDING' };
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

export function isOwnedBy(operation: Operation, actor: Actor): boolean {
  return operation.actorId === actor.id;
}

/** Equal for equal inputs, whatever the order of their keys. */
function hashOf({ account, request, guards }: WriteCommand): string {
  const text = JSON.stringify({ account, request, guards }, (_key, value: unknown) => canonical(value));
  return createHash('sha256').update(text).digest('hex');
}

function canonical(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
