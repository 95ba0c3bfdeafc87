import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Account } from '../../domain/account.js';
import type { ScheduledMoment } from '../../domain/moment.js';
import type { Order } from '../../domain/order.js';
import { type GlobalId, refOfType } from '../../domain/reference.js';
import { ProviderFailure } from '../../domain/problem.js';
import type { Dunning, Subscription } from '../../domain/subscription.js';
import type { GraphContext } from '../context.js';
import { Cost, PROVIDER_READ } from '../cost.js';
import { type Customer, ownerOf } from '../customer/customer.js';
import { CustomerType } from '../customer/customer.type.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { loadSubscription } from '../load-record.js';
import { ScheduledMomentType } from '../moment/scheduled-moment.type.js';
import { OrderType } from '../order/order.type.js';
import { accountOf } from '../provider-account/account-of.js';
import { ProviderAccountType } from '../provider-account/provider-account.type.js';
import { DunningType } from './dunning.type.js';
import { SubscriptionContractType } from './subscription-contract.type.js';

@Resolver(() => SubscriptionContractType)
export class SubscriptionContractResolver {
  @Cost(PROVIDER_READ)
  @Query(() => SubscriptionContractType, { nullable: true, description: 'One subscription.' })
  async subscription(
    @Arg('id', () => ID, { description: 'ID of the subscription.' }) id: GlobalId,
    @Ctx() context: GraphContext,
  ): Promise<Subscription | null> {
    assertMayRead(context.actor);
    return loadSubscription(context, refOfType(id, 'SubscriptionContract'));
  }

  @FieldResolver(() => ProviderAccountType, { description: 'The account it is at.' })
  account(@Root() { ref }: Subscription, @Ctx() context: GraphContext): Account {
    return accountOf(context, ref);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Whose it is.' })
  customer(@Root() { ref, customerId }: Subscription, @Ctx() context: GraphContext): Customer | null {
    return ownerOf(context, ref.account, customerId);
  }

  @FieldResolver(() => DunningType, {
    nullable: true,
    description: 'A payment failed and is tried again; null when all is well, or the provider does not say.',
  })
  dunning(@Root() { dunning }: Subscription): Dunning | null {
    if (dunning && 'detail' in dunning) throw new ProviderFailure(dunning);
    return dunning;
  }

  @Cost(PROVIDER_READ)
  @FieldResolver(() => OrderType, {
    nullable: true,
    description: 'The order it delivers next; null when none is scheduled.',
  })
  async nextOrder(@Root() subscription: Subscription, @Ctx() { sources }: GraphContext): Promise<Order | null> {
    return sources.get(subscription.ref.account)?.loaders.nextOrder.load(subscription) ?? null;
  }

  @Cost(PROVIDER_READ)
  @FieldResolver(() => ScheduledMomentType, {
    nullable: true,
    description: 'Null when none is scheduled or the provider does not say.',
  })
  async nextDelivery(
    @Root() subscription: Subscription,
    @Ctx() context: GraphContext,
  ): Promise<ScheduledMoment | null> {
    const { nextDelivery } = subscription;
    if (nextDelivery !== 'AS_NEXT_ORDER') return nextDelivery;
    return (await this.nextOrder(subscription, context))?.scheduled ?? null;
  }
}
