import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Order } from '../../domain/order.js';
import type { RefusalOf } from '../../domain/refusal.js';
import type { GraphContext } from '../context.js';
import { loadOperation } from '../operation/load-operation.js';
import { OperationType, type OperationRecord } from '../operation/operation.type.js';
import { OrderType } from '../order/order.type.js';
import { loadOrder, type Loading } from '../records.js';
import { IdempotencyConflictError, OutcomeUnknownError, TargetMovedError } from './refusal.type.js';

@Resolver(() => TargetMovedError)
export class TargetMovedErrorResolver {
  @FieldResolver(() => OrderType, { nullable: true, description: 'The order the provider used, when it is known.' })
  actualOrder(@Root() { actualOrderRef }: RefusalOf<'TARGET_MOVED'>, @Ctx() context: GraphContext): Loading<Order> {
    return loadOrder(context, actualOrderRef);
  }
}

@Resolver(() => IdempotencyConflictError)
export class IdempotencyConflictErrorResolver {
  @FieldResolver(() => OperationType, { description: 'The write the key belongs to.' })
  operation(
    @Root() { operationId }: RefusalOf<'IDEMPOTENCY_CONFLICT'>,
    @Ctx() context: GraphContext,
  ): Promise<OperationRecord | null> {
    return loadOperation(context, operationId);
  }
}

@Resolver(() => OutcomeUnknownError)
export class OutcomeUnknownErrorResolver {
  @FieldResolver(() => OperationType, { description: 'Where its outcome will be found.' })
  operation(
    @Root() { operationId }: RefusalOf<'OUTCOME_UNKNOWN'>,
    @Ctx() context: GraphContext,
  ): Promise<OperationRecord | null> {
    return loadOperation(context, operationId);
  }
}
