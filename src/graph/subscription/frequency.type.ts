import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { Frequency, FrequencyUnit } from '../../domain/subscription.js';
import { defineEnum } from '../enum-type.js';
import { IsBetween } from '../input/rules.js';

export const FrequencyUnitEnum = defineEnum<FrequencyUnit>('FrequencyUnit', 'Unit of a frequency.', {
  DAY: 'Days.',
  WEEK: 'Weeks.',
  MONTH: 'Calendar months.',
  YEAR: 'Calendar years.',
});

@ObjectType('SubscriptionFrequency', {
  description: 'An interval: every 2, unit MONTH.',
  simpleResolvers: true,
})
export class FrequencyType implements Frequency {
  @Field(() => Int, { description: 'How many units lie between two deliveries.' })
  readonly every!: Frequency['every'];

  @Field(() => FrequencyUnitEnum, { description: 'What is counted.' })
  readonly unit!: Frequency['unit'];
}

@InputType('FrequencyInput', { description: 'An interval: every 2, unit MONTH.' })
export class FrequencyInput implements Frequency {
  @IsBetween(1, 365)
  @Field(() => Int, { description: '1 to 365.' })
  readonly every!: Frequency['every'];

  @Field(() => FrequencyUnitEnum, { description: 'What is counted.' })
  readonly unit!: Frequency['unit'];
}
