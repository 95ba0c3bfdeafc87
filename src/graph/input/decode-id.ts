import { offerKeysOf } from '../offer/offer-of-order.js';
import { refOfType, type EntityRef, type EntityType, type GlobalId } from '../../domain/reference.js';

/** Decodes a validated ID. */
export function decodeId<T extends EntityType>(id: GlobalId, type: T): EntityRef<T> {
  const ref = refOfType(id, type);
  if (!ref) throw new TypeError(`an ID of a ${type} was decoded before it was checked`);
  return ref;
}

/** Decodes the provider's offer key from a validated ID. */
export function decodeOfferKey(id: GlobalId): string {
  const keys = offerKeysOf(id);
  if (!keys) throw new TypeError('an ID of an offer was decoded before it was checked');
  return keys.offerKey;
}
