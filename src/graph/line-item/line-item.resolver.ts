import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { LineItem } from '../../domain/line-item.js';
import type { Order } from '../../domain/order.js';
import type { Subscription } from '../../domain/subscription.js';
import type { GraphContext } from '../context.js';
import { OrderType } from '../order/order.type.js';
import { loadOrder, loadSubscription, type Loading } from '../records.js';
import { SubscriptionContractType } from '../subscription/subscription-contract.type.js';
import { LineItemType } from './line-item.type.js';

@Resolver(() => LineItemType)
export class LineItemResolver {
  @FieldResolver(() => OrderType, { nullable: true, description: 'The order it is on.' })
  order(@Root() { orderRef }: LineItem, @Ctx() context: GraphContext): Loading<Order> {
    return loadOrder(context, orderRef);
  }

  @FieldResolver(() => SubscriptionContractType, {
    nullable: true,
    description: 'The subscription that put it there; null for a one-time line.',
  })
  subscription(@Root() { subscriptionRef }: LineItem, @Ctx() context: GraphContext): Loading<Subscription> {
    return loadSubscription(context, subscriptionRef);
  }
}
