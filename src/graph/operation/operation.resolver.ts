import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { LineItem } from '../../domain/line-item.js';
import type { Order } from '../../domain/order.js';
import { type GlobalId, refOfType } from '../../domain/reference.js';
import type { Subscription } from '../../domain/subscription.js';
import type { GraphContext } from '../context.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { LineItemType } from '../line-item/line-item.type.js';
import { loadLineItem, loadOrder, loadSubscription, type MaybePromise } from '../load-record.js';
import { OrderType } from '../order/order.type.js';
import { SubscriptionContractType } from '../subscription/subscription-contract.type.js';
import type { KnownEffect } from '../../domain/known-effect.js';
import type { ShopperAction } from '../../domain/shopper-action.js';
import { KnownEffectEnum } from './known-effect.type.js';
import { ShopperActionType } from './shopper-action.type.js';
import { loadOperation, loadOperationByKey } from './load-operation.js';
import { OperationPayload, type WritePayload } from './operation-payload.type.js';
import { type OperationRecord, OperationType } from './operation.type.js';

@Resolver(() => OperationPayload)
export class OperationPayloadResolver {
  @FieldResolver(() => KnownEffectEnum, { description: 'What is proven about the order.' })
  effect(@Root() { operation }: WritePayload): KnownEffect {
    return operation?.effect ?? 'NOT_SENT';
  }

  @FieldResolver(() => ShopperActionType, {
    nullable: true,
    description: 'What the shopper has to do before it can go on.',
  })
  nextAction(@Root() { operation }: WritePayload): ShopperAction | null {
    return operation?.nextAction ?? null;
  }
}

@Resolver(() => OperationType)
export class OperationResolver {
  @Query(() => OperationType, { nullable: true, description: "One of the viewer's own writes." })
  async operation(
    @Arg('id', () => ID, { description: 'ID of the operation.' }) id: GlobalId,
    @Ctx() context: GraphContext,
  ): Promise<OperationRecord | null> {
    assertMayRead(context.actor);
    const ref = refOfType(id, 'UpsellOperation');
    return ref && loadOperation(context, ref.key);
  }

  @Query(() => OperationType, { nullable: true, description: 'The way back after a lost response.' })
  async operationByKey(
    @Arg('idempotencyKey', () => String, { description: 'The key the write was sent with.' }) idempotencyKey: string,
    @Ctx() context: GraphContext,
  ): Promise<OperationRecord | null> {
    assertMayRead(context.actor);
    return loadOperationByKey(context, idempotencyKey);
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order as it is now.' })
  order(@Root() { orderRef }: OperationRecord, @Ctx() context: GraphContext): MaybePromise<Order | null> {
    return loadOrder(context, orderRef);
  }

  @FieldResolver(() => LineItemType, {
    nullable: true,
    description: 'The line the write made or changed, as it is now.',
  })
  lineItem(@Root() { lineItemRef }: OperationRecord, @Ctx() context: GraphContext): MaybePromise<LineItem | null> {
    return loadLineItem(context, lineItemRef);
  }

  @FieldResolver(() => SubscriptionContractType, {
    nullable: true,
    description: 'The subscription the write made, as it is now.',
  })
  subscription(
    @Root() { subscriptionRef }: OperationRecord,
    @Ctx() context: GraphContext,
  ): MaybePromise<Subscription | null> {
    return loadSubscription(context, subscriptionRef);
  }
}
