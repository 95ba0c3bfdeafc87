import { Directive, Field, Int, ObjectType } from 'type-graphql';
import type { Subscription, SubscriptionLine, SubscriptionStatus } from '../../domain/subscription.js';
import { defineEnum } from '../enum-type.js';
import { ScheduledMomentType } from '../moment/scheduled-moment.type.js';
import { MoneyType } from '../money/money.type.js';
import { NodeType } from '../node/node.type.js';
import { ProductType } from '../product/product.type.js';
import { DateTime, LocalDate } from '../scalars.js';
import { PendingChangeType } from './pending-change.type.js';
import { SubscriptionTermsType } from './subscription-terms.type.js';

export const SubscriptionStatusEnum = defineEnum<SubscriptionStatus>(
  'SubscriptionStatus',
  'Where a subscription stands.',
  {
    ACTIVE: 'Delivers.',
    TRIALING: 'In a trial; not paid yet.',
    PENDING: 'Created, first payment not settled.',
    PAUSED: 'Delivers nothing for now.',
    PAST_DUE: 'A payment failed and is tried again.',
    CANCELLED: 'Ended.',
    EXPIRED: 'Ran out.',
    UNKNOWN: 'See `providerStatus`.',
  },
);

@ObjectType('SubscriptionLine', { description: 'One thing that recurs.', simpleResolvers: true })
export class SubscriptionLineType implements SubscriptionLine {
  @Field(() => String, { description: "The provider's identifier, verbatim." })
  readonly providerId!: SubscriptionLine['providerId'];

  @Field(() => ProductType, { description: 'What recurs.' })
  readonly product!: SubscriptionLine['product'];

  @Field(() => Int, { description: 'How many each time.' })
  readonly quantity!: SubscriptionLine['quantity'];

  @Field(() => MoneyType, { nullable: true, description: 'Null when the provider prices it at order time.' })
  readonly unitPrice!: SubscriptionLine['unitPrice'];
}

@Directive('@key(fields: "id")')
@ObjectType('SubscriptionContract', {
  description: 'A subscription: what is delivered, how often, and its state.',
  implements: NodeType,
  simpleResolvers: true,
})
export class SubscriptionContractType
  extends NodeType
  implements Omit<Subscription, 'ref' | 'customerId' | 'nextDelivery' | 'dunning'>
{
  @Field(() => String, { description: "The provider's identifier, verbatim." })
  readonly providerId!: Subscription['providerId'];

  @Field(() => SubscriptionStatusEnum, { description: 'Where the subscription stands.' })
  readonly status!: Subscription['status'];

  @Field(() => String, { description: "The provider's own word or number." })
  readonly providerStatus!: Subscription['providerStatus'];

  @Field(() => [SubscriptionLineType], { description: 'What recurs: one line or several.' })
  readonly lines!: Subscription['lines'];

  @Field(() => SubscriptionTermsType, { nullable: true, description: 'What was agreed to.' })
  readonly terms!: Subscription['terms'];

  @Field(() => LocalDate, { nullable: true, description: 'When it began or will begin.' })
  readonly startDate!: Subscription['startDate'];

  @Field(() => ScheduledMomentType, {
    nullable: true,
    description: 'When it stopped or stops, by itself or by a cancellation on record.',
  })
  readonly endsAt!: Subscription['endsAt'];

  @Field(() => [PendingChangeType], { description: 'On record and not in force yet.' })
  readonly pendingChanges!: Subscription['pendingChanges'];

  @Field(() => DateTime, { description: 'When this was last read from the provider.' })
  readonly observedAt!: Subscription['observedAt'];
}
