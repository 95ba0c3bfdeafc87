import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { Actor } from '../../domain/actor.js';
import type { GraphContext } from '../context.js';
import { Cost, Paged, PROVIDER_READ } from '../cost.js';
import { assertMayRead } from '../errors/not-permitted.js';
import { listUpcomingOrders } from '../order/list-upcoming-orders.js';
import { listOperations } from '../operation/list-operations.js';
import { OperationConnection } from '../operation/operation-connection.type.js';
import { OrderConnection } from '../order/order-connection.type.js';
import { NullOnlyOnError } from '../semantic-non-null.js';
import { viewersCustomer, type Customer } from './customer.js';
import { CustomerType } from './customer.type.js';
import { toUpsellScopes, type UpsellScope, UpsellScopeEnum } from './scope.type.js';
import { ViewerType } from './viewer.type.js';

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'Who asks, and what they may do.' })
  viewer(@Ctx() { actor }: GraphContext): Actor {
    assertMayRead(actor);
    return actor;
  }

  @Cost(PROVIDER_READ)
  @Paged()
  @NullOnlyOnError()
  @Query(() => OrderConnection, {
    nullable: true,
    description: "The viewer's, across all accounts, soonest first.",
  })
  upcomingOrders(
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
    assertMayRead(context.actor);
    return listUpcomingOrders(context, context.actor.customers, { first, after, accountKeys }, info);
  }

  @FieldResolver(() => [UpsellScopeEnum], { description: 'What the token allows.' })
  scopes(@Root() { scopes }: Actor): readonly UpsellScope[] {
    return toUpsellScopes(scopes);
  }

  @Paged()
  @FieldResolver(() => OperationConnection, {
    description: "The viewer's own writes, newest first: a way back when the key of one is lost.",
  })
  operations(
    @Arg('open', () => Boolean, {
      nullable: true,
      description: 'True: those whose outcome is not final. False: those that are settled. All when absent.',
    })
    open: boolean | null | undefined,
    @Arg('first', () => Int, { defaultValue: 10, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: '`endCursor` of the page before.' })
    after: string | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<OperationConnection> {
    return listOperations(context, open, { first, after });
  }

  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: 'The viewer as a shopper; null for staff and guests.',
  })
  customer(@Ctx() context: GraphContext): Customer | null {
    return viewersCustomer(context);
  }
}
