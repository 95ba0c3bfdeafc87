import type { Actor, Scope } from '../domain/actor.js';
import type { Operation } from '../domain/operation.js';
import type { Order } from '../domain/order.js';
import type { AccountOwnership } from '../domain/provider.js';
import type { RefusalOf } from '../domain/refusal.js';

/** What of an order decides whose it is. */
export type OwnedOrder = Pick<Order, 'customerId' | 'providerId'>;

/**
 * Whether an actor may see, and with the scope for it change, an order of an account. Staff see all, customers their
 * own, guests those their token lists. An order without a customer belongs to whoever's token lists it.
 */
export function maySeeOrder(actor: Actor, account: AccountOwnership, order: OwnedOrder): boolean {
  if (maySeeCustomerRecord(actor, account, order.customerId)) return true;
  const isListed = (actor.orders[account.account.key] ?? []).includes(order.providerId);
  return isListed && (actor.kind === 'GUEST' || order.customerId === null);
}

/** Whether an actor may see a record that belongs to a customer of an account; null: to nobody in particular. */
export function maySeeCustomerRecord(actor: Actor, account: AccountOwnership, customerId: string | null): boolean {
  switch (actor.kind) {
    case 'SERVICE':
      return true;
    case 'CUSTOMER':
    case 'RECOGNISED_CUSTOMER':
      return isSameCustomer(account, actor.customers[account.account.key] ?? null, customerId);
    case 'GUEST':
      return false;
  }
}

/** Compares by the provider's rule. A record of nobody is nobody's. */
export function isSameCustomer({ sameCustomer }: AccountOwnership, one: string | null, other: string | null): boolean {
  return one !== null && other !== null && sameCustomer(one, other);
}

/** Operations and idempotency keys belong to the actor who sent the write, and to nobody else: not to staff either. */
export function maySeeOperation(actor: Actor, { actorId }: Pick<Operation, 'actorId'>): boolean {
  return actorId === actor.id;
}

/** Null when the actor's token grants the scope. */
export function requireScope(actor: Actor, scope: Scope): RefusalOf<'NOT_PERMITTED'> | null {
  if (actor.scopes.includes(scope)) return null;
  return {
    code: 'NOT_PERMITTED',
    message: scope === 'upsell:write' ? 'You may look, but not change anything.' : 'You may not look at orders.',
    path: null,
    retry: 'NEVER',
    neededScopes: [scope],
  };
}
