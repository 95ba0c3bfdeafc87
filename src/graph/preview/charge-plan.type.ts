import { Field, ObjectType } from 'type-graphql';
import type { ChargePlan, ChargeTiming, PlannedPayment } from '../../domain/preview.js';
import { defineEnum } from '../enum-type.js';
import { ScheduledMomentType } from '../moment/scheduled-moment.type.js';
import { MoneyType } from '../money/money.type.js';

export const ChargeTimingEnum = defineEnum<ChargeTiming>(
  'ChargeTiming',
  'When the shopper pays for the extra item. Treat a value you do not know like UNKNOWN.',
  {
    IMMEDIATELY: 'With the write.',
    AUTHORISED_NOW: 'An authorisation is raised now and captured later.',
    WITH_UPCOMING_ORDER: 'When the order is placed or billed.',
    UNKNOWN: 'The provider does not say.',
  },
);

@ObjectType('PlannedPayment', { description: 'A payment an item causes.', simpleResolvers: true })
export class PlannedPaymentType implements PlannedPayment {
  @Field(() => MoneyType, { nullable: true, description: 'How much; null when the provider does not say.' })
  readonly amount!: PlannedPayment['amount'];

  @Field(() => ChargeTimingEnum, { description: 'When it is paid.' })
  readonly timing!: PlannedPayment['timing'];

  @Field(() => ScheduledMomentType, { nullable: true, description: 'The moment, when that is known.' })
  readonly at!: PlannedPayment['at'];
}

@ObjectType('ChargePlan', {
  description: 'The extra charge this item causes, and when it is taken.',
  simpleResolvers: true,
})
export class ChargePlanType implements ChargePlan {
  @Field(() => MoneyType, {
    nullable: true,
    description: 'How much more the shopper pays; null when the provider does not say.',
  })
  readonly increase!: ChargePlan['increase'];

  @Field(() => ChargeTimingEnum, { description: 'When it is paid.' })
  readonly timing!: ChargePlan['timing'];

  @Field(() => ScheduledMomentType, { nullable: true, description: 'The moment it is paid, when that is known.' })
  readonly at!: ChargePlan['at'];

  @Field(() => [PlannedPaymentType], {
    description: 'All that are known, soonest first: what is paid now and what later (a trial, the next period).',
  })
  readonly payments!: ChargePlan['payments'];
}
