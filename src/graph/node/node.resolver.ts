import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import { fromGlobalId, type GlobalId } from '../../domain/reference.js';
import { invalid } from '../../domain/refusal.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_READ } from '../cost.js';
import { BadInput } from '../errors/bad-input.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { type SelectedFields, selectedFields } from '../selection.js';
import { NullOnlyOnError } from '../semantic-non-null.js';
import { loadByRef } from './load-by-ref.js';
import { NodeType, type NodeRecord } from './node.type.js';

const MAX_NODES = 100;

@Resolver()
export class NodeResolver {
  @Cost(PROVIDER_READ)
  @Query(() => NodeType, {
    nullable: true,
    description: 'Any record by its ID; null when there is none for this actor.',
  })
  async node(
    @Arg('id', () => ID, { description: 'ID of the record.' }) id: GlobalId,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<NodeRecord | null> {
    assertMayRead(context.actor);
    return loadNode(context, id, selectedFields(info));
  }

  @Cost(PROVIDER_READ)
  @NullOnlyOnError()
  @Query(() => [NodeType], {
    nullable: 'itemsAndList',
    description: 'By ID, in the same order; null where nothing is visible. At most 100.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'IDs of the records.' }) ids: readonly GlobalId[],
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): readonly Promise<NodeRecord | null>[] {
    assertMayRead(context.actor);
    if (ids.length > MAX_NODES) {
      throw new BadInput([invalid(['ids'], 'COUNT', `At most ${MAX_NODES} records can be asked for at once.`)]);
    }
    const selected = selectedFields(info);
    return ids.map((id) => loadNode(context, id, selected));
  }
}

async function loadNode(context: GraphContext, id: GlobalId, selected: SelectedFields): Promise<NodeRecord | null> {
  const ref = fromGlobalId(id);
  return ref && loadByRef(context, ref, selected);
}
