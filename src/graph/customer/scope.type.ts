import type { Scope } from '../../domain/actor.js';
import { defineEnum } from '../enum-type.js';

export type UpsellScope = 'READ' | 'WRITE';

export const UpsellScopeEnum = defineEnum<UpsellScope>('UpsellScope', 'Something a token allows.', {
  READ: '`upsell:read` in the token: all queries.',
  WRITE: '`upsell:write` in the token: all mutations.',
});

const scopes: Readonly<Record<Scope, UpsellScope>> = { 'upsell:read': 'READ', 'upsell:write': 'WRITE' };

/** Maps the scopes of a token to the words of the graph. */
export function toUpsellScopes(granted: readonly Scope[]): readonly UpsellScope[] {
  return granted.map((scope) => scopes[scope]);
}
