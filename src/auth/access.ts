import type { Actor, Scope } from '../domain/actor.js';
import type { Operation } from '../domain/operation.js';
import type { Order } from '../domain/order.js';
import type { AccountOwnership } from '../domain/provider.js';
import type { RefusalOf } from '../domain/refusal.js';

/** The fields of an order that determine its owner. */
export type OwnedOrder = Pick<Order, 'customerId' | 'providerId' | 'checkoutId'>;

/**
 * Returns whether an actor may see an order, and change it when granted the scope. Staff see all orders, customers their
 * own, guests those that their token lists, by themselves or by their checkout. An order without a customer is visible to every actor whose token lists it.
 */
export function maySeeOrder(actor: Actor, account: AccountOwnership, order: OwnedOrder): boolean {
  if (maySeeCustomerRecord(actor, account, order.customerId)) return true;
  const listed = actor.orders[account.account.key] ?? [];
  const isListed = listed.some((id) => id === order.providerId || id === order.checkoutId);
  return isListed && (actor.kind === 'GUEST' || order.customerId === null);
}

/** Returns whether an actor may see a customer's record; `customerId` is null for a record without an owner. */
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

/** Compares two owners by the provider's rule. Null never equals null. */
export function isSameCustomer({ sameCustomer }: AccountOwnership, one: string | null, other: string | null): boolean {
  return one !== null && other !== null && sameCustomer(one, other);
}

/** Returns whether an actor may see an operation: only the actor who sent it may, and staff may not. */
export function maySeeOperation(actor: Actor, { actorId }: Pick<Operation, 'actorId'>): boolean {
  return actorId === actor.id;
}

/** Refuses an actor whose token lacks the scope; null when it is granted. */
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
