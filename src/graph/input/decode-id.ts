import { refOfType, type EntityRef, type EntityType, type GlobalId } from '../../domain/reference.js';

/** The reference behind an ID that was checked before. */
export function decodeId<T extends EntityType>(id: GlobalId, type: T): EntityRef<T> {
  const ref = refOfType(id, type);
  if (!ref) throw new TypeError(`an ID of a ${type} was decoded before it was checked`);
  return ref;
}
