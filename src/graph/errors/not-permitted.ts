import { GraphQLError } from 'graphql';
import { requireScope } from '../../auth/access.js';
import type { Actor } from '../../domain/actor.js';

/** Thrown by reads that the actor may not make; writes return `NotPermittedError` instead. */
export class NotPermitted extends GraphQLError {
  constructor(message: string) {
    super(message, { extensions: { code: 'NOT_PERMITTED' } });
  }
}

export function assertMayRead(actor: Actor): void {
  const refusal = requireScope(actor, 'upsell:read');
  if (refusal) throw new NotPermitted(refusal.message);
}
