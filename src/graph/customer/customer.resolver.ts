import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { SubscriptionStatus } from '../../domain/subscription.js';
import type { GraphContext } from '../context.js';
import { Cost, Paged, PROVIDER_READ } from '../cost.js';
import { NotPermitted, assertMayRead } from '../errors/not-permitted.js';
import { listUpcomingOrders } from '../order/list-upcoming-orders.js';
import { OrderConnection } from '../order/order-connection.type.js';
import { NullOnlyOnError } from '../semantic-non-null.js';
import { listSubscriptions } from '../subscription/list-subscriptions.js';
import { SubscriptionContractConnection } from '../subscription/subscription-contract-connection.type.js';
import { SubscriptionStatusEnum } from '../subscription/subscription-contract.type.js';
import { CustomerIdentityInput } from './customer-identity-input.type.js';
import { CustomerIdentityType } from './customer-identity.type.js';
import { CustomerType } from './customer.type.js';
import { Customer } from './customer.js';
import { identitiesFrom } from './identities.js';

@Resolver(() => CustomerType)
export class CustomerResolver {
  @Query(() => CustomerType, {
    nullable: true,
    description: "Any shopper, for SERVICE actors: the same person's identifiers at the accounts.",
  })
  customer(
    @Arg('identities', () => [CustomerIdentityInput], { description: 'At most one identifier for each account.' })
    identities: readonly CustomerIdentityInput[],
    @Ctx() context: GraphContext,
  ): Customer {
    assertMayRead(context.actor);
    if (context.actor.kind !== 'SERVICE') throw new NotPermitted('Only staff may look up a customer.');
    return new Customer(identitiesFrom(identities, context.accounts), context.sealer);
  }

  @FieldResolver(() => [CustomerIdentityType], {
    description: 'All that is known here of who the shopper is: the join for a service that owns customers.',
  })
  identities(@Root() { identities }: Customer): readonly CustomerIdentityType[] {
    return Object.entries(identities).map(([accountKey, providerId]) => ({ accountKey, providerId }));
  }

  @Cost(PROVIDER_READ)
  @Paged()
  @NullOnlyOnError()
  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description: 'Orders an item may still be added to, soonest first.',
  })
  upcomingOrders(
    @Root() { identities }: Customer,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the page before.' })
    after: string | null | undefined,
    @Arg('accountKeys', () => [String], {
      nullable: true,
      description: 'Keys of the accounts to ask; all when absent.',
    })
    accountKeys: readonly string[] | null | undefined,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OrderConnection> {
    return listUpcomingOrders(context, identities, { first, after, accountKeys }, info);
  }

  @Cost(PROVIDER_READ)
  @Paged()
  @NullOnlyOnError()
  @FieldResolver(() => SubscriptionContractConnection, {
    nullable: true,
    description: 'Standing agreements to buy again, latest start first.',
  })
  subscriptions(
    @Root() { identities }: Customer,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the page before.' })
    after: string | null | undefined,
    @Arg('statuses', () => [SubscriptionStatusEnum], { nullable: true, description: 'Only these; all when absent.' })
    statuses: readonly SubscriptionStatus[] | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<SubscriptionContractConnection> {
    return listSubscriptions(context, identities, { first, after, statuses });
  }
}
