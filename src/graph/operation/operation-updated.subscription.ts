import { Arg, Ctx, ID, Resolver, Subscription } from 'type-graphql';
import { operationTopic } from '../../domain/changes.js';
import { isSettled } from '../../domain/operation.js';
import { type GlobalId, refOfType } from '../../domain/reference.js';
import type { GraphContext } from '../context.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { watchRecord } from '../live/watch-record.js';
import { loadOperation } from './load-operation.js';
import { type OperationRecord, OperationType } from './operation.type.js';

@Resolver()
export class OperationUpdatedSubscription {
  @Subscription(() => OperationType, {
    nullable: true,
    description:
      "One of the viewer's own writes now, and after each transition. Completes once it has settled, or with null.",
    subscribe: ({ args: { operationId }, context }) => {
      const ref = refOfType(operationId, 'UpsellOperation');
      return watchRecord(context, ref && operationTopic(ref.key));
    },
  })
  async operationUpdated(
    @Arg('operationId', () => ID, { description: 'ID of the operation.' }) operationId: GlobalId,
    @Ctx() context: GraphContext,
  ): Promise<OperationRecord | null> {
    assertMayRead(context.actor);
    const ref = refOfType(operationId, 'UpsellOperation');
    const operation = ref && (await loadOperation(context, ref.key));
    if (!operation || isSettled(operation)) context.stream?.endAfterThisEvent();
    return operation;
  }
}
