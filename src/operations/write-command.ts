import type { Actor } from '../domain/actor.js';
import type { Money } from '../domain/money.js';
import type { Operation } from '../domain/operation.js';
import type { BoundPreview } from '../domain/preview.js';
import type { RequestScope } from '../domain/provider.js';
import type { Refusal } from '../domain/refusal.js';
import type { OrderView, WriteRequest } from '../domain/write.js';

/** One write a shopper asks for, validated, its IDs decoded. */
export interface WriteCommand {
  readonly actor: Actor;
  /** Key of the provider account. */
  readonly account: string;
  readonly idempotencyKey: string;
  readonly request: WriteRequest;
  readonly guards: WriteGuards;
  /** After this long the operation is answered as it stands, and goes on; by default the answer comes with its outcome. */
  readonly answerWithinMs?: number | null;
  /** The shopper's session at the provider: used while the request runs, never stored. Recovery does without. */
  readonly session?: Pick<RequestScope, 'sessionToken' | 'onSessionToken'>;
}

export interface WriteGuards {
  readonly preview: BoundPreview | null;
  /** The order must not grow by more. */
  readonly maxIncrease: Money | null;
}

export interface WriteResult {
  /** Null when the request was refused before a key was claimed. */
  readonly operation: Operation | null;
  readonly errors: readonly Refusal[];
  /** An earlier request with the same key is answered again. */
  readonly replayed: boolean;
  /** What was seen after the write, so that it can be answered without another read; null when nothing was read. */
  readonly view: OrderView | null;
}
