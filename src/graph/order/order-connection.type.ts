import { Field, ObjectType } from 'type-graphql';
import type { Order } from '../../domain/order.js';
import { PageInfoType } from '../connection/page-info.type.js';
import { SourceStatus } from '../provider-account/source-status.type.js';
import { OrderType } from './order.type.js';

@ObjectType('UpcomingOrderEdge', { description: 'An order in a list.', simpleResolvers: true })
export class OrderEdge {
  @Field(() => String, { description: 'Where the order stands in the list.' })
  readonly cursor!: string;

  @Field(() => OrderType, { description: 'The order.' })
  readonly node!: Order;
}

@ObjectType('UpcomingOrderConnection', { description: 'Orders of all accounts, soonest first.', simpleResolvers: true })
export class OrderConnection {
  @Field(() => [OrderEdge], { description: 'The orders with their cursors.' })
  readonly edges!: readonly OrderEdge[];

  @Field(() => [OrderType], { description: 'The orders.' })
  readonly nodes!: readonly Order[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  readonly pageInfo!: PageInfoType;

  @Field(() => [SourceStatus], { description: 'Read it before saying "no upcoming orders".' })
  readonly sources!: readonly SourceStatus[];
}
