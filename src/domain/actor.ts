export type ActorKind = 'CUSTOMER' | 'RECOGNISED_CUSTOMER' | 'GUEST' | 'SERVICE';

export type Scope = 'upsell:read' | 'upsell:write';

/** Authenticated caller of the API. */
export interface Actor {
  /** Stable across requests; owns idempotency keys and operations. */
  readonly id: string;
  readonly kind: ActorKind;
  readonly scopes: readonly Scope[];
  /** Account key → this person's customer identifier there. */
  readonly customers: Readonly<Record<string, string>>;
  /** Account key → identifiers of the orders a guest may see. */
  readonly orders: Readonly<Record<string, readonly string[]>>;
}

/** Shopper on whose behalf a provider is called. */
export interface Shopper {
  /** The customer's identifier at the account; null for staff and guests. */
  readonly customerId: string | null;
  /** True for a shopper who is identified but not logged in: providers allow less. */
  readonly recognised: boolean;
}

/**
 * Returns the only orders that an actor may see at an account, by the identifiers of the orders or of their checkouts: those of
 * a guest, and of a person who is no customer there. Null when an order's owner decides.
 */
export function onlyOrdersAt(actor: Actor, account: string): readonly string[] | null {
  const isNobodyThere = actor.kind !== 'SERVICE' && actor.customers[account] === undefined;
  return actor.kind === 'GUEST' || isNobodyThere ? (actor.orders[account] ?? []) : null;
}

export function shopperAt(actor: Actor, account: string): Shopper {
  return { customerId: actor.customers[account] ?? null, recognised: actor.kind === 'RECOGNISED_CUSTOMER' };
}
