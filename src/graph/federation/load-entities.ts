import { type EntityRef, fromGlobalId, type GlobalId, toGlobalId } from '../../domain/reference.js';
import { invalid } from '../../domain/refusal.js';
import type { GraphContext } from '../context.js';
import { BadInput } from '../errors/bad-input.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { loadByRef } from '../node/load-by-ref.js';
import type { NodeRecord } from '../node/node.type.js';
import type { SelectedFields } from '../selection.js';

/**
 * Loads records by the representations of other subgraphs. Returns null for a missing or foreign record, and an error in
 * place of a malformed representation.
 */
export function loadEntities(
  context: GraphContext,
  representations: readonly unknown[],
  selected: SelectedFields,
): readonly Promise<NodeRecord | null>[] {
  assertMayRead(context.actor);
  return representations.map(async (representation, index) => {
    const ref = toRef(representation);
    if (ref) return loadByRef(context, ref, selected);
    const path = ['representations', String(index)];
    throw new BadInput([invalid(path, 'WELL_FORMED', 'The `__typename` and a key of one record are needed.')]);
  });
}

/** Reads the reference of a representation, whose type must match its ID. */
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

/** Builds the ID of a product from the provider's identifier, which is what a catalogue knows. */
function productId(account: unknown, key: unknown): GlobalId | null {
  if (typeof account !== 'string' || typeof key !== 'string') return null;
  return toGlobalId({ type: 'Product', account, key });
}
