import type { Actor } from '../domain/actor.js';
import type { Money } from '../domain/money.js';
import type { Operation } from '../domain/operation.js';
import type { RequestScope } from '../domain/provider.js';
import type { Refusal } from '../domain/refusal.js';
import type { WriteRequest } from '../domain/write.js';

/** One write a shopper asks for, validated, its IDs decoded. */
export interface WriteCommand {
  readonly actor: Actor;
  /** Key of the provider account. */
  readonly account: string;
  readonly idempotencyKey: string;
  readonly request: WriteRequest;
  readonly guards: WriteGuards;
  /** The shopper's session at the provider: used while the request runs, never stored. Recovery does without. */
  readonly session?: Pick<RequestScope, 'sessionToken' | 'onSessionToken'>;
}

export interface WriteGuards {
  readonly preview: BoundPreview | null;
  /** The order must not grow by more. */
  readonly maxIncrease: Money | null;
}

/** What the shopper was shown. */
export interface BoundPreview {
  readonly orderKey: string;
  readonly productId: string;
  readonly quantity: number;
  readonly subscribe: boolean;
  /** Null when the preview could not tell. */
  readonly increase: Money | null;
  readonly expiresAt: Date;
}

export interface WriteResult {
  /** Null when the request was refused before a key was claimed. */
  readonly operation: Operation | null;
  readonly errors: readonly Refusal[];
  /** An earlier request with the same key is answered again. */
  readonly replayed: boolean;
}
