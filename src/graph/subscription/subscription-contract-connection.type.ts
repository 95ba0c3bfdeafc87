import { Field, ObjectType } from 'type-graphql';
import type { Subscription } from '../../domain/subscription.js';
import { PageInfoType } from '../connection/page-info.type.js';
import { SourceStatus } from '../provider-account/source-status.type.js';
import { SubscriptionContractType } from './subscription-contract.type.js';

@ObjectType('SubscriptionContractEdge', { description: 'A subscription in a list.', simpleResolvers: true })
export class SubscriptionContractEdge {
  @Field(() => String, { description: 'Where the subscription stands in the list.' })
  readonly cursor!: string;

  @Field(() => SubscriptionContractType, { description: 'The subscription.' })
  readonly node!: Subscription;
}

@ObjectType('SubscriptionContractConnection', {
  description: 'Subscriptions of all accounts, latest start first.',
  simpleResolvers: true,
})
export class SubscriptionContractConnection {
  @Field(() => [SubscriptionContractEdge], { description: 'The subscriptions with their cursors.' })
  readonly edges!: readonly SubscriptionContractEdge[];

  @Field(() => [SubscriptionContractType], { description: 'The subscriptions.' })
  readonly nodes!: readonly Subscription[];

  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  readonly pageInfo!: PageInfoType;

  @Field(() => [SourceStatus], { description: 'Read it before saying "no subscriptions".' })
  readonly sources!: readonly SourceStatus[];
}
