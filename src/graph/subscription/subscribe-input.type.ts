import { Field, InputType } from 'type-graphql';
import type { RequestedFrequency } from '../../domain/write.js';
import { IsNested } from '../input/rules.js';
import { FrequencyInput } from './frequency.type.js';

@InputType('SubscribeInput', { description: 'How an item shall recur; empty: as its plan, price or contract has it.' })
export class SubscribeInput {
  @IsNested()
  @Field(() => FrequencyInput, {
    nullable: true,
    description: 'How often; null leaves it to the plan, which is refused where there is none or more than one.',
  })
  readonly frequency?: FrequencyInput | null;
}

export function toRequestedFrequency({ frequency }: SubscribeInput): RequestedFrequency {
  return frequency ? { every: frequency.every, unit: frequency.unit } : 'AS_PLANNED';
}
