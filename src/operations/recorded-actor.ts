import type { Actor } from '../domain/actor.js';
import type { Operation } from '../domain/operation.js';

/**
 * Returns the actor as whom an operation looks at what it did, while its request runs and long after. A token is not
 * stored: a shopper is the customer on record and sees, besides that customer's records, the order the operation was
 * let write to. A guest or staff, who have no customer, see what the operation asks for by its own keys.
 */
export function recordedActor({ actorId, account, shopper, orderRef }: Operation): Actor {
  const { customerId, recognised } = shopper;
  const common = { id: actorId, scopes: [], orders: { [account]: orderRef ? [orderRef.key] : [] } };
  if (customerId === null) return { ...common, kind: 'SERVICE', customers: {} };
  return { ...common, kind: recognised ? 'RECOGNISED_CUSTOMER' : 'CUSTOMER', customers: { [account]: customerId } };
}
