import { type EntityRef, fromGlobalId, type GlobalId, toGlobalId } from '../../domain/reference.js';
import { invalid } from '../../domain/refusal.js';
import type { GraphContext } from '../context.js';
import { BadInput } from '../errors/bad-input.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { loadByRef } from '../node/load-by-ref.js';
import type { NodeRecord } from '../node/node.type.js';

/**
 * Records as other subgraphs know them. One that is missing or foreign is null; a malformed representation is null with
 * an error of its own, and costs no other record.
 */
export function loadEntities(
  context: GraphContext,
  representations: readonly unknown[],
): readonly Promise<NodeRecord | null>[] {
  assertMayRead(context.actor);
  return representations.map(async (representation, index) => {
    const ref = toRef(representation);
    if (ref) return loadByRef(context, ref);
    const path = ['representations', String(index)];
    throw new BadInput([invalid(path, 'WELL_FORMED', 'The `__typename` and a key of one record are needed.')]);
  });
}

/** The type is in the ID as well; the two must agree. */
function toRef(representation: unknown): EntityRef | null {
  const {
    __typename: type,
    id,
    accountKey,
    providerId,
  }: Readonly<Record<string, unknown>> = {
    ...Object(representation),
  };
  const named = typeof id === 'string' ? id : type === 'Product' ? productId(accountKey, providerId) : null;
  const ref = named === null ? null : fromGlobalId(named);
  return ref?.type === type ? ref : null;
}

/** A catalogue knows products by the provider's identifier, which is what their references are made of. */
function productId(account: unknown, key: unknown): GlobalId | null {
  if (typeof account !== 'string' || typeof key !== 'string') return null;
  return toGlobalId({ type: 'Product', account, key });
}
