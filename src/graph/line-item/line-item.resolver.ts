import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { LineItem } from '../../domain/line-item.js';
import type { Order } from '../../domain/order.js';
import type { Subscription, SubscriptionTerms } from '../../domain/subscription.js';
import type { GraphContext } from '../context.js';
import { requireRecord } from '../errors/provider-error.js';
import { loadOrder, loadSubscription, type MaybePromise } from '../load-record.js';
import { OrderType } from '../order/order.type.js';
import { NullOnlyOnError } from '../semantic-non-null.js';
import { SubscriptionContractType } from '../subscription/subscription-contract.type.js';
import { SubscriptionTermsType } from '../subscription/subscription-terms.type.js';
import { LineItemType } from './line-item.type.js';

@Resolver(() => LineItemType)
export class LineItemResolver {
  @NullOnlyOnError()
  @FieldResolver(() => OrderType, { nullable: true, description: 'The order it is on.' })
  order(@Root() { orderRef }: LineItem, @Ctx() context: GraphContext): Order | Promise<Order> {
    const order = loadOrder(context, orderRef);
    return order instanceof Promise ? order.then(required) : required(order);

    function required(read: Order | null): Order {
      return requireRecord(orderRef.account, read, 'The provider no longer has the order of this item.');
    }
  }

  @FieldResolver(() => SubscriptionContractType, {
    nullable: true,
    description: 'The subscription that put it there; null for a one-time line.',
  })
  subscription(@Root() { subscriptionRef }: LineItem, @Ctx() context: GraphContext): MaybePromise<Subscription | null> {
    return loadSubscription(context, subscriptionRef);
  }

  @FieldResolver(() => SubscriptionTermsType, {
    nullable: true,
    description: 'What was agreed to with a line that recurs, by the line itself or by its subscription.',
  })
  terms(
    @Root() { terms, subscriptionRef }: LineItem,
    @Ctx() context: GraphContext,
  ): MaybePromise<SubscriptionTerms | null> {
    if (terms !== null) return terms;
    const subscription = loadSubscription(context, subscriptionRef);
    return subscription instanceof Promise ? subscription.then(termsOf) : termsOf(subscription);
  }
}

function termsOf(subscription: Subscription | null): SubscriptionTerms | null {
  return subscription?.terms ?? null;
}
