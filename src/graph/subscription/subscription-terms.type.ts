import { Field, Int, ObjectType } from 'type-graphql';
import type { SubscriptionPrice, SubscriptionTerms } from '../../domain/subscription.js';
import { MoneyType } from '../money/money.type.js';
import { ScheduledMomentType } from '../moment/scheduled-moment.type.js';
import { FrequencyType } from './frequency.type.js';

@ObjectType('SubscriptionPrice', {
  description: 'What payments come to, from one of them until the next entry.',
  simpleResolvers: true,
})
export class SubscriptionPriceType implements SubscriptionPrice {
  @Field(() => Int, { description: '1: the first payment.' })
  readonly fromPayment!: SubscriptionPrice['fromPayment'];

  @Field(() => MoneyType, { nullable: true, description: 'Price of one.' })
  readonly unitPrice!: SubscriptionPrice['unitPrice'];

  @Field(() => MoneyType, { nullable: true, description: 'What the payment comes to, with its fees and taxes.' })
  readonly total!: SubscriptionPrice['total'];
}

@ObjectType('SubscriptionTerms', {
  description: 'What a shopper agrees to with something that recurs. Null where the provider does not say.',
  simpleResolvers: true,
})
export class SubscriptionTermsType implements SubscriptionTerms {
  @Field(() => FrequencyType, { nullable: true, description: 'How often it delivers.' })
  readonly deliveryFrequency!: SubscriptionTerms['deliveryFrequency'];

  @Field(() => FrequencyType, {
    nullable: true,
    description: 'How often it is paid: another one where it is prepaid (three deliveries, one payment).',
  })
  readonly billingFrequency!: SubscriptionTerms['billingFrequency'];

  @Field(() => ScheduledMomentType, {
    nullable: true,
    description: 'The first payment or delivery after the one agreed to now; null for one agreed to before.',
  })
  readonly startsAt!: SubscriptionTerms['startsAt'];

  @Field(() => Int, { nullable: true, description: 'Days without a charge at the beginning.' })
  readonly trialDays!: SubscriptionTerms['trialDays'];

  @Field(() => String, { nullable: true, description: "How it can be ended, in the provider's words." })
  readonly cancellation!: SubscriptionTerms['cancellation'];

  @Field(() => [SubscriptionPriceType], {
    description: 'In the order they apply, the last goes on; empty: priced at order time.',
  })
  readonly prices!: SubscriptionTerms['prices'];

  @Field(() => Int, {
    nullable: true,
    description: 'Payments bound to; 0: can be cancelled at any time; null: not stated.',
  })
  readonly minimumPayments!: SubscriptionTerms['minimumPayments'];

  @Field(() => Int, { nullable: true, description: 'Null: until cancelled, or not stated.' })
  readonly maximumPayments!: SubscriptionTerms['maximumPayments'];

  @Field(() => MoneyType, {
    nullable: true,
    description: 'What the minimum comes to, where the provider states it.',
  })
  readonly minimumCommitment!: SubscriptionTerms['minimumCommitment'];
}
