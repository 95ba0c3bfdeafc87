import { Field, ObjectType } from 'type-graphql';
import type { MomentBasis, ScheduledMoment } from '../../domain/moment.js';
import { defineEnum } from '../enum-type.js';
import { DateTime, LocalDate } from '../scalars.js';

export const MomentBasisEnum = defineEnum<MomentBasis>('MomentBasis', 'How a moment became known.', {
  STATED_INSTANT: 'The provider states the instant.',
  STATED_LOCAL: 'The provider states a local date or time.',
  DERIVED_FROM_LENGTH: 'A length counted from an observed start (minutes since authorisation, for example).',
  DERIVED_FROM_RULE: 'From a documented rule of the provider.',
  UNKNOWN: 'The provider does not say.',
});

@ObjectType('ScheduledMoment', {
  description: 'A moment a provider states exactly, as a local date, or not at all.',
  simpleResolvers: true,
})
export class ScheduledMomentType implements ScheduledMoment {
  @Field(() => DateTime, {
    nullable: true,
    description: 'Null when only a date is known and the account has no time zone.',
  })
  readonly at!: ScheduledMoment['at'];

  @Field(() => LocalDate, { nullable: true, description: 'The calendar date the provider means.' })
  readonly date!: ScheduledMoment['date'];

  @Field(() => String, { nullable: true, description: 'IANA zone used to turn a local value into `at`.' })
  readonly timeZone!: ScheduledMoment['timeZone'];

  @Field(() => MomentBasisEnum, { description: 'How the moment became known.' })
  readonly basis!: ScheduledMoment['basis'];
}
