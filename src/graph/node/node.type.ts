import { Field, ID, InterfaceType } from 'type-graphql';
import type { EntityRef, GlobalId } from '../../domain/reference.js';

/** What stands behind every node: its reference names its GraphQL type. */
export interface NodeRecord {
  readonly id: GlobalId;
  readonly ref: EntityRef;
}

@InterfaceType('Node', {
  description: 'Relay Global Object Identification. IDs are opaque.',
  resolveType: ({ ref }: NodeRecord) => ref.type,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Opaque and stable; the same record always has the same ID.' })
  readonly id!: GlobalId;
}
