import type { ActorKind, Scope } from '../domain/actor.js';

/** Names of nested claims, outermost first. */
export type ClaimPath = readonly string[];

/** A claim with a customer or orders of one account. */
export interface AccountClaim {
  readonly from: ClaimPath;
  /** Removed from the beginning of a value that has it, as `gid://shopify/Customer/`. */
  readonly prefix: string;
}

/** Identifiers by account: one claim that holds them all by account key, or a claim per account. */
export type AccountClaims = { readonly together: ClaimPath } | { readonly apart: ReadonlyMap<string, AccountClaim> };

/** Where an issuer's tokens state what an actor is made of. */
export interface ClaimRules {
  readonly sub: ClaimPath;
  readonly audience: ClaimPath;
  readonly kind: {
    readonly from: ClaimPath;
    /** In order of precedence, for claims that list several values. */
    readonly values: ReadonlyMap<string, ActorKind>;
    /** Kind of tokens without one of the values; null refuses them. */
    readonly otherwise: ActorKind | null;
  };
  readonly scopes: {
    readonly from: ClaimPath;
    readonly values: ReadonlyMap<string, readonly Scope[]>;
    /** Granted by every token of the issuer. */
    readonly always: readonly Scope[];
  };
  readonly customers: AccountClaims;
  readonly orders: AccountClaims;
}

/** Kinds by their names in tokens and in the configuration. */
export const kinds: ReadonlyMap<string, ActorKind> = new Map([
  ['customer', 'CUSTOMER'],
  ['recognised', 'RECOGNISED_CUSTOMER'],
  ['guest', 'GUEST'],
  ['service', 'SERVICE'],
]);

export const knownKinds: readonly string[] = [...kinds.keys()];

export const knownScopes: readonly Scope[] = ['upsell:read', 'upsell:write'];

/** The claims of an issuer that is not mapped, and of tokens made here. */
export const standardClaims: ClaimRules = {
  sub: ['sub'],
  audience: ['aud'],
  kind: { from: ['kind'], values: kinds, otherwise: null },
  scopes: { from: ['scope'], values: new Map(knownScopes.map((scope) => [scope, [scope]])), always: [] },
  customers: { together: ['customers'] },
  orders: { together: ['orders'] },
};
