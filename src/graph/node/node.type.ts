import { Field, ID, InterfaceType } from 'type-graphql';
import type { EntityRef, GlobalId } from '../../domain/reference.js';

/** What stands behind every node: its reference names its GraphQL type. */
export interface NodeRecord {
  readonly id: GlobalId;
  readonly ref: EntityRef;
}

export function nodeTypeOf({ ref }: NodeRecord): string {
  return ref.type;
}

@InterfaceType('Node', {
  description: 'Relay Global Object Identification. IDs are opaque.',
  resolveType: nodeTypeOf,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Opaque. The same record has the same ID in every answer.' })
  readonly id!: GlobalId;
}
